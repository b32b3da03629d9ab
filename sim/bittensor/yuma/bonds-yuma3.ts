/** Bonds as fractions of one per validator and miner; stake counts at the end (spec 5.9b). */
import { maskedBonds } from "./bonds.ts";
import type { BondResult, BondStages } from "./bonds-yuma2.ts";
import { alphaOfCells, alphaRange } from "./liquid-alpha.ts";
import { columnNormalize, weightedRowSums } from "./matrices.ts";
import { alphaFromMovingAverage, movingAverage, movingAverageByCell } from "./moving-average.ts";
import { proportionFromU16 } from "./proportions.ts";
import type { EpochInput, EpochParameters } from "./types.ts";
import { multiplyPairs, normalize } from "./vectors.ts";

export function yuma3Bonds(
  input: EpochInput,
  parameters: EpochParameters,
  stages: BondStages,
): BondResult {
  const { n } = input;
  const { activeStake, incentive, weightsForBonds } = stages;
  const bondsMasked = maskedBonds(input, proportionFromU16);
  const acts = parameters.liquidAlpha && stages.consensus.some((bits) => bits !== 0n);
  const liquidAlphaOf = acts
    ? alphaOfCells(
        weightsForBonds,
        bondsMasked,
        liquidAlphaConsensus(input, parameters, stages.consensus),
        alphaRange(parameters),
      )
    : null;
  const emaBonds = liquidAlphaOf
    ? movingAverageByCell(weightsForBonds, bondsMasked, liquidAlphaOf, n)
    : movingAverage(
        weightsForBonds,
        bondsMasked,
        alphaFromMovingAverage(parameters.bondsMovingAverage),
        n,
      );
  const bondShares = columnNormalize(emaBonds, n);
  const bondEarnings = weightedRowSums(bondShares, incentive);
  return {
    dividends: normalize(multiplyPairs(bondEarnings, activeStake)),
    bondsMasked,
    bondsDelta: [],
    emaBonds,
    bondShares,
    bondEarnings,
    liquidAlphaOf,
  };
}

/** The consensus that liquid alpha compares with; the current one where none is stored. */
function liquidAlphaConsensus(
  { n, previousConsensus }: EpochInput,
  { liquidAlphaConsensusMode = "current", bondsPenalty }: EpochParameters,
  current: readonly bigint[],
): readonly bigint[] {
  const wantsPrevious =
    liquidAlphaConsensusMode === "previous" ||
    (liquidAlphaConsensusMode === "auto" && bondsPenalty === 65_535);
  if (!wantsPrevious || !previousConsensus || previousConsensus.length === 0) return current;
  return Array.from({ length: n }, (_, uid) => proportionFromU16(previousConsensus[uid] ?? 0));
}
