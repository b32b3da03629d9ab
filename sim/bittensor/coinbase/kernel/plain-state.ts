/**
 * The coinbase's plain state (../state.ts) in the kernel's columns and back, so that the readable
 * form and the kernel can be run side by side.
 */
import { convert, I32F32, U64F64 } from "../../../fixed/fixed-point.ts";
import { smoothingBits } from "../../emission/flow.ts";
import { taoWeightBits } from "../../emission/root-proportion.ts";
import type { PoolKind } from "../../rules/rule-set.ts";
import type { ShareParams } from "../../rules/share-rule.ts";
import type { ChainState } from "../../state.ts";
import type { CoinbaseParams } from "../block.ts";
import type { AlphaInCap, SurplusUse } from "../era-terms.ts";
import { positionOf } from "../inject-older.ts";
import { readPosition, writePosition } from "../position-columns.ts";
import type { CoinbaseState, CoinbaseSubnet } from "../state.ts";
import * as layout from "./assembly/layout.ts";

/** The share rules that the kernel knows. */
export type KernelRule = "R2" | "R3" | "R4" | "R5" | "R6" | "R7" | "R8";

const U64_MASK = (1n << 64n) - 1n;
/** 0 no gate, 1 a bar by mass, 2 by rank. */
const gateModes: Partial<Record<KernelRule, bigint>> = { R7: 1n, R8: 2n };
/** 0 moving prices, 1 users' flow, 2 net flow. */
const shareBases: Partial<Record<KernelRule, bigint>> = { R3: 1n, R4: 2n };

/** Writes the parameters; `rule` is the one that `params.shares` would be. */
export function writeParams(
  { globals }: ChainState,
  params: Omit<CoinbaseParams, "shares">,
  rule: KernelRule,
): void {
  writeGate(globals, params.shareParams, rule);
  writeFlow(globals, params.shareParams);
  globals[layout.SHARES_BY] = shareBases[rule] ?? 0n;
  globals[layout.BURN_PENALTY] = rule === "R2" || rule === "R3" || rule === "R4" ? 0n : 1n;
  globals[layout.IGNORE_EMISSION_SWITCH] = rule === "R2" || rule === "R3" ? 1n : 0n;
  globals[layout.ROOT_PROPORTION_PENALTY] = rule === "R5" ? 1n : 0n;
  globals[layout.MOVING_ALPHA_I96F32] = params.movingPrice.movingAlphaBits;
  globals[layout.MOVING_HALVING_BLOCKS] = BigInt(params.movingPrice.halvingBlocks);
  globals[layout.TAO_WEIGHT_U96F32] = taoWeightBits(params.taoWeight);
  globals[layout.OWNER_CUT_U16] = BigInt(params.ownerCutU16);
  globals[layout.BUY_FIRST] = params.injection === "buy, weights and reserves" ? 1n : 0n;
  writeEra(globals, params);
}

/** What differs between the eras of pools; left out, it is as since spec 421. */
export function writeEra(globals: BigUint64Array, params: EraRules): void {
  globals[layout.POOL_KIND] = poolKinds[params.pool ?? "balancer"];
  globals[layout.ALPHA_IN_CAP] = alphaInCaps[params.alphaInCap ?? "root proportion"];
  globals[layout.SURPLUS] = surplusUses[params.surplus ?? "chain buy"];
  globals[layout.RECYCLE_BOUGHT] = params.boughtAlpha === "recycled" ? 1n : 0n;
  globals[layout.ROOT_ALWAYS_ACCRUES] = params.rootSellFlag === false ? 1n : 0n;
  globals[layout.CLOSED_SUBNETS_EMIT] = params.closedSubnetsEmit ? 1n : 0n;
}

export type EraRules = Pick<
  CoinbaseParams,
  "pool" | "alphaInCap" | "surplus" | "boughtAlpha" | "rootSellFlag" | "closedSubnetsEmit"
>;

// Without pools nothing is injected: the kernel is not run in that era.
const poolKinds: Readonly<Record<PoolKind, bigint>> = {
  none: 0n,
  balancer: 0n,
  "constant product": 1n,
  concentrated: 2n,
};
const alphaInCaps: Readonly<Record<AlphaInCap, bigint>> = {
  "root proportion": 0n,
  "alpha emission": 1n,
  "lesser emission": 2n,
};
const surplusUses: Readonly<Record<SurplusUse, bigint>> = {
  "chain buy": 0n,
  injected: 1n,
  subsidy: 2n,
};

