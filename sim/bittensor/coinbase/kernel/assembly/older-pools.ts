/**
 * The pools before weights: constant product (February to July 2025) and concentrated liquidity
 * (to June 2026), the latter as the protocol's one full-range position with its own root of the
 * price and liquidity. Source: spec/token-economics.md 4.1; the readable forms are
 * ../../pools/constant-product.ts, ../../pools/concentrated.ts and ../inject-older.ts.
 */
import { exactPositionBuy } from "./host";
import {
  ALPHA_IN_RAO,
  LIQUIDITY_RAO,
  POOL_KIND,
  SQRT_PRICE_HIGH,
  SQRT_PRICE_LOW,
  TAO_RESERVE_RAO,
} from "./layout";
import { field, global, setField } from "./memory";
import { CONCENTRATED, sqrtPriceF64 } from "./pool-price";
import { divideFraction, divideWords, mulHigh, TWO_64 } from "./wide";

/** What comes before the buy: a concentrated pool's liquidity grows with the injection. */
export function prepareOlder(netuid: i32, taoRao: u64, alphaRao: u64): void {
  if (global(POOL_KIND) !== CONCENTRATED || (taoRao | alphaRao) === 0) return;
  const liquidity = field(LIQUIDITY_RAO, netuid);
  const high = field(SQRT_PRICE_HIGH, netuid);
  const low = field(SQRT_PRICE_LOW, netuid);
  if ((high | low) === 0) return;
  const tao = liquidity * high + mulHigh(liquidity, low);
  const grown = rootOfProduct(tao + taoRao, overRoot(liquidity, high, low) + alphaRao);
  if (grown > liquidity) setField(LIQUIDITY_RAO, netuid, grown);
}

/** Alpha for TAO, without fee; moves a concentrated pool's price. The reserves are the caller's. */
export function buyFromOlder(netuid: i32, taoRao: u64): u64 {
  if (taoRao === 0) return 0;
  return global(POOL_KIND) === CONCENTRATED
    ? buyFromPosition(netuid, taoRao)
    : buyFromProduct(field(TAO_RESERVE_RAO, netuid), field(ALPHA_IN_RAO, netuid), taoRao);
}

/** floor(alpha * paid / (tao + paid)). */
function buyFromProduct(tao: u64, alpha: u64, paid: u64): u64 {
  return divideWords(mulHigh(alpha, paid), alpha * paid, tao + paid);
}

/**
 * floor(paid * floor(floor(L / (L s + paid)) / s)), then s + paid / L. By doubles: they are off by
 * less than 2^-49 of the result, and the inner floors by less than `paid` times 1/s + 1 units of
 * 2^-64; only a result that lies as near as that to an integer needs the host.
 */
function buyFromPosition(netuid: i32, paid: u64): u64 {
  const liquidity = field(LIQUIDITY_RAO, netuid);
  if (liquidity === 0) return 0;
  const high = field(SQRT_PRICE_HIGH, netuid);
  const low = field(SQRT_PRICE_LOW, netuid);
  const root = sqrtPriceF64(netuid);
  const deep = <f64>(<i64>liquidity);
  const amount = <f64>(<i64>paid);
  const bought = (amount * deep) / ((deep * root + amount) * root);
  const doubt = bought * 1.8e-15 + (amount * (1.0 / root + 2.0)) / TWO_64;
  addToRoot(netuid, paid, liquidity);
  if (bought < 9e15) {
    const below = floor(bought);
    const fraction = bought - below;
    if (fraction > doubt && fraction < 1.0 - doubt) return <u64>(<i64>below);
  }
  return exactPositionBuy(high, low, liquidity, paid);
}

/** s + floor(paid / L) in U64F64. */
function addToRoot(netuid: i32, paid: u64, liquidity: u64): void {
  const whole = paid / liquidity;
  const step = divideFraction(paid - whole * liquidity, liquidity);
  const low = field(SQRT_PRICE_LOW, netuid) + step;
  setField(SQRT_PRICE_LOW, netuid, low);
  setField(SQRT_PRICE_HIGH, netuid, field(SQRT_PRICE_HIGH, netuid) + whole + <u64>(low < step));
}

/** floor(liquidity / s), for a result below 2^63. */
function overRoot(liquidity: u64, high: u64, low: u64): u64 {
  const root = <f64>high + <f64>low / TWO_64;
  let quotient = <u64>(<i64>(<f64>(<i64>liquidity) / root));
  // The remainder L * 2^64 - q s, in two words; the double left it within a few hundred times s.
  let settled = false;
  while (!settled) {
    const productLow = quotient * low;
    const restHigh = liquidity - quotient * high - mulHigh(quotient, low) - <u64>(productLow !== 0);
    const restLow = 0 - productLow;
    if (<i64>restHigh < 0) quotient -= max<u64>(1, stepsOf(~restHigh, root));
    else if (restHigh < high || (restHigh === high && restLow < low)) settled = true;
    else quotient += max<u64>(1, stepsOf(restHigh, root));
  }
  return quotient;
}

/** About how many roots fit into so many whole units, rather too few. */
function stepsOf(units: u64, root: f64): u64 {
  return <u64>(<i64>((<f64>units / root) * 0.999999));
}

/** floor(sqrt(a * b)), for amounts below 2^60. */
function rootOfProduct(a: u64, b: u64): u64 {
  const high = mulHigh(a, b);
  const low = a * b;
  let root = <u64>(<i64>sqrt(<f64>high * TWO_64 + <f64>low));
  // One step of Newton from a double that is off by less than 2^9, then by one at most.
  if (root !== 0) root += <u64>(<i64>(<f64>(<i64>(low - root * root)) / (2.0 * <f64>(<i64>root))));
  while (isOver(root, high, low)) root--;
  while (!isOver(root + 1, high, low)) root++;
  return root;
}

function isOver(root: u64, high: u64, low: u64): bool {
  const squareHigh = mulHigh(root, root);
  return squareHigh > high || (squareHigh === high && root * root > low);
}
