/**
 * Blocks and dates. A block is 12 s; a calendar is pinned to one known block, so that dates near
 * it are right although the chain has lost a few hours over the years.
 */
import { BLOCK_SECONDS } from "./amounts.ts";

export interface Calendar {
  /** Milliseconds since 1970-01-01 UTC of a block. */
  timeOf(block: number): number;
  /** The first block at or after a time. */
  blockAt(timeMs: number): number;
}

/** Throws RangeError unless both are safe non-negative integers. */
export function calendarPinnedTo(block: number, timeMs: number): Calendar {
  for (const [name, value] of [
    ["block", block],
    ["timeMs", timeMs],
  ] as const) {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new RangeError(`calendar: ${name} must be a non-negative integer, got ${value}`);
    }
  }
  const blockMs = BLOCK_SECONDS * 1000;
  return {
    timeOf: (other) => timeMs + (other - block) * blockMs,
    blockAt: (otherMs) => block + Math.ceil((otherMs - timeMs) / blockMs),
  };
}

/** `2026-08-29`. */
export const isoDate = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);

/** `2026-08-29 13:31`. */
export const isoMinute = (timeMs: number): string =>
  new Date(timeMs).toISOString().slice(0, 16).replace("T", " ");
