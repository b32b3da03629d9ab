/** Golden checks of registration prices. */
import { blockEmissionRao } from "../../sim/bittensor/emission/block-emission.ts";
import {
  bumpedBurnRao,
  burnAtBlockRao,
  decayFactorQ32,
} from "../../sim/bittensor/registration/burn.ts";
import { effectiveIntervalBlocks, lockCostRao } from "../../sim/bittensor/subnets/lock-cost.ts";
import { differs, firstDifference, type RecordCheck } from "../format.ts";

const networkLockCost: RecordCheck = (record) => {
  const interval = effectiveIntervalBlocks(
    record.lock_reduction_interval_param,
    blockEmissionRao(BigInt(record.total_issuance)),
  );
  const cost = lockCostRao(
    BigInt(record.last_lock),
    record.last_lock_block,
    record.block,
    BigInt(record.min_lock),
    interval,
  );
  return firstDifference(
    ["interval", record.lock_reduction_interval, Number(interval)],
    ["cost", record.lock_cost, cost],
  );
};

const registrationBurn: RecordCheck = (record) => {
  const terms = {
    halfLifeBlocks: record.half_life,
    increaseBits: BigInt(record.increase_mult_u64f64),
    minRao: BigInt(record.min_burn),
    maxRao: BigInt(record.max_burn),
  };
  const factor = decayFactorQ32(terms.halfLifeBlocks);
  let burn = BigInt(record.initial_burn);
  for (const [index, [op, block, wanted]] of record.steps_op_block_burn.entries()) {
    burn = op === "bump" ? bumpedBurnRao(burn, terms) : burnAtBlockRao(burn, factor, terms, block);
    const failure = differs(`step ${index} (${op})`, wanted, burn);
    if (failure !== null) return failure;
  }
  return null;
};

export const registrationChecks: Readonly<Record<string, RecordCheck>> = {
  network_lock_cost: networkLockCost,
  burn_decay_factor: ({ half_life, factor_q32 }) =>
    differs("factor", factor_q32, decayFactorQ32(half_life)),
  registration_burn: registrationBurn,
};
