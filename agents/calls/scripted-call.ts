/**
 * A call that a scenario makes in somebody's name, at a block that it sets: once, or again and again.
 * Whoever it belongs to acts as before.
 */
import type { BittensorAction } from "../../sim/bittensor/chain/actions.ts";
import type { BittensorView } from "../../sim/bittensor/chain/view.ts";
import type { Actions, BittensorAgent } from "../bittensor.ts";

export interface ScriptedCallPlace {
  /** Unique in the world. */
  readonly id: string;
  /** Who signs, and in what role. */
  readonly account: string;
  readonly role: string;
  readonly firstBlock: number;
  /** Null for once. */
  readonly everyBlocks: number | null;
}

export class ScriptedCall implements BittensorAgent {
  readonly id: string;
  readonly account: string;
  readonly role: string;
  readonly wake;

  constructor(
    { id, account, role, firstBlock, everyBlocks }: ScriptedCallPlace,
    /** What is asked for; the view is that of who signs. */
    private readonly actionNow: (view: BittensorView) => BittensorAction,
  ) {
    this.id = id;
    this.account = account;
    this.role = role;
    this.wake = { firstBlock, everyBlocks: everyBlocks ?? Number.MAX_SAFE_INTEGER };
  }

  *act(view: BittensorView): Actions {
    yield this.actionNow(view);
  }
}
