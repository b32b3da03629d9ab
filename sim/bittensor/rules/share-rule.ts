/**
 * The one shape of a share rule: `shares(state, params)` gives each eligible subnet's share of the
 * block's TAO emission. Rules that remember something (a gate's bar, flow averages) return what
 * they will remember; nothing is changed in place.
 */
import type { FlowAverages, FlowParams, ShareFlow } from "../emission/flow.ts";
import type { GateParams } from "../emission/hill-gate.ts";
import type { ShareSubnet } from "../emission/shares.ts";

export interface ShareState {
  readonly block: number;
  /** The eligible subnets by ascending netuid, as they were at the end of the previous block. */
  readonly subnets: readonly (ShareSubnet & ShareFlow)[];
  /** EmissionGateBar, U64F64; 0 where none is stored. */
  readonly gateBarBits: bigint;
  /** R0 and R1: parts of the emission that were set before, U64F64, in the order of `subnets`. */
  readonly storedShareBits?: readonly bigint[];
}

export interface ShareParams {
  readonly gate: GateParams;
  readonly flow: FlowParams;
}

export interface ShareOutcome {
  /** U64F64, in the order of `state.subnets`. */
  readonly shareBits: bigint[];
  /** The bar to store; absent where the rule has none. */
  readonly gateBarBits?: bigint;
  /** The flow averages to store, in the order of `state.subnets`; absent without flows. */
  readonly flowAverages?: FlowAverages[];
}

export type ShareRule = (state: ShareState, params: ShareParams) => ShareOutcome;
