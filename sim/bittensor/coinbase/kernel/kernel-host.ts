/**
 * What the kernel asks its host for (assembly/host.ts): the exact floor of a swap where its doubles
 * cannot tell, and once a block the scale of the flow shares. All by the readable forms.
 */
import { PERQUINTILL } from "../../../amounts.ts";
import { rangeScaleBits } from "../../emission/power-normalise.ts";
import { powRatioScaled } from "../../pools/big-power.ts";
import { buyFromPosition } from "../../pools/concentrated.ts";
import * as layout from "./assembly/layout.ts";

const SWAP_PRECISION_BITS = 256;

/** WebAssembly passes its words as signed numbers. */
const unsigned = (word: bigint): bigint => BigInt.asUintN(64, word);
const signed = (word: bigint): bigint => BigInt.asIntN(64, word);
const joined = (high: bigint, low: bigint): bigint => (unsigned(high) << 64n) | unsigned(low);

export class KernelHost {
  /** The kernel's globals; set before it runs. */
  globals: BigUint64Array = new BigUint64Array(layout.GLOBALS);

  readonly functions = {
    exactSwapExponent,
    exactPositionBuy,
    rangeScale: (largestHigh: bigint, largestLow: bigint, count: bigint): void => {
      const scale = rangeScaleBits(joined(largestHigh, largestLow), unsigned(count)) ?? 0n;
      this.globals[layout.RANGE_SCALE_HIGH] = scale >> 64n;
      this.globals[layout.RANGE_SCALE_LOW] = unsigned(scale);
    },
  };
}

function exactSwapExponent(
  base: bigint,
  delta: bigint,
  numerator: bigint,
  denominator: bigint,
): bigint {
  const parts = powRatioScaled(
    unsigned(base),
    unsigned(base) + unsigned(delta),
    unsigned(numerator),
    unsigned(denominator),
    SWAP_PRECISION_BITS,
    PERQUINTILL,
  );
  return signed(parts ?? 0n);
}

function exactPositionBuy(high: bigint, low: bigint, liquidity: bigint, taoRao: bigint): bigint {
  const position = { sqrtPriceBits: joined(high, low), liquidityRao: unsigned(liquidity) };
  return signed(buyFromPosition(position, unsigned(taoRao)).paidOutRao);
}
