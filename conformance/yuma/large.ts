/**
 * Graphs of 512 neurons with summarised or hashed outputs: a hash is SHA-256 over the compact JSON
 * of the whole array. Records of the dense path and of tests that the chain has commented out are
 * not listed.
 */
import { createHash } from "node:crypto";
import { storedWeights } from "../../sim/bittensor/weights/set-weights.ts";
import { trustedEpoch } from "../../sim/bittensor/yuma/epoch.ts";
import type { EpochOutput, SparseRow } from "../../sim/bittensor/yuma/types.ts";
import { differs, firstDifference, type RecordCheck, type VectorGroup } from "../format.ts";
import { pairRows } from "./pairs.ts";
import { initialSubnet, inputOf, type Json, parametersOf, type Subnet } from "./subnet.ts";

const VALIDATORS = 64;

export function largeGroups(document: Json): VectorGroup[] {
  const sparse = document.records.filter(
    ({ id, status }: Json) => !id.endsWith("/dense") && !status.startsWith("commented out"),
  );
  const random = sparse.filter((record: Json) => record.weights_passed_sha256);
  const equal = sparse.filter((record: Json) => !record.weights_passed_sha256);
  // The weights stand in one record of each seed; the others name them by their hash.
  const weightsByHash = new Map(
    random
      .filter((record: Json) => record.weights_passed)
      .map((record: Json) => [record.weights_passed_sha256, record.weights_passed]),
  );
  return [
    { name: "equal weights", records: equal, check: checkEqualWeights },
    { name: "random weights", records: random, check: checkRandomWeights, context: weightsByHash },
  ].filter(({ records }) => records.length > 0);
}

const sha256 = (value: unknown): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("hex");

/** "0..63" or "uid % 8 == 0". */
function validatorUids({ initial }: Json): number[] {
  const step = initial.validators.startsWith("uid") ? initial.n / VALIDATORS : 1;
  return Array.from({ length: VALIDATORS }, (_, k) => k * step);
}

const withSelfWeights = ({ id }: Json): boolean => id.includes("server_self=True");

/** The subnet of a record: validators with equal stake, nobody with a permit yet. */
function emptySubnet({ initial }: Json, validators: readonly number[], stakeRao: number): Subnet {
  const uids = Array.from({ length: initial.n }, (_, uid) => uid);
  return initialSubnet({
    root_stake: uids.map(() => 0),
    tao_weight: 0,
    kappa: 32_767,
    bonds_penalty: 65_535,
    bonds_moving_average: 900_000,
    liquid_alpha: false,
    yuma3: false,
    alpha_values: [45_875, 58_982],
    alpha_sigmoid_steepness: 1000,
    commit_reveal: false,
    min_stake: 0,
    activity_cutoff_factor_milli: 13_889,
    last_mechanism_step_block: 0,
    owner_uid: null,
    mechanism_count: 1,
    ...initial,
    alpha_stake: uids.map((uid) => (validators.includes(uid) ? stakeRao : 0)),
    block_at_registration: uids.map(() => 0),
    last_update: uids.map(() => 0),
    validator_permit: uids.map(() => false),
  });
}

/** Permits given, weights set by each validator, and by servers for themselves if they do. */
function withGraph(
  subnet: Subnet,
  validators: readonly number[],
  weightsOf: (validator: number) => SparseRow,
  serversWeighSelf: boolean,
): Subnet {
  const { n } = subnet.initial;
  const uids = Array.from({ length: n }, (_, uid) => uid);
  const isValidator = (uid: number) => validators.includes(uid);
  const self = (uid: number) => storedWeights({ uids: [uid], values: [65_535] });
  const weights = uids.map((uid): SparseRow => {
    if (isValidator(uid)) return weightsOf(validators.indexOf(uid));
    return serversWeighSelf ? self(uid) : { columns: [], values: [] };
  });
  const lastUpdate = uids.map((uid) => (weights[uid].columns.length > 0 ? subnet.block : 0));
  const [mechanism] = subnet.columns.mechanisms;
  return {
    ...subnet,
    storedPermit: uids.map(isValidator),
    columns: { ...subnet.columns, mechanisms: [{ ...mechanism, weights, lastUpdate }] },
  };
}

