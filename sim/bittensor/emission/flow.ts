/**
 * Emission by the flow of TAO into subnets (November 2025 to June 2026): averages of what users
 * staked and unstaked, less, since spec 411, what the protocol itself put in.
 * Source: spec/token-economics.md section 2.5 (subnet_emissions.rs).
 */
import {
  convert,
  fromInteger,
  I64F64,
  safeDiv,
  satAdd,
  satMul,
  satSub,
  U64F64,
} from "../../fixed/fixed-point.ts";
import { powerNormalised } from "./power-normalise.ts";

export interface FlowParams {
  /** FlowEmaSmoothingFactor: weight of one block, over 2^63 - 1. */
  readonly smoothingFactor: bigint;
  /** TaoFlowCutoff, I64F64 rao: flows up to it earn nothing. */
  readonly cutoffBits: bigint;
  /** FlowNormExponent, U64F64, 1 to 2. */
  readonly exponentBits: bigint;
  /** Since spec 411: the protocol's own flow is taken off. */
  readonly netFlow: boolean;
}

/** The flow averages of a subnet, I64F64 rao a block; absent where the subnet has none yet. */
export interface FlowAverages {
  readonly userBits: bigint;
  readonly protocolBits: bigint;
}

export interface ShareFlow {
  /** Stake minus unstake of users since the last reading. */
  readonly userFlowRao?: bigint;
  /** Injections and chain buys minus root sells since the last reading. */
  readonly protocolFlowRao?: bigint;
  readonly flowAverages?: FlowAverages;
}

const I63_MAX = (1n << 63n) - 1n;
const ONE = I64F64.oneBits;

export const smoothingBits = (smoothingFactor: bigint): bigint =>
  safeDiv(I64F64, fromInteger(I64F64, smoothingFactor), fromInteger(I64F64, I63_MAX));

/** (1 - a) * average + a * flow, I64F64. */
export function nextFlowAverage(averageBits: bigint, flowRao: bigint, weightBits: bigint): bigint {
  const kept = satMul(I64F64, satSub(I64F64, ONE, weightBits), averageBits);
  return satAdd(I64F64, satMul(I64F64, weightBits, fromInteger(I64F64, flowRao)), kept);
}

export function nextFlowAverages(subnet: ShareFlow, params: FlowParams): FlowAverages {
  const weight = smoothingBits(params.smoothingFactor);
  const { userBits, protocolBits } = subnet.flowAverages ?? { userBits: 0n, protocolBits: 0n };
  return {
    userBits: nextFlowAverage(userBits, subnet.userFlowRao ?? 0n, weight),
    protocolBits: nextFlowAverage(protocolBits, subnet.protocolFlowRao ?? 0n, weight),
  };
}

const positive = (bits: bigint): bigint => (bits > 0n ? bits : 0n);
const sum = (values: readonly bigint[]): bigint =>
  values.reduce((total, value) => satAdd(I64F64, total, value), 0n);

/**
 * The user averages less the protocol averages, the latter scaled down so that together they take
 * off no more than users brought in. I64F64.
 */
export function netFlows(averages: readonly FlowAverages[]): bigint[] {
  const users = sum(averages.map(({ userBits }) => positive(userBits)));
  const protocol = sum(averages.map(({ protocolBits }) => positive(protocolBits)));
  const ratio = safeDiv(I64F64, users, protocol);
  const scale = ratio < ONE ? ratio : ONE;
  return averages.map(({ userBits, protocolBits }) =>
    satSub(
      I64F64,
      userBits,
      protocolBits > 0n ? satMul(I64F64, scale, protocolBits) : protocolBits,
    ),
  );
}

/** Shares by flow (I64F64): what lies above the cutoff, to the power, normalised. U64F64. */
export function flowShares(flowBits: readonly bigint[], params: FlowParams): bigint[] {
  const lowest = flowBits.reduce((min, flow) => (flow < min ? flow : min), 0n);
  const limit = params.cutoffBits > lowest ? params.cutoffBits : lowest;
  const above = flowBits.map((flow) =>
    convert(I64F64, U64F64, positive(satSub(I64F64, flow, limit))),
  );
  return powerNormalised(above, params.exponentBits);
}
