/**
 * The golden traces of the chain vectors: hundreds of blocks of coinbase without users, through the
 * readable form and through the kernel that simulations run.
 */
import { type CoinbaseParams, runCoinbase } from "../../sim/bittensor/coinbase/block.ts";
import { createCoinbaseKernel } from "../../sim/bittensor/coinbase/kernel/coinbase-kernel.ts";
import {
  readPlainState,
  writeParams,
  writePlainState,
} from "../../sim/bittensor/coinbase/kernel/plain-state.ts";
import type { CoinbaseState, CoinbaseSubnet } from "../../sim/bittensor/coinbase/state.ts";
import { balancerPriceBits } from "../../sim/bittensor/pools/balancer.ts";
import { defaultShareParams } from "../../sim/bittensor/rules/code-defaults.ts";
import { shares as priceBurnShares } from "../../sim/bittensor/rules/price-burn.ts";
import { firstDifference, type RecordCheck } from "../format.ts";

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
  const kernel = createCoinbaseKernel();
  writeParams(kernel.state, params, "R6");
  writePlainState(kernel.state, state);
  let [blocks, recycled] = [0, 0n];
  for (const { after_blocks, state: wanted } of checkpoints) {
    for (; blocks < after_blocks; blocks++) {
      const outcome = runCoinbase(state, params);
      state = outcome.state;
      recycled += outcome.unspentRao;
    }
    kernel.advance(state.block);
    const kernelState = readPlainState(kernel.state, state);
    const staked = state.subnets.reduce((sum, subnet) => sum + subnet.taoRao, 0n);
    const before = initial.subnets.reduce((sum: bigint, s: TraceSubnet) => sum + BigInt(s.tao), 0n);
    const difference = firstDifference(
      [`${after_blocks}: subnets`, wanted.subnets, state.subnets.map(asTraced)],
      [`${after_blocks}: kernel`, wanted.subnets, kernelState.subnets.map(asTraced)],
      [`${after_blocks}: total_issuance`, wanted.total_issuance, state.totalIssuanceRao],
      [`${after_blocks}: kernel`, wanted.total_issuance, kernelState.totalIssuanceRao],
      [`${after_blocks}: total_stake_delta`, wanted.total_stake_delta, staked - before],
      [`${after_blocks}: credit_recycled_total`, wanted.credit_recycled_total, recycled],
    );
    if (difference) return difference;
  }
  return null;
};

export const coinbaseTraceChecks: Readonly<Record<string, RecordCheck>> = {
  "golden multi-block traces (coinbase + moving price, no users)": goldenTrace,
};
