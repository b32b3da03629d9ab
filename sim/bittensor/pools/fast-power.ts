/**
 * The power of the weighted pool in double-double arithmetic, with the same result to the last
 * unit: where the error bound leaves two integers open, the big-integer series decides.
 *
 * The bound, in u = 2^-53 (see double-double.ts for the operations'): s = (n - d)/(n + d) carries
 * 15u^2, twice its inverse hyperbolic tangent 27u^2, and the logarithm, whose two parts cannot
 * cancel by more than half, at most 80u^2. Times the exponent that is 102u^2 of y. As |y| <= 42,
 * the exponential is off by less than 4,800u^2 of its value, and 10^18 times that by 2^-33.9.
 */
import { PERQUINTILL } from "../../amounts.ts";
import {
  add,
  type Double2,
  divide,
  double2,
  fromBigInt,
  multiply,
  scale,
} from "../../double-double.ts";
import { powRatioScaled } from "./big-power.ts";

const PRECISION_BITS = 256;
/** 2^-30: sixteen times the bound. */
const MARGIN = 9.313225746154785e-10;
/**
 * Down to here the bound holds (10^18 e^-42 is below one). Further down the chain's series, which
 * does not reduce its argument, first loses digits and then diverges: it alone can tell its result.
 */
const LOWEST_LOGARITHM = -42;
const SCALE = 1e18;

const LN2 = double2(Math.LN2, 2.3190468138462996e-17);
const reciprocal = (n: number): Double2 => divide(double2(1), double2(n));
const ODD_RECIPROCALS = Array.from({ length: 24 }, (_, i) => reciprocal(2 * i + 1));
const RECIPROCALS = Array.from({ length: 30 }, (_, i) => reciprocal(Math.max(1, i)));

/**
 * floor(10^18 * (numerator/denominator)^(expNumerator/expDenominator)) for a base from 0 to 1: what
 * `powRatioScaled` gives at 256 bits, and null where it gives none.
 */
export function powParts(
  numerator: bigint,
  denominator: bigint,
  expNumerator: bigint,
  expDenominator: bigint,
): bigint | null {
  if (numerator > 0n && numerator < denominator && expNumerator > 0n && expDenominator > 0n) {
    if (expNumerator === expDenominator) return (PERQUINTILL * numerator) / denominator;
    const fast = fastParts(numerator, denominator, expNumerator, expDenominator);
    if (fast !== null) return fast;
  }
  return powRatioScaled(
    numerator,
    denominator,
    expNumerator,
    expDenominator,
    PRECISION_BITS,
    PERQUINTILL,
  );
}

/** The floor where the error bound proves it; null where it leaves it open. */
export function fastParts(
  numerator: bigint,
  denominator: bigint,
  expNumerator: bigint,
  expDenominator: bigint,
): bigint | null {
  const exponent = divide(fromBigInt(expNumerator), fromBigInt(expDenominator));
  const logarithm = multiply(logOfRatio(numerator, denominator), exponent);
  if (logarithm.high < LOWEST_LOGARITHM) return null;
  return provenFloor(scaledExponential(logarithm));
}

/** ln(numerator/denominator) for 0 < numerator < denominator < 2^100. */
function logOfRatio(numerator: bigint, denominator: bigint): Double2 {
  // numerator * 2^k / denominator lies between about 0.7 and 1.42.
  const ratio = Number(numerator) / Number(denominator);
  let k = 0;
  for (let scaled = ratio; scaled < Math.SQRT1_2; scaled *= 2) k++;
  const lifted = numerator << BigInt(k);
  const s = divide(fromBigInt(lifted - denominator), fromBigInt(lifted + denominator));
  const square = multiply(s, s);
  let terms = 1;
  for (let power = square.high; power > 1e-33 && terms < 23; power *= square.high) terms++;
  let sum = ODD_RECIPROCALS[terms];
  for (let i = terms - 1; i >= 0; i--) sum = add(multiply(sum, square), ODD_RECIPROCALS[i]);
  const twice = scale(multiply(s, sum), 2);
  return k === 0 ? twice : add(scale(LN2, -k), twice);
}

/** 10^18 * e^y for y from -42 to 0. */
function scaledExponential(y: Double2): Double2 {
  const k = Math.round(y.high / LN2.high);
  const r = k === 0 ? y : add(y, scale(LN2, -k));
  let terms = 1;
  for (let term = Math.abs(r.high); term > 1e-34 && terms < 28; term *= Math.abs(r.high) / terms) {
    terms++;
  }
  // e^r - 1 = r (1 + r/2 (1 + r/3 (...)))
  let sum = double2(1);
  for (let i = terms; i >= 2; i--) {
    sum = add(double2(1), multiply(multiply(r, RECIPROCALS[i]), sum));
  }
  let grown = SCALE;
  for (let i = k; i < 0; i++) grown *= 0.5;
  return add(double2(grown), scale(multiply(r, sum), grown));
}

function provenFloor({ high, low }: Double2): bigint | null {
  const whole = Math.floor(high);
  const rest = high - whole + low;
  const floor = Math.floor(rest);
  const fraction = rest - floor;
  if (fraction < MARGIN || fraction > 1 - MARGIN) return null;
  return BigInt(whole) + BigInt(floor);
}
