/**
 * One block's coinbase: mint, shares, terms, chain buys and injections, the split of alpha_out,
 * then moving prices and root proportions. Epochs, which pay out what is pending, come between the
 * split and the moving prices and change none of the numbers here.
 * Source: spec/token-economics.md sections 3.0 to 3.3 and appendix A, spec/recent-rules.md 2.1.
 */
import { saturatingSub } from "../../amounts.ts";
import { toUnsigned, U96F32 } from "../../fixed/fixed-point.ts";
import { blockEmissionRao } from "../emission/block-emission.ts";
import {
  blocksSinceStart,
  type MovingPriceParams,
  nextMovingPriceBits,
} from "../emission/moving-price.ts";
import { rootSellFlag } from "../emission/price-shares.ts";
import {
  alphaIssuanceRao,
  rootProportionBits,
  taoWeightBits,
} from "../emission/root-proportion.ts";
import { taoEmissionBits } from "../emission/shares.ts";
import { balancerPriceBits } from "../pools/balancer.ts";
import type { ShareParams, ShareRule } from "../rules/share-rule.ts";
import { type Injection, type InjectionOrder, inject, type WholeTerms } from "./inject.ts";
import { type BlockFlows, type CoinbaseState, type CoinbaseSubnet, isEligible } from "./state.ts";
import { rootProportionCapBits, splitAlphaOut, subnetTerms } from "./terms.ts";

export interface CoinbaseParams {
  readonly shares: ShareRule;
  readonly shareParams: ShareParams;
  readonly movingPrice: MovingPriceParams;
  /** TaoWeight as stored, over 2^64 - 1. */
  readonly taoWeight: bigint;
  readonly ownerCutU16: number;
  readonly injection: InjectionOrder;
}

export interface CoinbaseOutcome {
  readonly state: CoinbaseState;
  readonly mintedRao: bigint;
  /** Minted TAO that no subnet took; it is taken off the issuance again. */
  readonly unspentRao: bigint;
  readonly rootSellFlag: boolean;
  /** U64F64, of the eligible subnets by ascending netuid. */
  readonly shareBits: readonly bigint[];
}

/** The state after the next block's coinbase; `state.block` is the block before it. */
export const runCoinbase = (state: CoinbaseState, params: CoinbaseParams): CoinbaseOutcome =>
  spendEmission(state, blockEmissionRao(state.totalIssuanceRao), params);

/** The same with a given amount of minted TAO. */
export function spendEmission(
  state: CoinbaseState,
  mintedRao: bigint,
  params: CoinbaseParams,
): CoinbaseOutcome {
  const block = state.block + 1;
  const eligible = state.subnets.filter(isEligible);
  const outcome = params.shares(
    { block, subnets: eligible, gateBarBits: state.gateBarBits },
    params.shareParams,
  );
  const rootSells = rootSellFlag(eligible);
  const emissions = taoEmissionBits(outcome.shareBits, mintedRao);
  const emissionOf = new Map(eligible.map((subnet, i) => [subnet.netuid, emissions[i]]));

  let spentRao = 0n;
  const subnets = state.subnets.map((subnet) => {
    const emission = emissionOf.get(subnet.netuid);
    if (emission === undefined) return subnet;
    const terms = termsOf(subnet, emission, state, params);
    const injection = inject(subnet, terms, params.injection);
    spentRao += injection.spentRao;
    const injected: CoinbaseSubnet = {
      ...subnet,
      ...injection.pool,
      alphaOutRao: subnet.alphaOutRao + injection.boughtAlphaRao,
      protocolAlphaRao: subnet.protocolAlphaRao + injection.boughtAlphaRao,
    };
    const emitted = emitAlpha(injected, terms.alphaOutRao, rootSells, state, params);
    return withAverages(
      { ...emitted, lastBlock: flowsOf(injection, terms.alphaOutRao) },
      block,
      state,
      params,
    );
  });
  const unspentRao = saturatingSub(mintedRao, spentRao);
  return {
    state: {
      ...state,
      block,
      subnets,
      totalIssuanceRao: state.totalIssuanceRao + mintedRao - unspentRao,
      gateBarBits: outcome.gateBarBits ?? state.gateBarBits,
    },
    mintedRao,
    unspentRao,
    rootSellFlag: rootSells,
    shareBits: outcome.shareBits,
  };
}