const serversOf = (n: number, validators: readonly number[]): number[] =>
  Array.from({ length: n }, (_, uid) => uid).filter((uid) => !validators.includes(uid));

const epochOf = (subnet: Subnet, emissionRao: number): EpochOutput =>
  trustedEpoch(inputOf(subnet, 0, emissionRao), parametersOf(subnet));

const checkEqualWeights: RecordCheck = (record) => {
  const { initial, emission, n_epochs } = record;
  const validators = validatorUids(record);
  const servers = serversOf(initial.n, validators);
  const start = emptySubnet(record, validators, initial.alpha_stake.validators);
  const permits = epochOf(start, emission);
  const row = storedWeights({
    uids: servers,
    values: servers.map(() => initial.validator_weights.value_passed),
  });
  let subnet = withGraph(start, validators, () => row, withSelfWeights(record));
  let output = permits;
  for (let epoch = 0; epoch < n_epochs; epoch++) {
    output = epochOf(subnet, emission);
    const [mechanism] = subnet.columns.mechanisms;
    const mechanisms = [{ ...mechanism, bonds: output.bonds }];
    subnet = {
      ...subnet,
      storedPermit: output.validatorPermit,
      columns: { ...subnet.columns, mechanisms },
    };
  }
  return (
    checkSummaries("permit epoch", record.derived_permit_epoch, permits) ??
    checkSummaries("final epoch", record.derived_final_epoch, output)
  );
};

function checkSummaries(epoch: string, wanted: Json, got: EpochOutput): string | null {
  const vectors: Record<string, ArrayLike<number | bigint>> = {
    server_emission: got.serverEmissionRao,
    validator_emission: got.validatorEmissionRao,
    emission: got.emissionRao,
    incentive: got.incentive,
    dividends: got.dividends,
    consensus: got.consensus,
    validator_trust: got.validatorTrust,
    stake_weight: got.stakeWeight,
  };
  for (const [name, values] of Object.entries(vectors)) {
    const hash = sha256(Array.from(values, Number));
    const difference = differs(`${epoch}: ${name}`, wanted[name].sha256_of_json_array, hash);
    if (difference) return difference;
  }
  const permitted = got.validatorPermit.flatMap((permit, uid) => (permit ? [uid] : []));
  return firstDifference(
    [`${epoch}: validator_permit`, wanted.validator_permit_uids, permitted],
    [`${epoch}: bonds`, wanted.bonds.sha256_of_json_rows, sha256(pairRows(got.bonds))],
  );
}

const EMISSION_RAO = 1_000_000_000;

const checkRandomWeights: RecordCheck = (record, weightsByHash: Map<string, number[][]>) => {
  const passed = weightsByHash.get(record.weights_passed_sha256);
  if (!passed) return "the file holds no weights of this hash";
  const { initial, derived } = record;
  const validators = validatorUids(record);
  const servers = serversOf(initial.n, validators);
  const subnet = withGraph(
    emptySubnet(record, validators, initial.stake_per_validator),
    validators,
    (k) => storedWeights({ uids: servers, values: passed[k] }),
    withSelfWeights(record),
  );
  const output = epochOf(subnet, EMISSION_RAO);
  const towardsFirstServer = validators.map((uid) => {
    const { columns, values } = output.bonds[uid];
    return values[Array.from(columns).indexOf(servers[0])] ?? 0;
  });
  return firstDifference(
    ["weights_passed_sha256", record.weights_passed_sha256, sha256(passed)],
    ["incentive", derived.incentive, output.incentive],
    ["dividends", derived.dividends, output.dividends],
    ["emission", derived.emission, Array.from(output.emissionRao, Number)],
    ["bonds_to_first_server", derived.bonds_to_first_server, towardsFirstServer],
    ["bonds_sha256", derived.bonds_sha256, sha256(pairRows(output.bonds))],
  );
};
