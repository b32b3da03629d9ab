/**
 * Runs the coinbase on the state before a captured block and compares every item that it writes
 * with the state after. Reserves that users' orders moved in that block are listed apart.
 */
import { runCoinbase } from "../../sim/bittensor/coinbase/block.ts";
import type { CoinbaseState, CoinbaseSubnet } from "../../sim/bittensor/coinbase/state.ts";
import { coinbaseParamsAt } from "../../sim/bittensor/rules/coinbase-params.ts";
import { type StartOverrides, shareRuleNameAt } from "../../sim/bittensor/rules/timeline.ts";
import type { BlockPair } from "../captures/block-pair.ts";
import { orderBehind, type PoolOrder } from "./pool-orders.ts";

/** How one stored item of all subnets compares. */
export interface ItemAgreement {
  readonly item: string;
  readonly unit: string;
  readonly subnets: number;
  /** Agree to the last unit, orders taken off. */
  readonly agree: number;
  readonly largestDifference: bigint;
  /** Netuid of the largest difference; null where all agree. */
  readonly where: number | null;
}

export interface ScalarAgreement {
  readonly item: string;
  readonly unit: string;
  readonly captured: bigint;
  readonly ours: bigint;
  /** What a difference is, where it is known. */
  readonly explanation: string | null;
}

export interface Replay {
  readonly file: string;
  readonly block: number;
  readonly spec: number;
  readonly rule: string;
  readonly items: readonly ItemAgreement[];
  readonly scalars: readonly ScalarAgreement[];
  readonly orders: readonly PoolOrder[];
  /** No difference is left that is neither an order nor explained. */
  readonly agrees: boolean;
}

interface Item {
  readonly name: string;
  readonly unit: string;
  read(subnet: CoinbaseSubnet): bigint;
  /** What orders added to it. */
  ordered?(order: PoolOrder): bigint;
}

const items: readonly Item[] = [
  { name: "SubnetTaoInEmission", unit: "rao", read: (s) => s.lastBlock.taoInRao },
  { name: "SubnetAlphaInEmission", unit: "alpha rao", read: (s) => s.lastBlock.alphaInRao },
  { name: "SubnetExcessTao", unit: "rao", read: (s) => s.lastBlock.excessTaoRao },
  { name: "SubnetAlphaOutEmission", unit: "alpha rao", read: (s) => s.lastBlock.alphaOutRao },
  { name: "SubnetTAO", unit: "rao", read: (s) => s.taoRao, ordered: (o) => o.taoRao },
  {
    name: "SubnetAlphaIn",
    unit: "alpha rao",
    read: (s) => s.alphaInRao,
    ordered: (o) => o.alphaInRao,
  },
  {
    name: "SubnetAlphaOut",
    unit: "alpha rao",
    read: (s) => s.alphaOutRao,
    ordered: (o) => o.alphaOutRao,
  },
  { name: "SubnetProtocolAlpha", unit: "alpha rao", read: (s) => s.protocolAlphaRao },
  { name: "SwapBalancer", unit: "1e-18", read: (s) => s.quoteWeight },
  { name: "BalancerTaoReservoir", unit: "rao", read: (s) => s.taoReservoirRao },
  { name: "BalancerAlphaReservoir", unit: "alpha rao", read: (s) => s.alphaReservoirRao },
  { name: "SubnetMovingPrice", unit: "2^-32", read: (s) => s.movingPriceBits },
  { name: "RootProp", unit: "2^-32", read: (s) => s.rootProportionBits ?? 0n },
];

/** `starts` begins rules at other blocks than the chain did. */
export function replayBlock(pair: BlockPair, starts: StartOverrides = {}): Replay {
  const before = pair.before.coinbase;
  const captured = pair.after.coinbase;
  const params = coinbaseParamsAt(pair.block, starts, pair.before.set);
  const ours = runCoinbase(before, params).state;
  const ourSubnets = new Map(ours.subnets.map((subnet) => [subnet.netuid, subnet]));
  const both = captured.subnets.flatMap((subnet) => {
    const mine = ourSubnets.get(subnet.netuid);
    return mine ? [{ ours: mine, captured: subnet }] : [];
  });
  const orders = both.flatMap((pair) => orderBehind(pair.ours, pair.captured) ?? []);
  const agreements = items.map((item) => agreement(item, both, orders));
  const scalars = scalarsOf(captured, ours, params.pool !== "none" && pair.spec >= 445);
  return {
    file: pair.file,
    block: pair.block,
    spec: pair.spec,
    rule: shareRuleNameAt(pair.block, starts),
    items: agreements,
    scalars,
    orders,
    agrees:
      agreements.every((item) => item.agree === item.subnets) &&
      scalars.every((scalar) => scalar.captured === scalar.ours || scalar.explanation !== null),
  };
}

interface Compared {
  readonly ours: CoinbaseSubnet;
  readonly captured: CoinbaseSubnet;
}

function agreement(
  item: Item,
  subnets: readonly Compared[],
  orders: readonly PoolOrder[],
): ItemAgreement {
  let [agree, largestDifference] = [0, 0n];
  let where: number | null = null;
  for (const { ours, captured } of subnets) {
    const order = orders.find(({ netuid }) => netuid === ours.netuid);
    const ordered = order && item.ordered ? item.ordered(order) : 0n;
    const difference = item.read(captured) - ordered - item.read(ours);
    if (difference === 0n) agree++;
    else if (magnitude(difference) > magnitude(largestDifference)) {
      largestDifference = difference;
      where = ours.netuid;
    }
  }
  const { name, unit } = item;
  return { item: name, unit, subnets: subnets.length, agree, largestDifference, where };
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

function scalarsOf(
  captured: CoinbaseState,
  ours: CoinbaseState,
  feesRecycled: boolean,
): ScalarAgreement[] {
  const less = captured.totalIssuanceRao < ours.totalIssuanceRao;
  return [
    {
      item: "EmissionGateBar",
      unit: "2^-64",
      captured: captured.gateBarBits,
      ours: ours.gateBarBits,
      explanation: null,
    },
    {
      item: "TotalIssuance",
      unit: "rao",
      captured: captured.totalIssuanceRao,
      ours: ours.totalIssuanceRao,
      explanation: less && feesRecycled ? "transaction fees recycled in the block" : null,
    },
  ];
}
