/**
 * The work of one thread in gpu.js's part of JavaScript; one output value each. They are translated
 * from their source, so they use plain loops and nothing from outside. x is the column, y the problem.
 */

interface Thread {
  readonly thread: { readonly x: number; readonly y: number; readonly z: number };
}

/** A matrix by problem, row, column, and values by problem and row or column. */
type Matrices = number[][][];
type Rows = number[][];

/** Weights as shares of their rows, nobody's on himself, kept where kernels read them; z is the problem. */
export function weightShare(this: Thread, weights: Matrices, inverseSums: Rows): number {
  if (this.thread.x === this.thread.y) {
    return 0;
  }
  return (
    weights[this.thread.z][this.thread.y][this.thread.x] * inverseSums[this.thread.z][this.thread.y]
  );
}

/**
 * The weighted median: an interval is halved until it holds one weight, or is 2^-26 of the column's
 * largest wide, and its largest weight is picked. `coarse` and `fine` are stakes in exact parts (slices.ts), `kappa` has
 * both parts by problem; each sum and each difference here is exact.
 */
export function median(
  this: Thread,
  weights: Matrices,
  coarse: Rows,
  fine: Rows,
  kappa: Rows,
  validators: number,
): number {
  const p = this.thread.y;
  const j = this.thread.x;
  let low = 0;
  let high = 0;
  let upper = 0;
  let lower = 0;
  let count = 0;
  for (let i = 0; i < validators; i++) {
    const weight = weights[p][i][j];
    if (weight > 0) {
      upper += coarse[p][i];
      lower += fine[p][i];
      count += 1;
    }
    if (weight > high) {
      high = weight;
    }
  }
  if (upper - kappa[p][0] < kappa[p][1] - lower) {
    return 0;
  }
  let aboveLow = count;
  let aboveHigh = 0;
  for (let step = 0; step < 26; step++) {
    const middle = (low + high) * 0.5;
    upper = 0;
    lower = 0;
    count = 0;
    for (let i = 0; i < validators; i++) {
      if (weights[p][i][j] > middle) {
        upper += coarse[p][i];
        lower += fine[p][i];
        count += 1;
      }
    }
    if (upper - kappa[p][0] >= kappa[p][1] - lower) {
      low = middle;
      aboveLow = count;
    } else {
      high = middle;
      aboveHigh = count;
    }
    if (aboveLow - aboveHigh < 1.5) {
      break;
    }
  }
  let top = 0;
  // Another name than above: gpu.js's CPU mode declares a loop's variable beside the loop.
  for (let k = 0; k < validators; k++) {
    const candidate = weights[p][k][j];
    if (candidate <= high) {
      if (candidate > top) {
        top = candidate;
      }
    }
  }
  return top;
}

/**
 * How near the decision for this column was to another. Weights within 2^-21 of each other are one:
 * equal ones of rows with other sums were rounded apart.
 */
export function decisionMargin(
  this: Thread,
  weights: Matrices,
  coarse: Rows,
  fine: Rows,
  kappa: Rows,
  consensus: Rows,
  validators: number,
): number {
  const p = this.thread.y;
  const j = this.thread.x;
  const top = consensus[p][j];
  let aboveUpper = 0;
  let aboveLower = 0;
  let reachedUpper = 0;
  let reachedLower = 0;
  for (let i = 0; i < validators; i++) {
    const weight = weights[p][i][j];
    if (weight > top * 1.000000476837158) {
      aboveUpper += coarse[p][i];
      aboveLower += fine[p][i];
    }
    if (weight >= top * 0.999999523162842) {
      reachedUpper += coarse[p][i];
      reachedLower += fine[p][i];
    }
  }
  const missed = kappa[p][0] - aboveUpper + (kappa[p][1] - aboveLower);
  const met = reachedUpper - kappa[p][0] + (reachedLower - kappa[p][1]);
  if (top === 0) {
    return missed;
  }
  if (met < missed) {
    return met;
  }
  return missed;
}

/** Rank: the stake-weighted sum of clipped weights. */
export function rank(
  this: Thread,
  weights: Matrices,
  stake: Rows,
  consensus: Rows,
  validators: number,
): number {
  const p = this.thread.y;
  const j = this.thread.x;
  const top = consensus[p][j];
  let sum = 0;
  for (let i = 0; i < validators; i++) {
    let weight = weights[p][i][j];
    if (weight > top) {
      weight = top;
    }
    sum += stake[p][i] * weight;
  }
  return sum;
}

/**
 * What a bond of 1 in a miner earns, in units that all his problem's miners share: rank by the sum
 * of bonds. `byShare` is 1 for Yuma 3, where stake does not enter into bonds.
 */
