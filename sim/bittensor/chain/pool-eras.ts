/**
 * What a change of rules does to the state: pools of one kind become pools of the next at their
 * price, and averages of flows begin at nothing.
 * Source: spec/token-economics.md sections 2.3, 4.1 and 4.5.
 */
import * as layout from "../coinbase/kernel/assembly/layout.ts";
import { readPosition, writePosition } from "../coinbase/position-columns.ts";
import { balancerPriceBits, EVEN_WEIGHT, weightForPrice } from "../pools/balancer.ts";
import { integerRoot } from "../pools/big-power.ts";
import { type Position, positionOfReserves, positionPriceBits } from "../pools/concentrated.ts";
import type { PoolKind } from "../rules/rule-set.ts";
import type { ChainState } from "../state.ts";
import type { ChainParameters } from "./parameters.ts";

type Era = Pick<ChainParameters, "era" | "sharesBy">;

/** From the rules before (null at the start of a run) to those that hold from the next block on. */
export function enterEra(
  state: ChainState,
  netuids: readonly number[],
  before: Era | null,
  after: Era,
): void {
  const from = before?.era.pool ?? "balancer";
  const to = after.era.pool;
  if (from !== to) for (const netuid of netuids) switchPool(state, netuid, from, to);
  if (before !== null && before.sharesBy !== after.sharesBy) {
    for (const netuid of netuids) clearFlows(state, netuid, before, after);
  }
}

/** A new subnet's pool: of even weights, and of a position that holds its reserves. */
export function openPool(state: ChainState, netuid: number): void {
  const { subnet, globals } = state;
  if (globals[layout.POOL_KIND] !== CONCENTRATED) return;
  const position = positionOfReserves(subnet.taoReserveRao[netuid], subnet.alphaInRao[netuid]);
  writePosition(state, netuid, position);
}

/** The kernel's number for pools of concentrated liquidity. */
const CONCENTRATED = 2n;

function switchPool(state: ChainState, netuid: number, from: PoolKind, to: PoolKind): void {
  const { subnet } = state;
  const taoRao = subnet.taoReserveRao[netuid];
  const alphaInRao = subnet.alphaInRao[netuid];
  const quoteWeight = subnet.quoteWeightParts[netuid];
  if (to === "concentrated") {
    const reserves = { taoRao, alphaInRao, quoteWeight };
    writePosition(
      state,
      netuid,
      from === "balancer" && quoteWeight !== EVEN_WEIGHT
        ? positionAt(balancerPriceBits(reserves), taoRao, alphaInRao)
        : positionOfReserves(taoRao, alphaInRao),
    );
  } else if (to === "balancer") {
    // The migration takes the weights from the old pool's own price, where they are within bounds.
    const priced = weightForPrice(
      from === "concentrated" ? positionPriceBits(readPosition(state, netuid)) : 0n,
      alphaInRao,
      taoRao,
    );
    const kept = from === "concentrated" && priced.accepted;
    subnet.quoteWeightParts[netuid] = kept ? priced.quoteWeight : EVEN_WEIGHT;
  }
}

/** The position as deep as the reserves, at a price of its own. */
const positionAt = (priceBits: bigint, taoRao: bigint, alphaInRao: bigint): Position => ({
  ...positionOfReserves(taoRao, alphaInRao),
  sqrtPriceBits: integerRoot(priceBits << 64n, 2n),
});

/** Users' flow counts anew when it begins to rule, the protocol's when it is first taken off. */
function clearFlows({ subnet }: ChainState, netuid: number, before: Era, after: Era): void {
  if (before.sharesBy === "price" && after.sharesBy !== "price") {
    subnet.userFlowRao[netuid] = 0n;
    subnet.userAverageHigh[netuid] = 0n;
    subnet.userAverageLow[netuid] = 0n;
  }
  if (after.sharesBy === "net flow") {
    subnet.protocolFlowRao[netuid] = 0n;
    subnet.protocolAverageHigh[netuid] = 0n;
    subnet.protocolAverageLow[netuid] = 0n;
  }
}
