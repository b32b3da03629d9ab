/** The agents that make a scenario's calls, one each. */
import type { BittensorAgent } from "../../agents/bittensor.ts";
import { ScriptedCall } from "../../agents/calls/scripted-call.ts";
import { BLOCKS_PER_DAY } from "../../sim/amounts.ts";
import { callKinds } from "./kinds.ts";
import type { ScriptedCallSection } from "./section.ts";

/** Role of who signs and is no agent of the scenario. */
const BYSTANDER = "account";

/** `roleOf`: the role of each coldkey that acts or is recorded. */
export const callAgents = (
  calls: readonly ScriptedCallSection[],
  startBlock: number,
  roleOf: ReadonlyMap<string, string>,
): BittensorAgent[] =>
  calls.map((call, index) => {
    const { by, after_days: after = 0, every_days: every } = call;
    const place = {
      id: `call/${index}`,
      account: by,
      role: roleOf.get(by) ?? BYSTANDER,
      firstBlock: startBlock + Math.max(1, Math.round(after * BLOCKS_PER_DAY)),
      everyBlocks: every === undefined ? null : Math.max(1, Math.round(every * BLOCKS_PER_DAY)),
    };
    return new ScriptedCall(place, (view) => callKinds[call.call].action(call, view));
  });

/** New names of hotkeys that the calls swap, each with the old one, in the order of their blocks. */
export function swappedNames(calls: readonly ScriptedCallSection[]): Map<string, string> {
  const swaps = calls.filter(({ call, to }) => call === "swap_hotkey" && to !== undefined);
  const inOrder = swaps.toSorted((a, b) => (a.after_days ?? 0) - (b.after_days ?? 0));
  return new Map(inOrder.map(({ to, hotkey, by }) => [to as string, hotkey ?? by]));
}