export function earning(
  this: Thread,
  weights: Matrices,
  stake: Rows,
  consensus: Rows,
  penalty: number[],
  byShare: number,
  validators: number,
): number {
  const p = this.thread.y;
  const j = this.thread.x;
  const top = consensus[p][j];
  let ranked = 0;
  let bonds = 0;
  for (let i = 0; i < validators; i++) {
    const weight = weights[p][i][j];
    let clipped = weight;
    let bond = weight;
    if (weight > top) {
      clipped = top;
      bond = weight + penalty[p] * (top - weight);
    }
    ranked += stake[p][i] * clipped;
    if (byShare === 1) {
      bonds += bond;
    } else {
      bonds += stake[p][i] * bond;
    }
  }
  if (bonds === 0) {
    return 0;
  }
  return ranked / bonds;
}

/** What a validator's bonds earn, before his stake; x is the validator. */
export function bondEarnings(
  this: Thread,
  weights: Matrices,
  consensus: Rows,
  earnings: Rows,
  penalty: number[],
  miners: number,
): number {
  const p = this.thread.y;
  const i = this.thread.x;
  let sum = 0;
  for (let j = 0; j < miners; j++) {
    const weight = weights[p][i][j];
    let bond = weight;
    if (weight > consensus[p][j]) {
      bond = weight + penalty[p] * (consensus[p][j] - weight);
    }
    sum += bond * earnings[p][j];
  }
  return sum;
}

/** The sum of a validator's clipped weights. */
export function trust(this: Thread, weights: Matrices, consensus: Rows, miners: number): number {
  const p = this.thread.y;
  const i = this.thread.x;
  let sum = 0;
  for (let j = 0; j < miners; j++) {
    let weight = weights[p][i][j];
    if (weight > consensus[p][j]) {
      weight = consensus[p][j];
    }
    sum += weight;
  }
  return sum;
}

/** Grades to the power of sharpness, kept where kernels read them; z is the problem. */
export function sharpened(this: Thread, grades: Matrices, units: Rows, sharpness: number): number {
  const grade =
    grades[this.thread.z][this.thread.y][this.thread.x] * units[this.thread.z][this.thread.y];
  let weight = grade;
  for (let k = 1; k < sharpness; k++) {
    weight *= grade;
  }
  return weight;
}

/** The sum of a validator's sharpened grades; 1 for none. */
export function gradeSum(this: Thread, weights: Matrices, miners: number) {
  let sum = 0;
  for (let j = 0; j < miners; j++) {
    sum += weights[this.thread.y][this.thread.x][j];
  }
  if (sum === 0) {
    sum = 1;
  }
  return sum;
}

/** A miner's score: stake times normalised, sharpened grade. */
export function score(
  this: Thread,
  weights: Matrices,
  sums: Rows,
  stake: Rows,
  validators: number,
): number {
  const p = this.thread.y;
  let sum = 0;
  for (let i = 0; i < validators; i++) {
    sum += (stake[p][i] * weights[p][i][this.thread.x]) / sums[p][i];
  }
  return sum;
}

/**
 * A path from the first day to the last; y picks what is returned: growth, TAO and alpha of the
 * pool, lowest price, halving day, halving margin. `start` has by path: daily TAO, five gaps,
 * emission share, bought share, pool TAO, pool alpha.
 */
export function path(
  this: Thread,
  start: Rows,
  recycled: Rows,
  sold: Rows,
  spent: Rows,
  days: number,
): number {
  const p = this.thread.x;
  let grown = 0;
  let tao = start[p][8];
  let alpha = start[p][9];
  let lowest = 1e30;
  let halvingDay = 0;
  let margin = 1e30;
  for (let day = 0; day < days; day++) {
    let fresh = start[p][0];
    let left = start[p][1] - grown;
    for (let k = 1; k < 5; k++) {
      if (grown >= start[p][k]) {
        fresh *= 0.5;
        left = start[p][k + 1] - grown;
      }
    }
    const kept = 1 - recycled[day][p];
    if (left < fresh * kept) {
      fresh *= 0.5 * (1 + left / (fresh * kept));
    }
    const buying = tao + start[p][7] * fresh;
    alpha *= tao / buying;
    tao = buying;
    const injected = start[p][6] * fresh;
    alpha += (injected * alpha) / tao;
    tao += injected;
    const filled = alpha + sold[day][p];
    tao *= alpha / filled;
    alpha = filled;
    const paid = tao + spent[day][p];
    alpha *= tao / paid;
    tao = paid;
    if (tao / alpha < lowest) {
      lowest = tao / alpha;
    }
    grown += fresh * kept;
    const distance = Math.abs(grown - start[p][1]);
    if (distance < margin) {
      margin = distance;
    }
    if (halvingDay === 0) {
      if (grown >= start[p][1]) {
        halvingDay = day + 1;
      }
    }
  }
  if (this.thread.y === 0) {
    return grown;
  }
  if (this.thread.y === 1) {
    return tao;
  }
  if (this.thread.y === 2) {
    return alpha;
  }
  if (this.thread.y === 3) {
    return lowest;
  }
  if (this.thread.y === 4) {
    return halvingDay;
  }
  return margin;
}
