/** The consensus parameters of a subnet at its creation (spec/yuma-epoch.md sections 1.2 and 1.3). */
import type { EpochParameters } from "../yuma/types.ts";

/** Without commit-reveal, which a new subnet has: agents set their weights in the open. */
export const newSubnetParameters: EpochParameters = {
  kappa: 32_767,
  bondsPenalty: 65_535,
  bondsMovingAverage: 900_000,
  yuma3: true,
  liquidAlpha: false,
  alphaLow: 45_875,
  alphaHigh: 58_982,
  alphaSigmoidSteepness: 1_000,
  commitReveal: false,
  maxAllowedValidators: 64,
  activityCutoffBlocks: 5_000,
  // Set by root for all subnets: 1,000 TAO.
  stakeThresholdRao: 1_000_000_000_000n,
};
