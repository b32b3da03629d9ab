/** Checks of golden/economics, a function for each group name. */
import {
  rootProportionCapBits,
  splitAlphaOut,
  subnetTerms,
} from "../../sim/bittensor/coinbase/terms.ts";
import { blockEmissionRao } from "../../sim/bittensor/emission/block-emission.ts";
import {
  blocksSinceStart,
  nextMovingPriceBits,
} from "../../sim/bittensor/emission/moving-price.ts";
import {
  burnAdjustedShares,
  priceShares,
  rootSellFlag,
} from "../../sim/bittensor/emission/price-shares.ts";
import { rootProportionBits, taoWeightBits } from "../../sim/bittensor/emission/root-proportion.ts";
import {
  type ShareSubnet,
  switchDisabledOff,
  taoEmissionBits,
} from "../../sim/bittensor/emission/shares.ts";
import { toUnsigned, U96F32 } from "../../sim/fixed/fixed-point.ts";
import { differs, firstDifference, type RecordCheck } from "../format.ts";
import { economicsFlowChecks } from "./economics-flow.ts";
import { economicsPoolChecks } from "./economics-pools.ts";
import { economicsStakingChecks } from "./economics-staking.ts";

const moving_price: RecordCheck = (record) => {
  const params = {
    movingAlphaBits: BigInt(record.moving_alpha_i96f32),
    halvingBlocks: record.halving_blocks,
  };
  let moving = BigInt(record.initial_moving_price_i96f32);
  for (const step of record.steps) {
    const age = blocksSinceStart(step.block, record.first_emission_block);
    moving = nextMovingPriceBits(moving, BigInt(step.price_u64f64), age, params);
    const difference = differs(`block ${step.block}`, step.moving_price_i96f32, moving);
    if (difference) return difference;
  }
  return null;
};

const emission_shares_price: RecordCheck = (record) => {
  const subnets: ShareSubnet[] = record.subnets.map(
    (subnet: Record<string, string | number | boolean>) => ({
      netuid: Number(subnet.netuid),
      movingPriceBits: BigInt(subnet.moving_price_i96f32),
      minerBurnedBits: BigInt(subnet.miner_burned_u96f32),
      emissionEnabled: subnet.emission_enabled,
      stable: subnet.mechanism === 0,
    }),
  );
  const byNetuid = (values: readonly bigint[]) =>
    values.map((value, i) => [subnets[i].netuid, value]);
  const shares = burnAdjustedShares(subnets);
  const blockEmission = toUnsigned(U96F32, BigInt(record.block_emission_u96f32));
  const emissions = taoEmissionBits(switchDisabledOff(subnets, shares), blockEmission);
  return firstDifference(
    ["price_shares_u64f64", record.price_shares_u64f64, byNetuid(priceShares(subnets))],
    ["shares_u64f64", record.shares_u64f64, byNetuid(shares)],
    ["emissions_u96f32", record.emissions_u96f32, byNetuid(emissions)],
    ["root_sell_flag", record.root_sell_flag, rootSellFlag(subnets)],
  );
};

const subnet_terms: RecordCheck = (record) => {
  const weight = taoWeightBits(BigInt(record.tao_weight));
  const alphaIn = BigInt(record.alpha_in_reserve);
  const alphaOut = BigInt(record.alpha_out);
  const rootTao = BigInt(record.root_tao);
  const emission = blockEmissionRao(alphaIn + alphaOut);
  const before = rootProportionBits(rootTao, weight, alphaIn + alphaOut);
  const terms = subnetTerms(
    BigInt(record.tao_emission_u96f32),
    BigInt(record.price_u64f64),
    rootProportionCapBits(before, emission),
  );
  const after = rootProportionBits(rootTao, weight, alphaIn + alphaOut + emission);
  const cut = record.owner_cut_enabled ? record.owner_cut_u16 : 0;
  const split = splitAlphaOut(emission, cut, after);
  const kept = record.root_sell_flag ? split.rootAlphaRao : 0n;
  const recycled = split.rootAlphaRao - kept;
  return firstDifference(
    ["root_proportion_u96f32", record.root_proportion_u96f32, before],
    ["tao_in_u96f32", record.tao_in_u96f32, terms.taoInBits],
    ["alpha_in_u96f32", record.alpha_in_u96f32, terms.alphaInBits],
    ["excess_tao_u96f32", record.excess_tao_u96f32, terms.excessTaoBits],
    ["alpha_out_emission_u96f32", record.alpha_out_emission_u96f32, emission << 32n],
    ["pending_owner_cut", record.pending_owner_cut, split.ownerCutRao],
    ["pending_server", record.pending_server, split.serverRao],
    ["pending_validator", record.pending_validator, split.validatorRao],
    ["pending_root_alpha", record.pending_root_alpha, kept],
    ["alpha_out_after", record.alpha_out_after, alphaOut + emission - recycled],
  );
};

export const economicsChecks: Readonly<Record<string, RecordCheck>> = {
  ...economicsFlowChecks,
  ...economicsPoolChecks,
  ...economicsStakingChecks,
  block_emission: ({ issuance, emission }) =>
    differs("emission", emission, blockEmissionRao(BigInt(issuance))),
  moving_price,
  emission_shares_price,
  subnet_terms,
};