/** The flow rules' constants. */
export function writeFlow(globals: BigUint64Array, { flow }: Pick<ShareParams, "flow">): void {
  const cutoff = BigInt.asUintN(128, flow.cutoffBits);
  globals[layout.FLOW_WEIGHT_LOW] = smoothingBits(flow.smoothingFactor);
  globals[layout.FLOW_CUTOFF_HIGH] = cutoff >> 64n;
  globals[layout.FLOW_CUTOFF_LOW] = cutoff & U64_MASK;
  globals[layout.FLOW_EXPONENT_I32F32] = convert(U64F64, I32F32, flow.exponentBits);
}

function writeGate(globals: BigUint64Array, { gate }: ShareParams, rule: KernelRule): void {
  globals[layout.GATE_MODE] = gateModes[rule] ?? 0n;
  globals[layout.GATE_RANK] = BigInt(gate.barRank);
  globals[layout.GATE_QUANTILE_LOW] = gate.barQuantileBits;
  globals[layout.GATE_EXPONENT_I32F32] = convert(U64F64, I32F32, gate.exponentBits);
  globals[layout.GATE_REFRESH_BLOCKS] = BigInt(gate.refreshBlocks);
}

/** Writes a state whose subnets have no epochs (tempo 0), and starts its conservation totals. */
export function writePlainState(chain: ChainState, plain: CoinbaseState): void {
  const { globals, subnet: columns } = chain;
  globals[layout.BLOCK] = BigInt(plain.block);
  globals[layout.TOTAL_ISSUANCE_RAO] = plain.totalIssuanceRao;
  globals[layout.GATE_BAR_HIGH] = plain.gateBarBits >> 64n;
  globals[layout.GATE_BAR_LOW] = plain.gateBarBits & U64_MASK;
  columns.taoReserveRao[0] = plain.rootTaoRao;
  let pooledRao = plain.rootTaoRao;
  for (const subnet of plain.subnets) {
    writeSubnet(chain, subnet);
    pooledRao += subnet.taoRao + subnet.taoReservoirRao;
  }
  globals[layout.FREE_TAO_RAO] = plain.totalIssuanceRao - pooledRao;
}

function writeSubnet(chain: ChainState, subnet: CoinbaseSubnet): void {
  const { netuid, pending } = subnet;
  const { subnet: columns } = chain;
  columns.taoReserveRao[netuid] = subnet.taoRao;
  columns.alphaInRao[netuid] = subnet.alphaInRao;
  columns.alphaOutRao[netuid] = subnet.alphaOutRao;
  columns.quoteWeightParts[netuid] = subnet.quoteWeight;
  columns.taoReservoirRao[netuid] = subnet.taoReservoirRao;
  columns.alphaReservoirRao[netuid] = subnet.alphaReservoirRao;
  columns.protocolAlphaRao[netuid] = subnet.protocolAlphaRao;
  columns.movingPriceI96F32[netuid] = subnet.movingPriceBits;
  columns.minerBurnedU96F32[netuid] = subnet.minerBurnedBits ?? 0n;
  columns.rootProportionU96F32[netuid] = subnet.rootProportionBits ?? 0n;
  columns.firstEmissionBlock[netuid] = BigInt(subnet.firstEmissionBlock);
  columns.pendingServerRao[netuid] = pending.serverRao;
  columns.pendingValidatorRao[netuid] = pending.validatorRao;
  columns.pendingRootRao[netuid] = pending.rootAlphaRao;
  columns.pendingOwnerCutRao[netuid] = pending.ownerCutRao;
  writePosition(chain, netuid, positionOf(subnet));
  writeFlows(chain, subnet);
  columns.flags[netuid] = BigInt(flagsOf(subnet));
  columns.alphaIssuanceStartRao[netuid] =
    subnet.alphaInRao + subnet.alphaOutRao + subnet.alphaReservoirRao;
}

