/**
 * The delegate's take: up to 18 %, raised at most once a month, lowered at any time.
 * Source: spec/token-economics.md sections 7 and 8 (increase_take.rs, decrease_take.rs).
 */
import type { ChainError } from "../errors.ts";

/** u16, of 65,535: the maximum and the default. */
export const MAX_DELEGATE_TAKE_U16 = 11_796;
export const DELEGATE_TAKE_LIMIT_BLOCKS = 216_000;

/** increase_take. `blocksSinceRaise` is null where the take was never raised. */
export function checkIncreaseTake(
  takeU16: number,
  currentU16: number,
  blocksSinceRaise: number | null,
): ChainError | null {
  if (takeU16 <= currentU16) return "DelegateTakeTooLow";
  if (takeU16 > MAX_DELEGATE_TAKE_U16) return "DelegateTakeTooHigh";
  const tooSoon = blocksSinceRaise !== null && blocksSinceRaise < DELEGATE_TAKE_LIMIT_BLOCKS;
  return tooSoon ? "DelegateTxRateLimitExceeded" : null;
}

/** decrease_take. */
export const checkDecreaseTake = (
  takeU16: number,
  currentU16: number,
  minimumU16: number,
): ChainError | null =>
  takeU16 < currentU16 && takeU16 >= minimumU16 ? null : "DelegateTakeTooLow";
