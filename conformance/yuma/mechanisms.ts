/** Several mechanisms: their split, their storage indices, their epochs and the aggregate. */
import {
  epochWithMechanisms,
  fromStorageIndex,
  splitEmission,
  storageIndex,
} from "../../sim/bittensor/yuma/mechanisms.ts";
import { differs, firstDifference, type RecordCheck, type VectorGroup } from "../format.ts";
import { pairRows } from "./pairs.ts";
import { checkOutput } from "./sequences.ts";
import { initialSubnet, inputOf, type Json, parametersOf } from "./subnet.ts";

const MAX_MECHANISMS = 16;

const checkSplit: RecordCheck = (record) => {
  const { id, emission, mechanism_count, emission_split, derived } = record;
  const parts = splitEmission(BigInt(emission), mechanism_count, emission_split);
  return differs(id, derived, parts.map(Number));
};

const checkStorageIndex: RecordCheck = ({ id, storage_index, asserted }) => {
  const place = fromStorageIndex(storage_index, MAX_MECHANISMS);
  return firstDifference(
    [id, asserted, place && { netuid: place.netuid, mechid: place.mechanism }],
    [`${id}, back`, storage_index, storageIndex(asserted.netuid, asserted.mechid)],
  );
};

const checkEpoch: RecordCheck = ({ id, initial, steps: [step] }) => {
  const subnet = initialSubnet(initial);
  const own = subnet.columns.mechanisms;
  const { mechanisms, aggregate } = epochWithMechanisms(
    inputOf(subnet, 0, step.emission),
    own,
    parametersOf(subnet),
    initial.emission_split ?? null,
  );
  const [{ incentive, bonds }] = mechanisms;
  const failure =
    checkOutput(step.derived, { ...aggregate, incentive, bonds }) ??
    firstDifference(
      ["incentive_by_mech", step.derived.incentive_by_mech, mechanisms.map((m) => m.incentive)],
      ["bonds_by_mech", step.derived.bonds_by_mech, mechanisms.map((m) => pairRows(m.bonds))],
    );
  return failure && `${id}: ${failure}`;
};

const checks: Readonly<Record<string, RecordCheck>> = {
  split_emissions: checkSplit,
  storage_index: checkStorageIndex,
  epoch_with_mechanisms: checkEpoch,
};

export const mechanismGroups = ({ records }: Json): VectorGroup[] =>
  Object.entries(checks).map(([name, check]) => ({
    name,
    records: records.filter((record: Json) => record.function === name),
    check,
  }));
