import { expect, test } from "vitest";
import { MemorySink } from "../../../records.ts";
import type { BittensorAction } from "../actions.ts";
import { BittensorChain } from "../chain.ts";
import { exampleSetup, START_BLOCK } from "../example-setup.ts";
import { VotingDesk } from "./voting-desk.ts";

function start() {
  const sink = new MemorySink();
  const chain = new BittensorChain(exampleSetup(), sink);
  const by = (id: string, action: BittensorAction) =>
    chain.submit(
      { id, role: "owner", wake: { firstBlock: 0, everyBlocks: 1 }, act: () => [] },
      action,
    );
  return { chain, sink, by };
}
const enable = { kind: "enable_voting_power_tracking" as const, netuid: 3 };
const disable = { kind: "disable_voting_power_tracking" as const, netuid: 3 };

test("grows by 0.357 per cent of the way to the stake at each epoch", () => {
  const { chain, sink, by } = start();
  expect(by("ann", enable)).toMatchObject({ reason: "NotSubnetOwner" });
  expect(by("owner/3", disable)).toMatchObject({ reason: "VotingPowerTrackingNotEnabled" });
  by("owner/3", enable);
  chain.advanceTo(START_BLOCK + 400);
  const stake = Number(chain.book.hotkeyStakeRao("validator/3/0", 3));
  const powers = chain.voting.powersRao(3);
  expect([...powers.keys()]).toEqual(["validator/3/0"]);
  expect(Number(powers.get("validator/3/0")) / stake).toBeCloseTo(0.00357, 5);
  chain.advanceTo(START_BLOCK + 760);
  const second = Number(chain.voting.powersRao(3).get("validator/3/0"));
  expect(second / stake).toBeCloseTo(0.00357 * 2, 4);
  chain.record();
  expect(sink.objects("voting_power")).toMatchObject([{ netuid: 3, hotkey: "validator/3/0" }]);
});

test("goes on for 14 days after it was switched off", () => {
  const { chain } = start();
  const { book, registry, detailed } = chain;
  const place = { block: 1_000, book, registry, detailed };
  const desk = new VotingDesk(place);
  desk.execute("owner/3", enable);
  desk.afterEpoch(3);
  desk.execute("owner/3", disable);
  place.block += 100_799;
  desk.afterEpoch(3);
  expect(desk.powersRao(3).get("validator/3/0")).toBeGreaterThan(0n);
  place.block += 1;
  desk.afterEpoch(3);
  expect(desk.powersRao(3).size).toBe(0);
});
