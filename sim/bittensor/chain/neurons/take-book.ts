/** What each hotkey's owner keeps of its stakers' dividends (spec/token-economics.md section 7). */
import type { ChainError } from "../../errors.ts";
import { checkDecreaseTake, checkIncreaseTake } from "../../staking/delegate-take.ts";
import { rename } from "../keys/rename.ts";

/** The chain allows a take of nothing. */
const MIN_DELEGATE_TAKE_U16 = 0;

export class TakeBook {
  private readonly takes = new Map<string, number>();
  private readonly raisedAt = new Map<string, number>();

  constructor(
    /** Of every hotkey that has not changed its own, u16 of 65,535. */
    private readonly defaultU16: number,
  ) {}

  ofU16(hotkey: string): number {
    if (this.takes.size === 0) return this.defaultU16;
    return this.takes.get(hotkey) ?? this.defaultU16;
  }

  /** Whether any hotkey has a take of its own. */
  get hasChanged(): boolean {
    return this.takes.size > 0;
  }

  /** Whether a hotkey's take is other than what all start with. */
  differs(hotkey: string): boolean {
    return this.ofU16(hotkey) !== this.defaultU16;
  }

  increase(hotkey: string, takeU16: number, block: number): ChainError | null {
    const last = this.raisedAt.get(hotkey);
    const since = last === undefined ? null : block - last;
    const refusal = checkIncreaseTake(takeU16, this.ofU16(hotkey), since);
    if (refusal) return refusal;
    this.raisedAt.set(hotkey, block);
    this.takes.set(hotkey, takeU16);
    return null;
  }

  /** A hotkey goes under another name on all subnets. */
  swapHotkey(from: string, to: string): void {
    rename(this.takes, from, to);
    rename(this.raisedAt, from, to);
  }

  decrease(hotkey: string, takeU16: number): ChainError | null {
    const refusal = checkDecreaseTake(takeU16, this.ofU16(hotkey), MIN_DELEGATE_TAKE_U16);
    if (refusal === null) this.takes.set(hotkey, takeU16);
    return refusal;
  }
}
