/** A concentrated pool's position in the chain's columns. */
import type { Position } from "../pools/concentrated.ts";
import type { ChainState } from "../state.ts";

const U64_MASK = (1n << 64n) - 1n;

export function writePosition(
  { subnet }: ChainState,
  netuid: number,
  { sqrtPriceBits, liquidityRao }: Position,
): void {
  subnet.sqrtPriceHigh[netuid] = sqrtPriceBits >> 64n;
  subnet.sqrtPriceLow[netuid] = sqrtPriceBits & U64_MASK;
  subnet.liquidityRao[netuid] = liquidityRao;
}

export const readPosition = ({ subnet }: ChainState, netuid: number): Position => ({
  sqrtPriceBits: (subnet.sqrtPriceHigh[netuid] << 64n) | subnet.sqrtPriceLow[netuid],
  liquidityRao: subnet.liquidityRao[netuid],
});
