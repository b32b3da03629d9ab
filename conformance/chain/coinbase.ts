/** Coinbase in the chain vectors: root proportion, terms, the golden traces, dividends. */
import { type CoinbaseParams, runCoinbase } from "../../sim/bittensor/coinbase/block.ts";
import { shareDividends, splitTake } from "../../sim/bittensor/coinbase/dividends.ts";
import type { CoinbaseState, CoinbaseSubnet } from "../../sim/bittensor/coinbase/state.ts";
import {
  rootProportionCapBits,
  splitAlphaOut,
  subnetTerms,
} from "../../sim/bittensor/coinbase/terms.ts";
import { blockEmissionRao } from "../../sim/bittensor/emission/block-emission.ts";
import { rootProportionBits, taoWeightBits } from "../../sim/bittensor/emission/root-proportion.ts";
import { balancerPriceBits } from "../../sim/bittensor/pools/balancer.ts";
import { defaultShareParams } from "../../sim/bittensor/rules/code-defaults.ts";
import { shares as priceBurnShares } from "../../sim/bittensor/rules/price-burn.ts";
import { toUnsigned, U96F32 } from "../../sim/fixed/fixed-point.ts";
import { differs, firstDifference, type RecordCheck } from "../format.ts";

const rootProportion: RecordCheck = (record) => {
  const weight = taoWeightBits(BigInt(record.tao_weight_stored));
  return firstDifference(
    ["tao_weight_u96f32_bits", record.tao_weight_u96f32_bits, weight],
    [
      "root_proportion_u96f32_bits",
      record.root_proportion_u96f32_bits,
      rootProportionBits(BigInt(record.root_tao), weight, BigInt(record.alpha_issuance)),
    ],
  );
};

const OWNER_CUT_U16 = 11_796;

const termsAndSplit: RecordCheck = (record) => {
  const weight = taoWeightBits(BigInt(record.tao_weight_stored));
  const issuance = BigInt(record.alpha_in_reserve) + BigInt(record.alpha_out);
  const rootTao = BigInt(record.root_tao);
  const alphaOut = blockEmissionRao(issuance);
  const before = rootProportionBits(rootTao, weight, issuance);
  const terms = subnetTerms(
    BigInt(record.tao_emission) << 32n,
    BigInt(record.price_u64f64_bits),
    rootProportionCapBits(before, alphaOut),
  );
  const whole = (bits: bigint) => toUnsigned(U96F32, bits);
  const after = rootProportionBits(rootTao, weight, issuance + whole(terms.alphaInBits) + alphaOut);
  const split = splitAlphaOut(alphaOut, OWNER_CUT_U16, after);
  return firstDifference(
    ["root_proportion_before_bits", record.root_proportion_before_bits, before],
    ["injected_tao", record.injected_tao, whole(terms.taoInBits)],
    ["injected_alpha", record.injected_alpha, whole(terms.alphaInBits)],
    ["alpha_out_emission", record.alpha_out_emission, alphaOut],
    ["excess_tao", record.excess_tao, whole(terms.excessTaoBits)],
    ["root_proportion_after_bits", record.root_proportion_after_bits, after],
    ["owner_cut", record.owner_cut, split.ownerCutRao],
    ["server", record.server, split.serverRao],
    ["validator", record.validator, split.validatorRao],
    ["root_alpha", record.root_alpha, split.rootAlphaRao],
  );
};

/** The traces are of spec 425: no gate, and the injection's weights before the chain buy. */
const traceParams = (record: Record<string, unknown>): CoinbaseParams => ({
  shares: priceBurnShares,
  shareParams: defaultShareParams,
  injection: "weights, buy, reserves",
  movingPrice: {
    movingAlphaBits: BigInt(record.moving_alpha_i96f32_bits as string),
    halvingBlocks: record.halving_blocks as number,
  },
  taoWeight: BigInt(record.tao_weight_stored as string),
  ownerCutU16: record.owner_cut_u16 as number,
});

type TraceSubnet = Record<string, string | number | boolean>;

function traceSubnet(state: TraceSubnet, constants: TraceSubnet): CoinbaseSubnet {
  return {
    netuid: Number(state.netuid),
    taoRao: BigInt(state.tao),
    alphaInRao: BigInt(state.alpha_in),
    alphaOutRao: BigInt(state.alpha_out),
    quoteWeight: BigInt(state.w_quote),
    taoReservoirRao: 0n,
    alphaReservoirRao: 0n,
    protocolAlphaRao: BigInt(state.protocol_alpha),
    movingPriceBits: BigInt(state.moving_price_i96f32_bits),
    minerBurnedBits: BigInt(constants.miner_burned_u96f32_bits),
    emissionEnabled: constants.emission_enabled as boolean,
    ownerCutEnabled: constants.owner_cut_enabled as boolean,
    firstEmissionBlock: Number(constants.first_emission_block),
    subtokenEnabled: true,
    registrationAllowed: true,
    pending: {
      serverRao: BigInt(state.pending_server),
      validatorRao: BigInt(state.pending_validator),
      rootAlphaRao: BigInt(state.pending_root_alpha),
      ownerCutRao: BigInt(state.pending_owner_cut),
    },
    lastBlock: { taoInRao: 0n, alphaInRao: 0n, excessTaoRao: 0n, alphaOutRao: 0n },
  };
}

