/** Checks of golden/mechanisms: the epochs of subnets with two or three mechanisms. */
import {
  epochWithMechanisms,
  splitEmission,
  storageIndex,
} from "../../sim/bittensor/yuma/mechanisms.ts";
import { totalStakeBits } from "../../sim/bittensor/yuma/stake-weight.ts";
import type { EpochParameters } from "../../sim/bittensor/yuma/types.ts";
import { differs, firstDifference, type RecordCheck } from "../format.ts";
import { flatRows, sparseRows } from "./matrices.ts";

const NETUID = 1;

// biome-ignore lint/suspicious/noExplicitAny: foreign JSON, as in RecordCheck.
type Json = any;

const readParameters = (record: Json): EpochParameters => ({
  kappa: record.kappa,
  bondsPenalty: record.bonds_penalty,
  bondsMovingAverage: record.bonds_moving_average,
  yuma3: record.yuma3_enabled,
  liquidAlpha: record.liquid_alpha_enabled,
  alphaLow: record.alpha_low,
  alphaHigh: record.alpha_high,
  alphaSigmoidSteepness: record.alpha_sigmoid_steepness,
  commitReveal: false,
  maxAllowedValidators: record.max_allowed_validators,
  activityCutoffBlocks: record.activity_cutoff_blocks,
  stakeThresholdRao: 0n,
});

/** Bonds start empty, every uid has a permit, and there is no root stake and no owner. */
const readSubnet = (record: Json) => ({
  n: record.n,
  block: record.block,
  tempoBlocks: record.tempo,
  lastMechanismStepBlock: record.last_mechanism_step_block,
  raoEmission: BigInt(record.rao_emission),
  totalStakeBits: record.alpha_stake.map((rao: string) => totalStakeBits(BigInt(rao), 0n, 0n)),
  blockAtRegistration: record.block_at_registration,
  validatorPermit: new Array<boolean>(record.n).fill(true),
  ownerUid: null,
});

const checkMechanisms: RecordCheck = (record) => {
  const parts = splitEmission(BigInt(record.rao_emission), record.mechanisms.length, record.split);
  const { mechanisms, aggregate } = epochWithMechanisms(
    readSubnet(record),
    record.mechanisms.map(({ weights, last_update }: Json) => ({
      weights: sparseRows(weights),
      bonds: weights.map(() => ({ columns: [], values: [] })),
      lastUpdate: last_update,
    })),
    readParameters(record),
    record.split,
  );
  return firstDifference(
    ["split_emissions", record.split_emissions, parts],
    [
      "storage_index",
      record.mechanisms.map(({ storage_index }: Json) => storage_index),
      mechanisms.map((_, m) => storageIndex(NETUID, m)),
    ],
    [
      "out_mechanisms",
      record.out_mechanisms,
      mechanisms.map(({ incentive, bonds }) => ({ incentive, bonds: flatRows(bonds) })),
    ],
    ["server_emission", record.server_emission, aggregate.serverEmissionRao],
    ["validator_emission", record.validator_emission, aggregate.validatorEmissionRao],
    ["emission", record.emission, aggregate.emissionRao],
    ["consensus", record.consensus, aggregate.consensus],
    ["dividends", record.dividends, aggregate.dividends],
    ["validator_trust", record.validator_trust, aggregate.validatorTrust],
    ["stake_weight", record.stake_weight, aggregate.stakeWeight],
    ["validator_permit", record.validator_permit, aggregate.validatorPermit],
    ["active", record.active, aggregate.active],
  );
};

export const mechanismsChecks: Readonly<Record<string, RecordCheck>> = {
  epoch_with_mechanisms: checkMechanisms,
};

/** The group of golden/economics that belongs to mechanisms. */
export const mechanismSplitChecks: Readonly<Record<string, RecordCheck>> = {
  mechanism_split: ({ mechanisms, split, alpha, out }) =>
    differs("out", out, splitEmission(BigInt(alpha), mechanisms, split)),
};
