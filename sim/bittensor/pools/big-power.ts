/**
 * The power of a ratio of integers to a ratio of integers, as the chain's big-integer library
 * computes it: an exact root where the exponent is small, otherwise series on binary fixed point.
 * Source: spec/token-economics.md section 0.4 (safe-bigmath 0.4.1).
 */

const GUARD_BITS = 24n;
const GUARD_ONE = 1n << GUARD_BITS;
const LARGEST_EXACT_EXPONENT = 1024n;

/**
 * floor(scale * (baseNum/baseDen)^(expNum/expDen)) to within the library's precision; null where a
 * denominator is 0. All arguments are at least 0.
 */
export function powRatioScaled(
  baseNum: bigint,
  baseDen: bigint,
  expNum: bigint,
  expDen: bigint,
  precisionBits: number,
  scale: bigint,
): bigint | null {
  if (baseDen === 0n || expDen === 0n) return null;
  if (baseNum === 0n) return 0n;
  if (expNum === 0n) return scale;
  const divisor = greatestCommonDivisor(expNum, expDen);
  const en = expNum / divisor;
  const ed = expDen / divisor;
  return en <= LARGEST_EXACT_EXPONENT && ed <= LARGEST_EXACT_EXPONENT
    ? exactPower(baseNum, baseDen, en, ed, scale)
    : seriesPower(baseNum, baseDen, en, ed, precisionBits, scale);
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b > 0n) [a, b] = [b, a % b];
  return a;
}

/** The largest r with r^ed * bd^en <= bn^en * scale^ed. */
function exactPower(bn: bigint, bd: bigint, en: bigint, ed: bigint, scale: bigint): bigint {
  return integerRoot((bn ** en * scale ** ed) / bd ** en, ed);
}

/** The largest r with r^degree <= value. */
export function integerRoot(value: bigint, degree: bigint): bigint {
  if (degree === 1n || value < 2n) return value;
  // Newton's method from above: the first step that does not go down has reached the floor.
  let root = 1n << ((bitLength(value) + degree - 1n) / degree);
  for (;;) {
    const next = ((degree - 1n) * root + value / root ** (degree - 1n)) / degree;
    if (next >= root) return root;
    root = next;
  }
}

function seriesPower(
  bn: bigint,
  bd: bigint,
  en: bigint,
  ed: bigint,
  precisionBits: number,
  scale: bigint,
): bigint {
  const fixed = seriesFor(BigInt(precisionBits), scale);
  const logarithm = fixed.ln(bn) - fixed.ln(bd);
  const power = fixed.exp(floorDiv(logarithm * en, ed));
  return (roundGuardOff(power) * scale) >> fixed.requiredBits;
}

/** Logarithm and exponential on integers scaled by 2^(required + guard). */
interface Series {
  readonly requiredBits: bigint;
  ln(value: bigint): bigint;
  exp(x: bigint): bigint;
}

const seriesByPrecision = new Map<bigint, Series>();

function seriesFor(precisionBits: bigint, scale: bigint): Series {
  const enoughForScale = bitLength(scale) + 8n;
  const asked = precisionBits > 32n ? precisionBits : 32n;
  const requiredBits = asked > enoughForScale ? asked : enoughForScale;
  let series = seriesByPrecision.get(requiredBits);
  if (!series) {
    series = makeSeries(requiredBits);
    seriesByPrecision.set(requiredBits, series);
  }
  return series;
}

function makeSeries(requiredBits: bigint): Series {
  const bits = requiredBits + GUARD_BITS;
  const one = 1n << bits;
  const limit = bits + 128n < 4096n ? bits + 128n : 4096n;

  const ln1p = (x: bigint): bigint => {
    let power = x;
    let result = x;
    for (let n = 2n; n <= limit; n++) {
      power = (power * x) >> bits;
      if (power === 0n) break;
      const term = floorDiv(power, n);
      if (term === 0n) break;
      const next = n & 1n ? result + term : result - term;
      const settled = magnitude(term) < GUARD_ONE || roundGuardOff(next) === roundGuardOff(result);
      result = next;
      if (settled) break;
    }
    return result;
  };
  const ln2 = -ln1p(-(one >> 1n));

  return {
    requiredBits,
    ln(value) {
      let shift = bitLength(value) - 1n;
      let mantissa = (value << bits) >> shift;
      if (mantissa >= one + (one >> 1n)) {
        mantissa >>= 1n;
        shift++;
      }
      return ln1p(mantissa - one) + ln2 * shift;
    },
    exp(x) {
      let term = one;
      let sum = one;
      for (let n = 1n; n <= limit; n++) {
        term = floorDiv(term * x, one * n);
        if (term === 0n) break;
        const next = sum + term;
        const settled = magnitude(term) < GUARD_ONE || roundGuardOff(next) === roundGuardOff(sum);
        sum = next;
        if (settled) break;
      }
      return sum;
    },
  };
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

const bitLength = (value: bigint): bigint => BigInt(value.toString(2).length);

function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

/** Takes the guard bits off: truncated, then away from zero where half or more was lost. */
function roundGuardOff(value: bigint): bigint {
  const quotient = value / GUARD_ONE;
  const rest = magnitude(value % GUARD_ONE);
  if (2n * rest < GUARD_ONE) return quotient;
  return value < 0n ? quotient - 1n : quotient + 1n;
}
