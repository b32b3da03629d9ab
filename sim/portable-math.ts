/**
 * exp, ln and pow made of operations that IEEE 754 rounds alike everywhere (+ - * / and moving
 * bits), because the last bit of Math.exp, Math.log and Math.pow may differ between engines and
 * would break "same seed, same bytes". Relative error below 1e-15 for exp and ln.
 * Argument reduction as in Muller, "Elementary Functions", chapter 11.
 */

const LN2_HIGH = 0.6931471803691238; // ln 2 with the low 32 bits of the mantissa cleared
const LN2_LOW = 1.9082149292705877e-10;
const SQRT2 = Math.SQRT2;

const view = new DataView(new ArrayBuffer(8));

/** x * 2^k for k in [-1074, 1023]. */
function scaleByPowerOfTwo(x: number, k: number): number {
  if (k >= -1022) {
    view.setUint32(0, (k + 1023) << 20);
    view.setUint32(4, 0);
    return x * view.getFloat64(0);
  }
  return scaleByPowerOfTwo(x, k + 60) * 8.673617379884035e-19; // 2^-60
}

/** The natural logarithm; NaN below 0, -Infinity at 0. */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return x;
  if (x < 2.2250738585072014e-308) return ln(x * 18_014_398_509_481_984) - 54 * Math.LN2;
  view.setFloat64(0, x);
  const top = view.getUint32(0);
  let exponent = (top >>> 20) - 1023;
  view.setUint32(0, (top & 0xfffff) | 0x3ff00000);
  let mantissa = view.getFloat64(0);
  if (mantissa > SQRT2) {
    mantissa *= 0.5;
    exponent++;
  }
  const f = mantissa - 1;
  const s = f / (2 + f);
  const z = s * s;
  // 2 atanh(s) = 2s + 2s^3/3 + ... ; |s| < 0.1716, so the term s^23 is below 2^-56 of the sum.
  let tail = 0;
  for (let n = 21; n >= 3; n -= 2) tail = z * (1 / n + tail);
  return exponent * LN2_HIGH + (exponent * LN2_LOW + 2 * (s + s * tail));
}

/** e^x; 0 and Infinity beyond the range of a double. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const k = Math.round(x / Math.LN2);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 0;
  for (let n = 14; n >= 1; n--) sum = (r / n) * (1 + sum);
  return k === 1024 ? scaleByPowerOfTwo((1 + sum) * 2, 1023) : scaleByPowerOfTwo(1 + sum, k);
}

/** x^y for x >= 0. Relative error grows with |y ln x|, about 1e-16 for each unit of it. */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x === 0) return y > 0 ? 0 : Infinity;
  return exp(y * ln(x));
}
