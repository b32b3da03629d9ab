/** When the next halving of the TAO emission comes, if issuance goes on growing as in the run. */
import { taoFromRao } from "../sim/amounts.ts";
import { halvingThresholdRao } from "../sim/bittensor/emission/block-emission.ts";

const DAY_MS = 86_400_000;

export interface HalvingEstimate {
  readonly thresholdTao: number;
  /** Milliseconds since 1970, UTC. */
  readonly time: number;
}

/** Null where issuance does not grow, or is past the last halving that means anything. */
export function nextHalving(
  issuanceRao: bigint,
  time: number,
  growthTaoPerDay: number,
): HalvingEstimate | null {
  let halvings = 1;
  while (halvings < 31 && halvingThresholdRao(halvings) <= issuanceRao) halvings++;
  const missing = taoFromRao(halvingThresholdRao(halvings) - issuanceRao);
  if (!(growthTaoPerDay > 0) || missing <= 0) return null;
  return {
    thresholdTao: taoFromRao(halvingThresholdRao(halvings)),
    time: time + (missing / growthTaoPerDay) * DAY_MS,
  };
}
