/** Ratios as the chain stores them, in U96F32 bits. Source: spec/token-economics.md section 0.1. */
import { fromInteger, safeDiv, U64_MAX, U96F32 } from "../fixed/fixed-point.ts";

/** A u64 ratio r: r / (2^64 - 1). */
export const u64RatioBits = (ratio: bigint): bigint =>
  safeDiv(U96F32, fromInteger(U96F32, ratio), fromInteger(U96F32, U64_MAX));
