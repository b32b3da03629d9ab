/** What a subnet has set about registrations (spec/token-economics.md sections 6.1, 6.2 and 8). */
import { ADJUSTMENT_INTERVAL_BLOCKS, type AdjustmentTerms } from "../../registration/adjustment.ts";
import {
  type BurnTerms,
  DEFAULT_BURN_TERMS,
  NEW_SUBNET_BURN_RAO,
} from "../../registration/burn.ts";
import {
  DEFAULT_REPLACEMENT_TERMS,
  type ReplacementTerms,
} from "../../registration/replacement.ts";

export interface RegistrationTerms {
  /** The price that a run starts with. */
  readonly startBurnRao: bigint;
  readonly burn: BurnTerms;
  /** The older rule, until April 2026. */
  readonly adjustment: AdjustmentTerms & {
    readonly intervalBlocks: number;
    readonly maxPerBlock: number;
  };
  readonly replacement: ReplacementTerms;
}

export const newSubnetRegistration: RegistrationTerms = {
  startBurnRao: NEW_SUBNET_BURN_RAO,
  burn: DEFAULT_BURN_TERMS,
  adjustment: {
    target: 2,
    alphaU64: 0n,
    minBurnRao: DEFAULT_BURN_TERMS.minRao,
    maxBurnRao: DEFAULT_BURN_TERMS.maxRao,
    minDifficulty: 10_000_000n,
    maxDifficulty: ((1n << 64n) - 1n) / 4n,
    intervalBlocks: ADJUSTMENT_INTERVAL_BLOCKS.default,
    maxPerBlock: 1,
  },
  replacement: { ...DEFAULT_REPLACEMENT_TERMS, immunityBlocks: 5_000 },
};
