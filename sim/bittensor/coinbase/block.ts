/**
 * One block's coinbase: mint, shares, terms, chain buys and injections, the split of alpha_out,
 * then moving prices and root proportions. Epochs, which pay out what is pending, come between the
 * split and the moving prices and change none of the numbers here.
 * Source: spec/token-economics.md sections 2.3, 3.0 to 3.3 and appendix A, spec/recent-rules.md 2.1.
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
import type { RuleSet } from "../rules/rule-set.ts";
import type { ShareOutcome, ShareParams, ShareRule } from "../rules/share-rule.ts";
import { eraTerms } from "./era-terms.ts";
import type { Injection, InjectionOrder, WholeTerms } from "./inject.ts";
import { injectByKind, spotPriceBits } from "./pools.ts";
import { type BlockFlows, type CoinbaseState, type CoinbaseSubnet, isEligible } from "./state.ts";
import { splitAlphaOut } from "./terms.ts";

/** Rules of an era; what is left out is as it has been since spec 421. */
export interface CoinbaseParams
  extends Partial<
    Pick<
      RuleSet,
      "closedSubnetsEmit" | "pool" | "alphaInCap" | "surplus" | "boughtAlpha" | "rootSellFlag"
    >
  > {
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
  /** Root's alpha accrues in this block; otherwise it is recycled. */
  readonly rootSellFlag: boolean;
  /** U64F64, of the eligible subnets by ascending netuid. */
  readonly shareBits: readonly bigint[];
}

/** The state after the next block's coinbase; `state.block` is the block before it. */
export const runCoinbase = (state: CoinbaseState, params: CoinbaseParams): CoinbaseOutcome =>
  spendEmission(state, blockEmissionRao(state.totalIssuanceRao), params);

/** The same with a given amount of minted TAO. Pools are needed: R2 and later. */
export function spendEmission(
  state: CoinbaseState,
  mintedRao: bigint,
  params: CoinbaseParams,
): CoinbaseOutcome {
  const block = state.block + 1;
  const eligible = state.subnets.filter((s) => isEligible(s, params.closedSubnetsEmit));
  const outcome = params.shares(
    { block, subnets: eligible, gateBarBits: state.gateBarBits },
    params.shareParams,
  );
  const rootSells = params.rootSellFlag === false || rootSellFlag(eligible);
  const emissions = taoEmissionBits(outcome.shareBits, mintedRao);
  const indexOf = new Map(eligible.map((subnet, i) => [subnet.netuid, i]));

  let spentRao = 0n;
  const subnets = state.subnets.map((before) => {
    const index = indexOf.get(before.netuid);
    if (index === undefined) return before;
    const subnet = withFlowsRead(before, outcome, index);
    const { subsidised, ...terms } = termsOf(subnet, emissions[index], mintedRao, state, params);
    const injection = injectByKind(subnet, terms, params.injection, params.pool);
    spentRao += injection.spentRao;
    const injected = withInjection(subnet, injection, params);
    const accrues = rootSells && !subsidised;
    const emitted = emitAlpha(injected, terms.alphaOutRao, accrues, state, params);
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

/** Flow rules read the accumulated flows once a block and set them back. */
const withFlowsRead = (
  subnet: CoinbaseSubnet,
  outcome: ShareOutcome,
  index: number,
): CoinbaseSubnet =>
  outcome.flowAverages
    ? { ...subnet, flowAverages: outcome.flowAverages[index], userFlowRao: 0n, protocolFlowRao: 0n }
    : subnet;

function withInjection(
  subnet: CoinbaseSubnet,
  injection: Injection,
  params: CoinbaseParams,
): CoinbaseSubnet {
  const bought = injection.boughtAlphaRao;
  const kept = params.boughtAlpha === "recycled" ? 0n : bought;
  const inflow = injection.taoInRao + injection.excessTaoRao;
  return {
    ...subnet,
    ...injection.pool,
    alphaOutRao: subnet.alphaOutRao + kept,
    protocolAlphaRao: subnet.protocolAlphaRao + kept,
    protocolFlowRao: (subnet.protocolFlowRao ?? 0n) + inflow,
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

interface BlockTerms extends WholeTerms {
  readonly alphaOutRao: bigint;
  readonly subsidised: boolean;
}

/** The terms in whole rao, each floored: together they may fall short of the emission by 1 rao. */
function termsOf(
  subnet: CoinbaseSubnet,
  taoEmissionBits: bigint,
  blockEmission: bigint,
  state: CoinbaseState,
  params: CoinbaseParams,
): BlockTerms {
  const alphaOutRao = blockEmissionRao(issuanceOf(subnet));
  const cap = params.alphaInCap ?? "root proportion";
  const terms = eraTerms(cap, params.surplus ?? "chain buy", {
    taoEmissionBits,
    priceBits: spotPriceBits(subnet, params.pool),
    alphaEmissionRao: alphaOutRao,
    blockEmissionRao: blockEmission,
    rootProportionBits: rootProportionOf(subnet, state, params),
  });
  return {
    taoInRao: toUnsigned(U96F32, terms.taoInBits),
    alphaInRao: toUnsigned(U96F32, terms.alphaInBits),
    excessTaoRao: toUnsigned(U96F32, terms.excessTaoBits),
    alphaOutRao,
    subsidised: terms.subsidised,
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
      spotPriceBits(subnet, params.pool),
      age,
      params.movingPrice,
    ),
    rootProportionBits: rootProportionOf(subnet, state, params),
  };
}
