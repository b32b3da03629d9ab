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

/** The sum of a validator's weights, his own left out; 1 for none, which divides nothing. */
export function rowSum(this: Thread, weights: Matrices, miners: number): number {
  let sum = 0;
  for (let j = 0; j < miners; j++) {
    if (j !== this.thread.x) {
      sum += weights[this.thread.y][this.thread.x][j];
    }
  }
  if (sum === 0) {
    sum = 1;
  }
  return sum;
}

/** The weighted median by halving: within 2^-26 of the column's largest weight. */
export function median(
  this: Thread,
  weights: Matrices,
  sums: Rows,
  stake: Rows,
  kappa: number[],
  validators: number,
): number {
  const p = this.thread.y;
  const j = this.thread.x;
  let low = 0;
  let high = 0;
  let support = 0;
  for (let i = 0; i < validators; i++) {
    if (i !== j) {
      const weight = weights[p][i][j] / sums[p][i];
      if (weight > 0) {
        support += stake[p][i];
      }
      if (weight > high) {
        high = weight;
      }
    }
  }
  if (support < kappa[p]) {
    return 0;
  }
  for (let step = 0; step < 26; step++) {
    const middle = (low + high) * 0.5;
    support = 0;
    for (let i = 0; i < validators; i++) {
      if (i !== j) {
        if (weights[p][i][j] / sums[p][i] > middle) {
          support += stake[p][i];
        }
      }
    }
    if (support >= kappa[p]) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return high;
}

/** How near the decision for this column was to another; weights a millionth apart are one. */
export function decisionMargin(
  this: Thread,
  weights: Matrices,
  sums: Rows,
  stake: Rows,
  kappa: number[],
  consensus: Rows,
  validators: number,
): number {
  const p = this.thread.y;
  const j = this.thread.x;
  const top = consensus[p][j];
  let above = 0;
  let reached = 0;
  for (let i = 0; i < validators; i++) {
    if (i !== j) {
      const weight = weights[p][i][j] / sums[p][i];
      if (weight > top * 1.000001) {
        above += stake[p][i];
      }
      if (weight >= top * 0.999999) {
        reached += stake[p][i];
      }
    }
  }
  if (top === 0) {
    return kappa[p] - above;
  }
  if (reached - kappa[p] < kappa[p] - above) {
    return reached - kappa[p];
  }
  return kappa[p] - above;
}

/** Rank: the stake-weighted sum of clipped weights. */
export function rank(
  this: Thread,
  weights: Matrices,
  sums: Rows,
  stake: Rows,
  consensus: Rows,
  validators: number,
): number {
  const p = this.thread.y;
  const j = this.thread.x;
  let sum = 0;
  for (let i = 0; i < validators; i++) {
    if (i !== j) {
      let weight = weights[p][i][j] / sums[p][i];
      if (weight > consensus[p][j]) {
        weight = consensus[p][j];
      }
      sum += stake[p][i] * weight;
    }
  }
  return sum;
}

/** The sum of bonds in a miner; `byShare` is 1 for Yuma 3, where stake does not enter here. */
export function bondSum(
  this: Thread,
  weights: Matrices,
  sums: Rows,
  stake: Rows,
  consensus: Rows,
  penalty: number[],
  byShare: number,
  validators: number,
): number {
  const p = this.thread.y;
  const j = this.thread.x;
  let sum = 0;
  for (let i = 0; i < validators; i++) {
    if (i !== j) {
      const weight = weights[p][i][j] / sums[p][i];
      let bond = weight;
      if (weight > consensus[p][j]) {
        bond = weight + penalty[p] * (consensus[p][j] - weight);
      }
      if (byShare === 1) {
        sum += bond;
      } else {
        sum += stake[p][i] * bond;
      }
    }
  }
  return sum;
}

/** What a validator's bonds earn, before his stake; x is the validator. */
export function bondEarnings(
  this: Thread,
  weights: Matrices,
  sums: Rows,
  consensus: Rows,
  earning: Rows,
  penalty: number[],
  miners: number,
): number {
  const p = this.thread.y;
  const i = this.thread.x;
  let sum = 0;
  for (let j = 0; j < miners; j++) {
    if (i !== j) {
      const weight = weights[p][i][j] / sums[p][i];
      let bond = weight;
      if (weight > consensus[p][j]) {
        bond = weight + penalty[p] * (consensus[p][j] - weight);
      }
      sum += bond * earning[p][j];
    }
  }
  return sum;
}

/** The sum of a validator's clipped weights. */
export function trust(
  this: Thread,
  weights: Matrices,
  sums: Rows,
  consensus: Rows,
  miners: number,
): number {
  const p = this.thread.y;
  const i = this.thread.x;
  let sum = 0;
  for (let j = 0; j < miners; j++) {
    if (i !== j) {
      let weight = weights[p][i][j] / sums[p][i];
      if (weight > consensus[p][j]) {
        weight = consensus[p][j];
      }
      sum += weight;
    }
  }
  return sum;
}

/** The sum of a validator's sharpened grades; 1 for none. */
export function gradeSum(this: Thread, grades: Matrices, sharpness: number, miners: number) {
  let sum = 0;
  for (let j = 0; j < miners; j++) {
    const grade = grades[this.thread.y][this.thread.x][j] / 65535;
    let weight = grade;
    for (let k = 1; k < sharpness; k++) {
      weight *= grade;
    }
    sum += weight;
  }
  if (sum === 0) {
    sum = 1;
  }
  return sum;
}

/** A miner's score: stake times normalised, sharpened grade. */
export function score(
  this: Thread,
  grades: Matrices,
  sums: Rows,
  stake: Rows,
  sharpness: number,
  validators: number,
): number {
  const p = this.thread.y;
  let sum = 0;
  for (let i = 0; i < validators; i++) {
    const grade = grades[p][i][this.thread.x] / 65535;
    let weight = grade;
    for (let k = 1; k < sharpness; k++) {
      weight *= grade;
    }
    sum += (stake[p][i] * weight) / sums[p][i];
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
