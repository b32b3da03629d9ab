/**
 * Eigenvalues and vectors of a symmetric matrix by Jacobi's rotations: slow beyond a hundred
 * dimensions, accurate to the last digits, and made of operations that every engine rounds alike.
 * Source: Golub and Van Loan, "Matrix Computations", section 8.5.
 */

export interface Eigen {
  /** Ascending. */
  readonly values: Float64Array;
  /** Row-major: column k is the vector of value k. */
  readonly vectors: Float64Array;
}

const MAX_SWEEPS = 60;

/** `matrix` is row-major, n x n; only its symmetric part counts. */
export function eigenOf(matrix: Float64Array, n: number): Eigen {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) a[i * n + j] = (matrix[i * n + j] + matrix[j * n + i]) / 2;
  }
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let sweep = 0; sweep < MAX_SWEEPS && offDiagonal(a, n) > 0; sweep++) {
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) rotate(a, v, n, [p, q]);
    }
  }
  const order = Array.from({ length: n }, (_, k) => k).sort(
    (x, y) => a[x * n + x] - a[y * n + y] || x - y,
  );
  const values = Float64Array.from(order, (k) => a[k * n + k]);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    for (let i = 0; i < n; i++) vectors[i * n + to] = v[i * n + from];
  });
  return { values, vectors };
}

function offDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) sum += Math.abs(a[i * n + j]);
  }
  return sum;
}

function rotate(
  a: Float64Array,
  v: Float64Array,
  n: number,
  [p, q]: readonly [number, number],
): void {
  const apq = a[p * n + q];
  if (apq === 0) return;
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
  if (!Number.isFinite(theta)) {
    // Too small beside its diagonal to turn anything.
    a[p * n + q] = 0;
    a[q * n + p] = 0;
    return;
  }
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const kp = a[k * n + p];
    const kq = a[k * n + q];
    a[k * n + p] = c * kp - s * kq;
    a[k * n + q] = s * kp + c * kq;
  }
  for (let k = 0; k < n; k++) {
    const pk = a[p * n + k];
    const qk = a[q * n + k];
    a[p * n + k] = c * pk - s * qk;
    a[q * n + k] = s * pk + c * qk;
    const kp = v[k * n + p];
    const kq = v[k * n + q];
    v[k * n + p] = c * kp - s * kq;
    v[k * n + q] = s * kp + c * kq;
  }
  a[p * n + q] = 0;
  a[q * n + p] = 0;
}
