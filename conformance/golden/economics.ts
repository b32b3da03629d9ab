/** Checks of golden/economics, a function for each group name. */
import { blockEmissionRao } from "../../sim/bittensor/emission/block-emission.ts";
import { differs, type RecordCheck } from "../format.ts";
import { economicsStakingChecks } from "./economics-staking.ts";

export const economicsChecks: Readonly<Record<string, RecordCheck>> = {
  ...economicsStakingChecks,
  block_emission: ({ issuance, emission }) =>
    differs("emission", emission, blockEmissionRao(BigInt(issuance))),
};