const flowsOf = (
  { taoInRao, alphaInRao, excessTaoRao }: Injection,
  alphaOutRao: bigint,
): BlockFlows => ({ taoInRao, alphaInRao, excessTaoRao, alphaOutRao });

const issuanceOf = (subnet: CoinbaseSubnet): bigint =>
  alphaIssuanceRao(subnet.alphaInRao, subnet.alphaOutRao, subnet.alphaReservoirRao);

/** Root proportion of a subnet as it stands, U96F32. */
export const rootProportionOf = (
  subnet: CoinbaseSubnet,
  state: CoinbaseState,
  params: Pick<CoinbaseParams, "taoWeight">,
): bigint =>
  rootProportionBits(state.rootTaoRao, taoWeightBits(params.taoWeight), issuanceOf(subnet));

export const spotPriceBits = (subnet: CoinbaseSubnet): bigint =>
  subnet.stable ? ONE : balancerPriceBits(subnet);

const ONE = 1n << 64n;

/** The terms in whole rao, each floored; the caller may not add them up to the emission. */
function termsOf(
  subnet: CoinbaseSubnet,
  emissionBits: bigint,
  state: CoinbaseState,
  params: CoinbaseParams,
): WholeTerms & { readonly alphaOutRao: bigint } {
  const alphaOutRao = blockEmissionRao(issuanceOf(subnet));
  const cap = rootProportionCapBits(rootProportionOf(subnet, state, params), alphaOutRao);
  const terms = subnetTerms(emissionBits, spotPriceBits(subnet), cap);
  return {
    taoInRao: toUnsigned(U96F32, terms.taoInBits),
    alphaInRao: toUnsigned(U96F32, terms.alphaInBits),
    excessTaoRao: toUnsigned(U96F32, terms.excessTaoBits),
    alphaOutRao,
  };
}

/** alpha_out into AlphaOut and the pending amounts; root's part is recycled while root is off. */
function emitAlpha(
  subnet: CoinbaseSubnet,
  alphaOutRao: bigint,
  rootSells: boolean,
  state: CoinbaseState,
  params: CoinbaseParams,
): CoinbaseSubnet {
  const credited = { ...subnet, alphaOutRao: subnet.alphaOutRao + alphaOutRao };
  const split = splitAlphaOut(
    alphaOutRao,
    subnet.ownerCutEnabled ? params.ownerCutU16 : 0,
    rootProportionOf(credited, state, params),
  );
  const { pending } = subnet;
  return {
    ...credited,
    alphaOutRao: rootSells
      ? credited.alphaOutRao
      : saturatingSub(credited.alphaOutRao, split.rootAlphaRao),
    pending: {
      serverRao: pending.serverRao + split.serverRao,
      validatorRao: pending.validatorRao + split.validatorRao,
      rootAlphaRao: pending.rootAlphaRao + (rootSells ? split.rootAlphaRao : 0n),
      ownerCutRao: pending.ownerCutRao + split.ownerCutRao,
    },
  };
}

/** The moving price from the spot price after the injection, and the stored root proportion. */
function withAverages(
  subnet: CoinbaseSubnet,
  block: number,
  state: CoinbaseState,
  params: CoinbaseParams,
): CoinbaseSubnet {
  const age = blocksSinceStart(block, subnet.firstEmissionBlock);
  return {
    ...subnet,
    movingPriceBits: nextMovingPriceBits(
      subnet.movingPriceBits,
      spotPriceBits(subnet),
      age,
      params.movingPrice,
    ),
    rootProportionBits: rootProportionOf(subnet, state, params),
  };
}
