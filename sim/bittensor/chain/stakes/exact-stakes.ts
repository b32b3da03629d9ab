/** Shares as the chain keeps them, in its decimal float, to the last digit. */
import { isZero, SAFE_FLOAT_ZERO, type SafeFloat } from "../../staking/safe-float.ts";
import {
  changeStake,
  depositCounts,
  type SharePool,
  valueOfShareRao,
} from "../../staking/share-pool.ts";
import { SubnetStakes } from "./subnet-stakes.ts";

export class ExactStakes extends SubnetStakes {
  /** By place: the sum of all shares. */
  private readonly denominators: SafeFloat[] = [];
  /** By place: the share of each coldkey. */
  private readonly shares: Map<string, SafeFloat>[] = [];

  protected override open(place: number): void {
    this.denominators[place] = SAFE_FLOAT_ZERO;
    this.shares[place] = new Map();
  }

  override holdersOf(place: number): readonly string[] {
    return [...this.shares[place].keys()];
  }

  override holds(place: number, coldkey: string): boolean {
    return this.shares[place].has(coldkey);
  }

  override hasHolders(place: number): boolean {
    return this.shares[place].size > 0;
  }

  override valueRao(place: number, coldkey: string): bigint {
    const share = this.shares[place].get(coldkey);
    if (!share) return 0n;
    // After wild histories a share's 21 digits can be worth a little more than the pool holds.
    const pool = this.poolOf(place);
    const value = valueOfShareRao(pool, share);
    return value < pool.sharedRao ? value : pool.sharedRao;
  }

  override depositCounts(place: number, amountRao: bigint): boolean {
    return depositCounts(this.poolOf(place), amountRao);
  }

  protected override buyShares(place: number, coldkey: string, amountRao: bigint): void {
    this.shares[place].set(coldkey, this.changed(place, coldkey, amountRao));
  }

  protected override sellShares(place: number, coldkey: string, amountRao: bigint): void {
    const share = this.changed(place, coldkey, -amountRao);
    if (isZero(share)) this.shares[place].delete(coldkey);
    else this.shares[place].set(coldkey, share);
  }

  private poolOf(place: number): SharePool {
    return { sharedRao: this.stakeRao[place], denominator: this.denominators[place] };
  }

  private changed(place: number, coldkey: string, deltaRao: bigint): SafeFloat {
    const before = this.shares[place].get(coldkey) ?? SAFE_FLOAT_ZERO;
    const { pool, share } = changeStake(this.poolOf(place), before, deltaRao);
    this.setStake(place, pool.sharedRao);
    this.denominators[place] = pool.denominator;
    return share;
  }
}
