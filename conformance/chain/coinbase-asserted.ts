/** What the chain's own coinbase tests assert, in the chain vectors, within their tolerances. */
import { type CoinbaseParams, spendEmission } from "../../sim/bittensor/coinbase/block.ts";
import { shareDividends } from "../../sim/bittensor/coinbase/dividends.ts";
import type { CoinbaseState, CoinbaseSubnet } from "../../sim/bittensor/coinbase/state.ts";
import { splitAlphaOut } from "../../sim/bittensor/coinbase/terms.ts";
import { taoWeightBits } from "../../sim/bittensor/emission/root-proportion.ts";
import { EVEN_WEIGHT } from "../../sim/bittensor/pools/balancer.ts";
import {
  DEFAULT_OWNER_CUT_U16,
  DEFAULT_TAO_WEIGHT,
  defaultMovingPrice,
  defaultShareParams,
} from "../../sim/bittensor/rules/code-defaults.ts";
import { shares as priceBurnShares } from "../../sim/bittensor/rules/price-burn.ts";
import { fromFloat, fromInteger, I96F32, U64_MAX, U96F32 } from "../../sim/fixed/fixed-point.ts";
import { differs, type RecordCheck } from "../format.ts";
import { farFrom, firstFarFrom } from "../tolerance.ts";

const params: CoinbaseParams = {
  shares: priceBurnShares,
  shareParams: defaultShareParams,
  movingPrice: defaultMovingPrice,
  taoWeight: DEFAULT_TAO_WEIGHT,
  ownerCutU16: DEFAULT_OWNER_CUT_U16,
  injection: "weights, buy, reserves",
};

const subnetWith = (
  netuid: number,
  tao: bigint,
  alphaIn: bigint,
  price: number,
): CoinbaseSubnet => ({
  netuid,
  taoRao: tao,
  alphaInRao: alphaIn,
  alphaOutRao: 0n,
  quoteWeight: EVEN_WEIGHT,
  taoReservoirRao: 0n,
  alphaReservoirRao: 0n,
  protocolAlphaRao: 0n,
  movingPriceBits: fromFloat(I96F32, price),
  firstEmissionBlock: 1,
  subtokenEnabled: true,
  registrationAllowed: true,
  ownerCutEnabled: true,
  pending: { serverRao: 0n, validatorRao: 0n, rootAlphaRao: 0n, ownerCutRao: 0n },
  lastBlock: { taoInRao: 0n, alphaInRao: 0n, excessTaoRao: 0n, alphaOutRao: 0n },
});

/** So much TAO on root that the root proportion is nearly one and no chain buy happens. */
const newborn = (...subnets: CoinbaseSubnet[]): CoinbaseState => ({
  block: 100,
  totalIssuanceRao: 0n,
  rootTaoRao: 10n ** 17n,
  gateBarBits: 0n,
  subnets,
});

const taoIssuance: RecordCheck = (record) => {
  const before = newborn(subnetWith(1, 10n ** 12n, 10n ** 12n, 1));
  const { state } = spendEmission(before, BigInt(record.emission), params);
  const taoDelta = state.subnets[0].taoRao - before.subnets[0].taoRao;
  return (
    differs("subnet_tao_delta", record.subnet_tao_delta, taoDelta) ??
    differs("total_stake_delta", record.total_stake_delta, taoDelta) ??
    differs("total_issuance_delta", record.total_issuance_delta, state.totalIssuanceRao)
  );
};

const alphaInjection: RecordCheck = (record) => {
  const reserves = record.reserves as [tao: string, alphaIn: string][];
  const before = newborn(
    ...reserves.map(([tao, alphaIn], i) =>
      subnetWith(i + 1, BigInt(tao), BigInt(alphaIn), record.moving_prices?.[i] ?? 1),
    ),
  );
  const { state } = spendEmission(before, BigInt(record.emission), params);
  const deltas = state.subnets.map((subnet, i) => subnet.alphaInRao - before.subnets[i].alphaInRao);
  return differs("alpha_in_delta", record.alpha_in_delta, deltas);
};

