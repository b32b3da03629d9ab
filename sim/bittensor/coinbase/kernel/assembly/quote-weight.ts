/**
 * The weight of TAO that keeps the price while dy TAO and dx alpha join a pool of y and x:
 * q1 = round(w1 y (x + dx) / 10^18), q2 = round(w2 x (y + dy) / 10^18), w2' = floor(10^18 q2 / (q1 + q2)).
 * Source: spec/token-economics.md 4.4.
 *
 * Without the roundings w2' = w2 + w1 w2 (x dy - y dx) / (w1 y (x + dx) + w2 x (y + dy)), and they
 * shift it by less than 10^18 / (x y). The difference in the numerator is exact in 128 bits, the
 * rest is done in double; only next to an integer is the long way taken.
 */
import { dividePerquintill, mulHigh, PERQUINTILL, remainder, TWO_64 } from "./wide";

const HALF: u64 = PERQUINTILL / 2;
/** Weights below this are refused. */
const MINIMUM_WEIGHT: u64 = PERQUINTILL / 100;

/** The new weight in parts of 10^18; 0 where the chain refuses it. */
export function balancedWeight(y: u64, x: u64, quoteWeight: u64, dy: u64, dx: u64): u64 {
  const weight = unboundedWeight(y, x, quoteWeight, dy, dx);
  return weight < MINIMUM_WEIGHT || PERQUINTILL - weight < MINIMUM_WEIGHT ? 0 : weight;
}

function unboundedWeight(y: u64, x: u64, quoteWeight: u64, dy: u64, dx: u64): u64 {
  const quote = <f64>(<i64>quoteWeight);
  const base = <f64>(<i64>(PERQUINTILL - quoteWeight));
  const quoteSide = <f64>(<i64>x) * <f64>(<i64>(y + dy));
  const baseSide = <f64>(<i64>y) * <f64>(<i64>(x + dx));
  const shift =
    (base * quote * crossDifference(y, x, dy, dx)) / (base * baseSide + quote * quoteSide);
  const magnitude = abs(shift);
  // A product of reserves over 10^24 keeps the roundings below 5 10^-7.
  if (<f64>(<i64>y) * <f64>(<i64>x) > 1e24 && magnitude < 1e13) {
    if ((dy | dx) === 0) return settledWeight(y, x, quoteWeight);
    const below = floor(shift);
    const fraction = shift - below;
    const doubt = magnitude * 3e-15 + 1e-6;
    if (fraction > doubt && fraction < 1.0 - doubt) return quoteWeight + <u64>(<i64>below);
  }
  return exactWeight(y, x, quoteWeight, dy, dx);
}

/**
 * The weight when nothing joins: q1 + q2 = x y unless both are halves, so that it stays or, where
 * q1 was rounded up, falls by one part.
 */
function settledWeight(y: u64, x: u64, quoteWeight: u64): u64 {
  const baseWeight = PERQUINTILL - quoteWeight;
  dividePerquintill(mulHigh(x, y), x * y);
  const rest = remainder;
  dividePerquintill(mulHigh(baseWeight, rest), baseWeight * rest);
  const falls = remainder > HALF || (remainder === HALF && quoteWeight > HALF);
  return quoteWeight - <u64>falls;
}

/** x dy - y dx as a double, rounded once. */
function crossDifference(y: u64, x: u64, dy: u64, dx: u64): f64 {
  const low = x * dy - y * dx;
  const high = mulHigh(x, dy) - mulHigh(y, dx) - <u64>(x * dy < y * dx);
  return signedToDouble(high, low);
}

/** A two's complement number of two words. */
function signedToDouble(high: u64, low: u64): f64 {
  if (<i64>high >= 0) return <f64>high * TWO_64 + <f64>low;
  const negatedLow = 0 - low;
  const negatedHigh = ~high + <u64>(low === 0);
  return -(<f64>negatedHigh * TWO_64 + <f64>negatedLow);
}

// A side of the pool after `weigh`: round(weight * a * b / 10^18), two words.
let sideHigh: u64 = 0;
let sideLow: u64 = 0;

function weigh(weight: u64, a: u64, b: u64): void {
  const quotient = dividePerquintill(mulHigh(a, b), a * b);
  const rest = remainder;
  const roundedRest = dividePerquintill(mulHigh(weight, rest), weight * rest);
  const rounded = roundedRest + <u64>(remainder >= HALF);
  sideLow = weight * quotient + rounded;
  sideHigh = mulHigh(weight, quotient) + <u64>(sideLow < rounded);
}

// The residue r = q2 w1 - w2 q1 - k (q1 + q2), three words in two's complement: w2' = w2 + k for
// the k that leaves 0 <= r < q1 + q2.
let residueTop: u64 = 0;
let residueHigh: u64 = 0;
let residueLow: u64 = 0;

/** Adds factor * (high, low) to the residue, or takes it off. */
function addToResidue(factor: u64, high: u64, low: u64, negative: bool): void {
  const productLow = factor * low;
  const carry = mulHigh(factor, low);
  const productHigh = factor * high + carry;
  const productTop = mulHigh(factor, high) + <u64>(productHigh < carry);
  if (negative) {
    const borrowLow = <u64>(residueLow < productLow);
    residueLow -= productLow;
    const high = residueHigh - productHigh;
    const borrowHigh = <u64>(residueHigh < productHigh) + <u64>(high < borrowLow);
    residueHigh = high - borrowLow;
    residueTop -= productTop + borrowHigh;
  } else {
    residueLow += productLow;
    const carryLow = <u64>(residueLow < productLow);
    const high = residueHigh + productHigh;
    const carryHigh = <u64>(high < productHigh) + <u64>(high + carryLow < high);
    residueHigh = high + carryLow;
    residueTop += productTop + carryHigh;
  }
}

function residueAsDouble(): f64 {
  if (<i64>residueTop >= 0) {
    return (<f64>residueTop * TWO_64 + <f64>residueHigh) * TWO_64 + <f64>residueLow;
  }
  // -(r) = ~r + 1; the one is lost in the rounding of so long a number, and corrected by the loop.
  return -((<f64>~residueTop * TWO_64 + <f64>~residueHigh) * TWO_64 + <f64>~residueLow) - 1.0;
}

function exactWeight(y: u64, x: u64, quoteWeight: u64, dy: u64, dx: u64): u64 {
  const baseWeight = PERQUINTILL - quoteWeight;
  weigh(baseWeight, y, x + dx);
  const q1High = sideHigh;
  const q1Low = sideLow;
  weigh(quoteWeight, x, y + dy);
  const sumLow = q1Low + sideLow;
  const sumHigh = q1High + sideHigh + <u64>(sumLow < q1Low);
  if ((sumHigh | sumLow) === 0) return HALF;
  residueTop = residueHigh = residueLow = 0;
  addToResidue(baseWeight, sideHigh, sideLow, false);
  addToResidue(quoteWeight, q1High, q1Low, true);
  let weight = quoteWeight;
  const sum = <f64>sumHigh * TWO_64 + <f64>sumLow;
  while (true) {
    if (<i64>residueTop < 0) {
      const steps = <u64>max(ceil(-residueAsDouble() / sum), 1.0);
      weight -= steps;
      addToResidue(steps, sumHigh, sumLow, false);
    } else if (
      residueTop !== 0 ||
      residueHigh > sumHigh ||
      (residueHigh === sumHigh && residueLow >= sumLow)
    ) {
      const steps = <u64>max(floor(residueAsDouble() / sum), 1.0);
      weight += steps;
      addToResidue(steps, sumHigh, sumLow, true);
    } else {
      return weight;
    }
  }
}
