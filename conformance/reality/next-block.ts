/**
 * Block 8,957,880 of Finney, from the state before it, through the kernel: what the coinbase left
 * behind, number by number. Source: data/finney-8957880.
 */
import { readBittensorState } from "../../scenarios/bittensor-state.ts";
import { countCell, wholeCell } from "../../scenarios/csv.ts";
import { dataFolder, packageFolder } from "../../scenarios/shipped.ts";
import { runCoinbase } from "../../sim/bittensor/coinbase/block.ts";
import { createCoinbaseKernel } from "../../sim/bittensor/coinbase/kernel/coinbase-kernel.ts";
import {
  readPlainState,
  writeParams,
  writePlainState,
} from "../../sim/bittensor/coinbase/kernel/plain-state.ts";
import {
  type CoinbaseState,
  type CoinbaseSubnet,
  isEligible,
} from "../../sim/bittensor/coinbase/state.ts";
import { coinbaseParamsAt } from "../../sim/bittensor/rules/coinbase-params.ts";
import { exactCheck, type RealityCheck, realityCheck } from "./check.ts";
import { readFacts } from "./facts.ts";

const whole = wholeCell((1n << 96n) - 1n);

/** The columns of next-block.csv, and where the coinbase keeps the same. */
const columns = {
  tao_reserve_rao: (s: CoinbaseSubnet) => s.taoRao,
  alpha_in_rao: (s: CoinbaseSubnet) => s.alphaInRao,
  alpha_out_rao: (s: CoinbaseSubnet) => s.alphaOutRao,
  protocol_alpha_rao: (s: CoinbaseSubnet) => s.protocolAlphaRao,
  quote_weight_parts: (s: CoinbaseSubnet) => s.quoteWeight,
  moving_price_bits: (s: CoinbaseSubnet) => s.movingPriceBits,
  root_prop_bits: (s: CoinbaseSubnet) => s.rootProportionBits ?? 0n,
  tao_in_emission_rao: (s: CoinbaseSubnet) => s.lastBlock.taoInRao,
  alpha_in_emission_rao: (s: CoinbaseSubnet) => s.lastBlock.alphaInRao,
  excess_tao_rao: (s: CoinbaseSubnet) => s.lastBlock.excessTaoRao,
  alpha_out_emission_rao: (s: CoinbaseSubnet) => s.lastBlock.alphaOutRao,
};
export type NextBlockColumn = keyof typeof columns;

/** One number in which we and the chain differ: ours - the chain's. */
export interface Difference {
  readonly netuid: number;
  readonly column: NextBlockColumn;
  readonly difference: bigint;
}

export interface NextBlock {
  /** How many numbers were compared: of the subnets that took part in emission. */
  readonly compared: number;
  readonly differences: readonly Difference[];
  readonly totalIssuanceRao: bigint;
  readonly gateBarBits: bigint;
}

/** The captured block by the readable form, or by the kernel that simulations run. */
export function replayNextBlock(form: "readable" | "kernel"): NextBlock {
  const before = stateBefore();
  const params = coinbaseParamsAt(before.block + 1);
  const after = form === "readable" ? runCoinbase(before, params).state : kernelStep(before);
  const facts = new Map(readNextBlock().map((row) => [row.netuid, row]));
  const names = Object.keys(columns) as NextBlockColumn[];
  const pairs = after.subnets
    .filter((subnet) => isEligible(subnet))
    .flatMap((subnet) => {
      const chain = facts.get(subnet.netuid);
      if (!chain) throw new Error(`next-block.csv has no row of subnet ${subnet.netuid}`);
      return names.map((column) => ({
        netuid: subnet.netuid,
        column,
        difference: columns[column](subnet) - chain[column],
      }));
    });
  return {
    compared: pairs.length,
    differences: pairs.filter(({ difference }) => difference !== 0n),
    totalIssuanceRao: after.totalIssuanceRao,
    gateBarBits: after.gateBarBits,
  };
}

function kernelStep(before: CoinbaseState): CoinbaseState {
  const kernel = createCoinbaseKernel();
  writeParams(kernel.state, coinbaseParamsAt(before.block + 1), "R8");
  writePlainState(kernel.state, before);
  kernel.advance(before.block + 1);
  return readPlainState(kernel.state, before);
}

const readNextBlock = () =>
  readFacts("finney-8957880", "next-block.csv", {
    netuid: countCell(1, 65_535),
    tao_reserve_rao: whole,
    alpha_in_rao: whole,
    alpha_out_rao: whole,
    protocol_alpha_rao: whole,
    quote_weight_parts: whole,
    moving_price_bits: whole,
    root_prop_bits: whole,
    tao_in_emission_rao: whole,
    alpha_in_emission_rao: whole,
    excess_tao_rao: whole,
    alpha_out_emission_rao: whole,
  });

function stateBefore(): CoinbaseState {
  const state = readBittensorState({
    text: "finney-8957880",
    place: { file: dataFolder },
    field: "",
    base: packageFolder,
    project: packageFolder,
  });
  return {
    block: state.block,
    totalIssuanceRao: state.totalIssuanceRao,
    rootTaoRao: state.rootTaoRao,
    gateBarBits: state.gateBarBits,
    subnets: state.subnets.map((subnet) => ({
      netuid: subnet.netuid,
      taoRao: subnet.taoReserveRao,
      alphaInRao: subnet.alphaInRao,
      alphaOutRao: subnet.alphaOutRao,
      quoteWeight: subnet.quoteWeightParts,
      taoReservoirRao: 0n,
      alphaReservoirRao: 0n,
      protocolAlphaRao: subnet.protocolAlphaRao,
      movingPriceBits: subnet.movingPriceI96F32,
      minerBurnedBits: subnet.minerBurnedU96F32,
      rootProportionBits: subnet.rootProportionU96F32,
      emissionEnabled: subnet.emissionEnabled,
      ownerCutEnabled: true,
      firstEmissionBlock: subnet.firstEmissionBlock,
      subtokenEnabled: subnet.subtokenEnabled,
      registrationAllowed: subnet.registrationAllowed,
      pending: { serverRao: 0n, validatorRao: 0n, rootAlphaRao: 0n, ownerCutRao: 0n },
      lastBlock: { taoInRao: 0n, alphaInRao: 0n, excessTaoRao: 0n, alphaOutRao: 0n },
    })),
  };
}

/** What one user sold in the block: alpha, and TAO out of the pool (spec/measured-chain.md 1.2). */
const SALE = { netuid: 26, alphaRao: 129_040_000_000n, taoRao: 500_348_308n } as const;
const saleMoved: Partial<Record<NextBlockColumn, bigint>> = {
  tao_reserve_rao: SALE.taoRao,
  alpha_in_rao: -SALE.alphaRao,
  alpha_out_rao: SALE.alphaRao,
};
const GATE_BAR_AFTER_BITS = 154_769_685_573_786_590n;

/** How many of the block's numbers agree to the last unit, the one sale taken off. */
export const nextBlockChecks = (): RealityCheck[] =>
  (["readable", "kernel"] as const).flatMap((form) => {
    const block = replayNextBlock(form);
    const unexplained = block.differences.filter(
      ({ netuid, column, difference }) =>
        netuid !== SALE.netuid || saleMoved[column] !== difference,
    );
    const agree = block.compared - unexplained.length;
    return [
      realityCheck(`numbers that agree to the last unit, ${form} form`, block.compared, agree, 0),
      exactCheck(
        `the gate's new bar, ${form} form`,
        GATE_BAR_AFTER_BITS,
        block.gateBarBits,
        2 ** 64,
      ),
    ];
  });