const pendingSplit: RecordCheck = (record, { tolerance }) => {
  const proportion = fromFloat(U96F32, record.approx_root_proportion);
  const split = splitAlphaOut(BigInt(record.alpha_out), record.owner_cut_u16, proportion);
  return firstFarFrom(
    "server, validator, root_alpha",
    [record.server, record.validator, record.root_alpha],
    [split.serverRao, split.validatorRao, split.rootAlphaRao],
    tolerance,
  );
};

const weightOf = (taoWeight: number): bigint => fromFloat(U96F32, taoWeight);
const floorSum = (bits: readonly bigint[]): bigint => bits.reduce((sum, v) => sum + v, 0n) >> 32n;

/** The record states totals alone: they must hold for any stakes, so some are made up. */
const dividendTotals: RecordCheck = (record, { tolerance }) => {
  const claims = [
    { alphaStakeRao: 4_000_000n, rootStakeRao: 2_500_000n, dividendRao: 70_000_000n },
    { alphaStakeRao: 20_000n, rootStakeRao: 900_000n, dividendRao: 20_000_000n },
    { alphaStakeRao: 7n, rootStakeRao: 1n, dividendRao: 3n },
  ];
  const shares = shareDividends(
    claims,
    BigInt(record.pending_validator),
    BigInt(record.pending_root),
    weightOf(record.tao_weight),
  );
  return (
    farFrom("sum_alpha", record.sum_alpha, floorSum(shares.map((s) => s.alphaBits)), tolerance) ??
    farFrom("sum_root", record.sum_root, floorSum(shares.map((s) => s.rootBits)), tolerance)
  );
};

/** No miner earns anything, so validators share both halves by stake weight. */
const drain: RecordCheck = (record, { tolerance }) => {
  const weight = weightOf(record.tao_weight);
  const stakes = Array.from({ length: record.stakers }, (_, i) => ({
    alphaStakeRao: BigInt(record.alpha_stake?.[i] ?? 1_000_000_000),
    rootStakeRao: BigInt(record.root_stake?.[i] ?? 1_000_000_000),
  }));
  const claims = stakes.map((stake) => ({
    ...stake,
    dividendRao: stake.alphaStakeRao + ((stake.rootStakeRao * weight) >> 32n),
  }));
  const pot = BigInt(record.pending_server) + BigInt(record.pending_validator);
  const paid = shareDividends(claims, pot, 0n, weight).map(({ alphaBits }) => alphaBits >> 32n);
  return firstFarFrom("stake_delta", record.stake_delta, paid, tolerance);
};

/** One neuron is miner and validator: it gets both halves of what was pending. */
const halves: RecordCheck = (record, { tolerance }) => {
  const { serverRao, validatorRao } = splitAlphaOut(BigInt(record.pending), 0, 0n);
  const stake = fromInteger(U96F32, 1n);
  const claim = { alphaStakeRao: stake, rootStakeRao: 0n, dividendRao: validatorRao };
  const [share] = shareDividends([claim], validatorRao, 0n, taoWeightBits(U64_MAX));
  const dividend = share.alphaBits >> 32n;
  return (
    farFrom("incentive", record.incentive, serverRao, tolerance) ??
    farFrom("dividend", record.dividend, dividend, tolerance) ??
    farFrom("sum_paid", record.sum_paid, serverRao + dividend, tolerance)
  );
};

export const coinbaseAssertedChecks: Readonly<Record<string, RecordCheck>> = {
  "pending split": pendingSplit,
  "owner cut": ({ owner_cut_u16, alpha_out, owner_cut }) =>
    differs(
      "owner_cut",
      owner_cut,
      splitAlphaOut(BigInt(alpha_out), owner_cut_u16, 0n).ownerCutRao,
    ),
  "tao issuance": taoIssuance,
  "alpha injection": alphaInjection,
  "calculate_dividend_distribution totals": dividendTotals,
  "drain: single/two stakers": drain,
  "no-miner / all-miner split": halves,
};