/** A subnet of ours with the names of the traces. */
const asTraced = (subnet: CoinbaseSubnet) => ({
  netuid: subnet.netuid,
  tao: subnet.taoRao,
  alpha_in: subnet.alphaInRao,
  alpha_out: subnet.alphaOutRao,
  w_quote: subnet.quoteWeight,
  price_bits: balancerPriceBits(subnet),
  moving_price_i96f32_bits: subnet.movingPriceBits,
  protocol_alpha: subnet.protocolAlphaRao,
  pending_server: subnet.pending.serverRao,
  pending_validator: subnet.pending.validatorRao,
  pending_root_alpha: subnet.pending.rootAlphaRao,
  pending_owner_cut: subnet.pending.ownerCutRao,
  last_tao_injected: subnet.lastBlock.taoInRao,
  last_alpha_injected: subnet.lastBlock.alphaInRao,
  last_excess_tao: subnet.lastBlock.excessTaoRao,
});

const goldenTrace: RecordCheck = (record) => {
  const { initial, checkpoints } = record;
  const params = traceParams(record);
  let state: CoinbaseState = {
    block: initial.block,
    totalIssuanceRao: BigInt(initial.total_issuance),
    rootTaoRao: BigInt(record.root_tao),
    gateBarBits: 0n,
    subnets: initial.subnets.map((subnet: TraceSubnet, i: number) =>
      traceSubnet(subnet, record.subnet_constants[i]),
    ),
  };
  let [blocks, recycled] = [0, 0n];
  for (const { after_blocks, state: wanted } of checkpoints) {
    for (; blocks < after_blocks; blocks++) {
      const outcome = runCoinbase(state, params);
      state = outcome.state;
      recycled += outcome.unspentRao;
    }
    const staked = state.subnets.reduce((sum, subnet) => sum + subnet.taoRao, 0n);
    const before = initial.subnets.reduce((sum: bigint, s: TraceSubnet) => sum + BigInt(s.tao), 0n);
    const difference = firstDifference(
      [`${after_blocks}: subnets`, wanted.subnets, state.subnets.map(asTraced)],
      [`${after_blocks}: total_issuance`, wanted.total_issuance, state.totalIssuanceRao],
      [`${after_blocks}: total_stake_delta`, wanted.total_stake_delta, staked - before],
      [`${after_blocks}: credit_recycled_total`, wanted.credit_recycled_total, recycled],
    );
    if (difference) return difference;
  }
  return null;
};

type Claim = readonly [id: number, alpha: string, root: string, dividend: string];

const dividendDistribution: RecordCheck = (record) => {
  const rows = record.hotkeys_id_alpha_root_dividend as Claim[];
  const shares = shareDividends(
    rows.map(([, alpha, root, dividend]) => ({
      alphaStakeRao: BigInt(alpha),
      rootStakeRao: BigInt(root),
      dividendRao: BigInt(dividend),
    })),
    BigInt(record.pending_validator_alpha),
    BigInt(record.pending_root_alpha),
    BigInt(record.tao_weight_u96f32_bits),
  );
  const column = (field: "alphaBits" | "rootBits") =>
    shares.map((share, i) => [rows[i][0], share[field]]);
  const floor = (field: "alphaBits" | "rootBits") =>
    shares.reduce((sum, share) => sum + share[field], 0n) >> 32n;
  return firstDifference(
    ["alpha_dividends_bits", record.alpha_dividends_bits, column("alphaBits")],
    ["root_dividends_bits", record.root_dividends_bits, column("rootBits")],
    ["alpha_sum_floor", record.alpha_sum_floor, floor("alphaBits")],
    ["root_sum_floor", record.root_sum_floor, floor("rootBits")],
  );
};

const delegateTake: RecordCheck = ({ take_u16, dividend, take, nominators }) => {
  const split = splitTake(BigInt(dividend) << 32n, take_u16);
  return (
    differs("take", take, split.takeRao) ?? differs("nominators", nominators, split.stakersRao)
  );
};

export const coinbaseChecks: Readonly<Record<string, RecordCheck>> = {
  root_proportion: rootProportion,
  "get_subnet_terms + split of alpha_out": termsAndSplit,
  "golden multi-block traces (coinbase + moving price, no users)": goldenTrace,
  calculate_dividend_distribution: dividendDistribution,
  "delegate take": delegateTake,
};
