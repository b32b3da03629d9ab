/** Consensus and what it pays, in plain float64: the form to read. Source: spec/yuma-epoch.md 5. */
import type { ConsensusBatch, ConsensusScores } from "../types.ts";

export function consensusInFloat64(batch: ConsensusBatch): ConsensusScores {
  const { problems, validators, miners } = batch;
  const scores = {
    consensus: new Float64Array(problems * miners),
    incentive: new Float64Array(problems * miners),
    dividends: new Float64Array(problems * validators),
    validatorTrust: new Float64Array(problems * validators),
    margin: new Float64Array(problems),
  };
  const weights = new Float64Array(validators * miners);
  for (let p = 0; p < problems; p++) {
    const stake = normalized(batch.stake.subarray(p * validators, (p + 1) * validators));
    normalizeRows(batch, p, weights);
    const { consensus, margin } = consensusOf(weights, stake, miners, batch.kappa[p]);
    scores.margin[p] = margin;
    scores.consensus.set(consensus, p * miners);
    const paid = shares(weights, stake, consensus, batch.bondsPenalty[p], batch.yuma3);
    scores.incentive.set(paid.incentive, p * miners);
    scores.dividends.set(paid.dividends, p * validators);
    scores.validatorTrust.set(paid.validatorTrust, p * validators);
  }
  return scores;
}

export function normalized(values: Float64Array): Float64Array {
  const total = values.reduce((sum, x) => sum + x, 0);
  return total === 0 ? values.slice() : values.map((x) => x / total);
}

/** One problem's weights as fractions of their rows, without anybody's weight on himself. */
function normalizeRows(batch: ConsensusBatch, problem: number, out: Float64Array): void {
  const { validators, miners } = batch;
  const from = problem * validators * miners;
  for (let i = 0; i < validators; i++) {
    let sum = 0;
    for (let j = 0; j < miners; j++) if (j !== i) sum += batch.weights[from + i * miners + j];
    for (let j = 0; j < miners; j++) {
      const value = j === i ? 0 : batch.weights[from + i * miners + j];
      out[i * miners + j] = sum === 0 ? 0 : value / sum;
    }
  }
}

/** By miner the largest weight that kappa of the stake sets or exceeds, and the closest decision. */
function consensusOf(weights: Float64Array, stake: Float64Array, miners: number, kappa: number) {
  const consensus = new Float64Array(miners);
  const order = Array.from(stake.keys());
  let margin = 1;
  for (let j = 0; j < miners; j++) {
    const weight = (i: number) => weights[i * miners + j];
    order.sort((a, b) => weight(b) - weight(a));
    let above = 0;
    for (let k = 0; k < order.length; ) {
      const value = weight(order[k]);
      let reached = above;
      while (k < order.length && weight(order[k]) === value) reached += stake[order[k++]];
      if (value === 0 || reached >= kappa) {
        consensus[j] = value;
        margin = Math.min(margin, kappa - above, value === 0 ? 1 : reached - kappa);
        break;
      }
      above = reached;
    }
  }
  return { consensus, margin };
}

function shares(
  weights: Float64Array,
  stake: Float64Array,
  consensus: Float64Array,
  penalty: number,
  yuma3: boolean,
) {
  const miners = consensus.length;
  const rank = new Float64Array(miners);
  const bonds = new Float64Array(miners);
  const validatorTrust = new Float64Array(stake.length);
  const bond = (k: number, top: number) =>
    weights[k] + penalty * (Math.min(weights[k], top) - weights[k]);
  for (let i = 0; i < stake.length; i++) {
    for (let j = 0; j < miners; j++) {
      const k = i * miners + j;
      const clipped = Math.min(weights[k], consensus[j]);
      validatorTrust[i] += clipped;
      rank[j] += stake[i] * clipped;
      bonds[j] += (yuma3 ? 1 : stake[i]) * bond(k, consensus[j]);
    }
  }
  const incentive = normalized(rank);
  const earned = stake.map((share, i) => {
    let sum = 0;
    for (let j = 0; j < miners; j++) {
      if (bonds[j] > 0) sum += (bond(i * miners + j, consensus[j]) * incentive[j]) / bonds[j];
    }
    return share * sum;
  });
  return { incentive, dividends: normalized(earned), validatorTrust };
}
