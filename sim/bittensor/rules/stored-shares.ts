/** Shares that were set before the block: by a table (R0), or by the last root epoch (R1). */
import type { ShareRule } from "./share-rule.ts";

export const storedShares: ShareRule = ({ subnets, storedShareBits }) => ({
  shareBits: subnets.map((_, i) => storedShareBits?.[i] ?? 0n),
});