function writeFlows(chain: ChainState, subnet: CoinbaseSubnet): void {
  const { netuid, flowAverages } = subnet;
  const { subnet: columns } = chain;
  columns.userFlowRao[netuid] = BigInt.asUintN(64, subnet.userFlowRao ?? 0n);
  columns.protocolFlowRao[netuid] = BigInt.asUintN(64, subnet.protocolFlowRao ?? 0n);
  const user = BigInt.asUintN(128, flowAverages?.userBits ?? 0n);
  const protocol = BigInt.asUintN(128, flowAverages?.protocolBits ?? 0n);
  columns.userAverageHigh[netuid] = user >> 64n;
  columns.userAverageLow[netuid] = user & U64_MASK;
  columns.protocolAverageHigh[netuid] = protocol >> 64n;
  columns.protocolAverageLow[netuid] = protocol & U64_MASK;
}

const flagsOf = (subnet: CoinbaseSubnet): number =>
  layout.FLAG_EXISTS |
  (subnet.subtokenEnabled ? layout.FLAG_SUBTOKEN_ENABLED : 0) |
  (subnet.registrationAllowed ? layout.FLAG_REGISTRATION_ALLOWED : 0) |
  (subnet.emissionEnabled === false ? 0 : layout.FLAG_EMISSION_ENABLED) |
  (subnet.ownerCutEnabled ? layout.FLAG_OWNER_CUT_ENABLED : 0) |
  (subnet.stable ? layout.FLAG_STABLE : 0);

/** The plain state after the kernel ran, for the same subnets in the same order as `before`. */
export function readPlainState(chain: ChainState, before: CoinbaseState): CoinbaseState {
  const { globals, subnet: columns } = chain;
  return {
    ...before,
    block: Number(globals[layout.BLOCK]),
    totalIssuanceRao: globals[layout.TOTAL_ISSUANCE_RAO],
    rootTaoRao: columns.taoReserveRao[0],
    gateBarBits: (globals[layout.GATE_BAR_HIGH] << 64n) | globals[layout.GATE_BAR_LOW],
    subnets: before.subnets.map((subnet) => readSubnet(chain, subnet)),
  };
}

function readSubnet(chain: ChainState, before: CoinbaseSubnet): CoinbaseSubnet {
  const { subnet: columns } = chain;
  const { netuid } = before;
  return {
    ...before,
    ...readOlder(chain, before),
    taoRao: columns.taoReserveRao[netuid],
    alphaInRao: columns.alphaInRao[netuid],
    alphaOutRao: columns.alphaOutRao[netuid],
    quoteWeight: columns.quoteWeightParts[netuid],
    taoReservoirRao: columns.taoReservoirRao[netuid],
    alphaReservoirRao: columns.alphaReservoirRao[netuid],
    protocolAlphaRao: columns.protocolAlphaRao[netuid],
    movingPriceBits: columns.movingPriceI96F32[netuid],
    rootProportionBits: columns.rootProportionU96F32[netuid],
    pending: {
      serverRao: columns.pendingServerRao[netuid],
      validatorRao: columns.pendingValidatorRao[netuid],
      rootAlphaRao: columns.pendingRootRao[netuid],
      ownerCutRao: columns.pendingOwnerCutRao[netuid],
    },
    lastBlock: {
      taoInRao: columns.taoInEmissionRao[netuid],
      alphaInRao: columns.alphaInEmissionRao[netuid],
      excessTaoRao: columns.excessTaoRao[netuid],
      alphaOutRao: columns.alphaOutEmissionRao[netuid],
    },
  };
}

/** What only some eras have; left out where the readable form has left it out. */
function readOlder(
  chain: ChainState,
  { netuid, position, userFlowRao, protocolFlowRao, flowAverages }: CoinbaseSubnet,
): Partial<CoinbaseSubnet> {
  const { subnet: columns } = chain;
  const signed = (high: bigint, low: bigint) => BigInt.asIntN(128, (high << 64n) | low);
  return {
    ...(position && { position: readPosition(chain, netuid) }),
    ...(userFlowRao !== undefined && {
      userFlowRao: BigInt.asIntN(64, columns.userFlowRao[netuid]),
    }),
    ...(protocolFlowRao !== undefined && {
      protocolFlowRao: BigInt.asIntN(64, columns.protocolFlowRao[netuid]),
    }),
    ...(flowAverages && {
      flowAverages: {
        userBits: signed(columns.userAverageHigh[netuid], columns.userAverageLow[netuid]),
        protocolBits: signed(
          columns.protocolAverageHigh[netuid],
          columns.protocolAverageLow[netuid],
        ),
      },
    }),
  };
}
