/** Block emission as a function of issuance, with the exact issuances at which it halves. */
import {
  blockEmissionRao,
  halvingThresholdRao,
} from "../../sim/bittensor/emission/block-emission.ts";
import { differs, firstDifference, type RecordCheck } from "../format.ts";

const emissionAt: RecordCheck = ({ issuance, emission }) =>
  differs("emission", emission, blockEmissionRao(BigInt(issuance)));

const threshold: RecordCheck = (record) => {
  const first = BigInt(record.first_issuance_with_this_emission);
  return firstDifference(
    ["first_issuance_with_this_emission", first, halvingThresholdRao(record.k)],
    ["emission", record.emission, blockEmissionRao(first)],
    ["emission_one_rao_below", record.emission_one_rao_below, blockEmissionRao(first - 1n)],
  );
};

export const blockEmissionChecks: Readonly<Record<string, RecordCheck>> = {
  "block_emission(issuance)": (record, group) =>
    "k" in record ? threshold(record, group) : emissionAt(record, group),
  "block_emission(alpha_issuance)": emissionAt,
};
