/**
 * The first year of dTAO: emission of April 2025 from the shipped state, a concentrated pool of
 * December, and the block of the first halving.
 * Source: spec/token-economics.md section 2.3, spec/measured-chain.md section 3.
 */
import { readBittensorState, type SubnetState } from "../../scenarios/bittensor-state.ts";
import { countCell, wholeCell } from "../../scenarios/csv.ts";
import { packageFolder } from "../../scenarios/shipped.ts";
import { runCoinbase } from "../../sim/bittensor/coinbase/block.ts";
import type { CoinbaseState, CoinbaseSubnet } from "../../sim/bittensor/coinbase/state.ts";
import { halvingThresholdRao } from "../../sim/bittensor/emission/block-emission.ts";
import { virtualReserves } from "../../sim/bittensor/pools/concentrated.ts";
import { coinbaseParamsAt } from "../../sim/bittensor/rules/coinbase-params.ts";
import { fromFloat, U64F64 } from "../../sim/fixed/fixed-point.ts";
import { type RealityCheck, realityCheck } from "./check.ts";
import { readFacts } from "./facts.ts";
import { median } from "./pools-2025.ts";
import { rootPotGapTao } from "./supply.ts";

const MAX_RAO = 21_000_000_000_000_000n;
const NOTHING = { serverRao: 0n, validatorRao: 0n, rootAlphaRao: 0n, ownerCutRao: 0n };
const NO_FLOWS = { taoInRao: 0n, alphaInRao: 0n, excessTaoRao: 0n, alphaOutRao: 0n };

export const dtao2025Checks = (): RealityCheck[] => [
  ...aprilChecks(),
  ...poolChecks(),
  halvingCheck(),
];

/** One block of the coinbase from the shipped state, against what captured blocks injected. */
function aprilChecks(): RealityCheck[] {
  const state = aprilState();
  const { state: after, unspentRao } = runCoinbase(state, coinbaseParamsAt(state.block + 1));
  const ours = new Map(after.subnets.map((subnet) => [subnet.netuid, subnet.lastBlock]));
  const captured = readFacts("finney-pools-2025-04", "injections.csv", {
    netuid: countCell(1, 65_535),
    block: countCell(0, 4_294_967_295),
    tao_in_rao: wholeCell(MAX_RAO),
    alpha_in_rao: wholeCell(MAX_RAO),
    alpha_out_rao: wholeCell(MAX_RAO),
  }).filter(({ tao_in_rao }) => tao_in_rao > 0n);
  const errors = (of: (row: (typeof captured)[number]) => number) =>
    captured.map((row) => Math.abs(of(row)));
  const tao = errors(
    ({ netuid, tao_in_rao }) => Number(ours.get(netuid)!.taoInRao) / Number(tao_in_rao) - 1,
  );
  const alpha = errors(
    ({ netuid, alpha_in_rao }) => Number(ours.get(netuid)!.alphaInRao) / Number(alpha_in_rao) - 1,
  );
  return [
    realityCheck("April 2025, TAO into a pool: median relative difference", 0, median(tao), 0.002),
    realityCheck("April 2025, TAO into a pool: largest", 0, Math.max(...tao), 0.01),
    realityCheck("April 2025, alpha into a pool: median", 0, median(alpha), 0.002),
    realityCheck("April 2025, TAO minted and not injected, rao", 0, Number(unspentRao), 100),
  ];
}

function aprilState(): CoinbaseState {
  const state = readBittensorState({
    text: "finney-5373800",
    place: { file: "" },
    field: "",
    base: packageFolder,
    project: packageFolder,
  });
  return {
    block: state.block,
    totalIssuanceRao: state.totalIssuanceRao,
    rootTaoRao: state.rootTaoRao,
    gateBarBits: 0n,
    subnets: state.subnets.map(coinbaseSubnet),
  };
}

const coinbaseSubnet = (subnet: SubnetState): CoinbaseSubnet => ({
  ...subnet,
  taoRao: subnet.taoReserveRao,
  quoteWeight: subnet.quoteWeightParts,
  taoReservoirRao: 0n,
  alphaReservoirRao: 0n,
  movingPriceBits: subnet.movingPriceI96F32,
  ownerCutEnabled: true,
  pending: NOTHING,
  lastBlock: NO_FLOWS,
});

/** Subnet 1 at block 7,000,020, as its storage and the runtime showed it. */
function poolChecks(): RealityCheck[] {
  const [liquidityTao, price] = [239_996.554, 0.009322031];
  const held = virtualReserves({
    sqrtPriceBits: fromFloat(U64F64, 0.0965506636),
    liquidityRao: BigInt(Math.round(liquidityTao * 1e9)),
  });
  const tao = (rao: bigint) => Number(rao) / 1e9;
  return [
    realityCheck("SN1 at 7,000,020: virtual TAO", 23_171.827, tao(held.taoRao), 0.001),
    realityCheck("SN1 at 7,000,020: virtual alpha", 2_485_705.9, tao(held.alphaRao), 0.05),
    realityCheck("SN1 at 7,000,020: alpha beside 0.008419 TAO", 0.9031, 0.008419 / price, 1e-4),
  ];
}

/** From the issuance of 4 November 2025: one TAO a block, less what root was credited without. */
function halvingCheck(): RealityCheck {
  const [block, issuedTao, halving] = [6_812_152, 10_238_806.73, 7_103_976];
  const missing = Number(halvingThresholdRao(1)) / 1e9 - issuedTao;
  const ours = Math.round(block + missing + rootPotGapTao(halving));
  return realityCheck("block of the first halving, from November's issuance", halving, ours, 3_000);
}
