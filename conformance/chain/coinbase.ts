/** Pure functions of the coinbase in the chain vectors: root proportion, terms, dividends, take. */
import { shareDividends, splitTake } from "../../sim/bittensor/coinbase/dividends.ts";
import {
  rootProportionCapBits,
  splitAlphaOut,
  subnetTerms,
} from "../../sim/bittensor/coinbase/terms.ts";
import { blockEmissionRao } from "../../sim/bittensor/emission/block-emission.ts";
import { rootProportionBits, taoWeightBits } from "../../sim/bittensor/emission/root-proportion.ts";
import { DEFAULT_OWNER_CUT_U16 } from "../../sim/bittensor/rules/code-defaults.ts";
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
  const split = splitAlphaOut(alphaOut, DEFAULT_OWNER_CUT_U16, after);
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
  calculate_dividend_distribution: dividendDistribution,
  "delegate take": delegateTake,
};
