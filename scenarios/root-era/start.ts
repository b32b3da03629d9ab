/** What a world before dTAO starts with, whichever state it comes from. */
import type { SubnetStart } from "../../sim/bittensor/root-era/subnet.ts";
import type { HotkeyId, TaoStakes } from "../../sim/bittensor/root-era/tao-stakes.ts";

/** A validator with whom others may stake; its coldkey is the agent that runs it. */
export interface ValidatorStart {
  readonly coldkey: string;
  readonly hotkey: HotkeyId;
  readonly name: string;
  /** What it weighs on root at the start, by netuid, summing to 1; empty for nothing. */
  readonly weights: ReadonlyMap<number, number>;
  readonly isSeated: boolean;
  /** Other neurons of the same coldkey. */
  readonly neurons: readonly string[];
}

export interface RootEraStart {
  readonly stakes: TaoStakes;
  readonly grants: readonly {
    readonly hotkey: HotkeyId;
    readonly coldkey: string;
    readonly stakeRao: bigint;
  }[];
  readonly wallets: readonly { readonly coldkey: string; readonly balanceRao: bigint }[];
  /** Hotkeys that validate in every subnet without a seat on root. */
  readonly unseated: readonly HotkeyId[];
  /** By falling stake. */
  readonly validators: readonly ValidatorStart[];
  /** Operators of neurons without a validator. */
  readonly operators: readonly { readonly coldkey: string; readonly neurons: readonly string[] }[];
  /** Coldkeys of delegators who act. */
  readonly delegators: readonly string[];
  readonly subnets: readonly SubnetStart[];
  readonly scheduled: readonly SubnetStart[];
  readonly lock: { readonly lastLockRao: bigint; readonly lastLockBlock: number };
  /** Coldkeys who hold and do nothing, with their roles. */
  readonly idle: readonly { readonly coldkey: string; readonly role: string }[];
}

/** Coldkeys that stand for many. */
export const MINERS = "miners";
export const OWNERS = "owners";
export const CABAL_OWNER = "cabal";
/** Those who stake and do not move. */
export const STAKERS = "stakers";
/** Those who hold free TAO and do nothing. */
export const HOLDERS = "holders";

/** Shares that sum to 1, by weights that do not all vanish. */
export function sharesOf(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** A subnet's miners: all others, and what a cabal's owner mines in its own subnet. */
export interface SelfMining {
  readonly netuid: number;
  readonly hotkey: HotkeyId;
  readonly part: number;
}
