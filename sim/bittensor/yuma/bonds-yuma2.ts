/** Bonds as validators' shares of a miner, bought with stake times weight (spec 5.9a). */
import { maskedBonds } from "./bonds.ts";
import { columnMaxUpscale, columnNormalize, scaleRows, weightedRowSums } from "./matrices.ts";
import { alphaFromMovingAverage, movingAverage } from "./moving-average.ts";
import { bitsFromU16 } from "./proportions.ts";
import type { EpochInput, EpochInternals, EpochParameters, FixedRow } from "./types.ts";
import { normalize } from "./vectors.ts";

/** What the consensus half of the epoch hands to the bonds. */
export interface BondStages {
  readonly activeStake: readonly bigint[];
  readonly consensus: readonly bigint[];
  readonly incentive: readonly bigint[];
  readonly weightsForBonds: readonly FixedRow[];
}

/** The stages that bonds add; see EpochInternals. */
export type BondResult = Pick<
  EpochInternals,
  | "dividends"
  | "bondsMasked"
  | "bondsDelta"
  | "emaBonds"
  | "bondShares"
  | "bondEarnings"
  | "liquidAlphaOf"
>;

export function yuma2Bonds(
  input: EpochInput,
  parameters: EpochParameters,
  { activeStake, incentive, weightsForBonds }: BondStages,
): BondResult {
  const { n } = input;
  const bondsMasked = columnNormalize(maskedBonds(input, bitsFromU16), n);
  const bondsDelta = columnNormalize(scaleRows(weightsForBonds, activeStake), n);
  const alpha = alphaFromMovingAverage(parameters.bondsMovingAverage);
  const bondShares = columnNormalize(movingAverage(bondsDelta, bondsMasked, alpha, n), n);
  const bondEarnings = weightedRowSums(bondShares, incentive);
  return {
    dividends: normalize(bondEarnings),
    bondShares,
    bondEarnings,
    bondsMasked,
    bondsDelta,
    emaBonds: columnMaxUpscale(bondShares, n),
    liquidAlphaOf: null,
  };
}
