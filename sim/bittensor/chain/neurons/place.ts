/** What the desks of this folder work on; the chain has it all. */
import type { ChainState } from "../../state.ts";
import type { DetailedSubnet } from "../detailed-subnet.ts";
import type { EpochDesk } from "../epoch-desk.ts";
import type { ChainParameters } from "../parameters.ts";
import type { PoolDesk } from "../pool-desk.ts";
import type { Registry } from "../registry.ts";
import type { StakeBook } from "../stake-book.ts";
import type { TaoLedger } from "../tao-ledger.ts";
import type { TakeBook } from "./take-book.ts";

export interface NeuronPlace {
  readonly block: number;
  readonly state: ChainState;
  readonly ledger: TaoLedger;
  readonly book: StakeBook;
  readonly pools: PoolDesk;
  readonly registry: Registry;
  readonly detailed: ReadonlyMap<number, DetailedSubnet>;
  readonly parameters: ChainParameters;
  readonly takes: TakeBook;
  readonly epochs: EpochDesk;
}
