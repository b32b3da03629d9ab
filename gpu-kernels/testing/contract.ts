/**
 * The contract of every backend: on random and adversarial batches it gives the exact results within
 * its stated bounds. Cases as functions, so that a test in Node and a page in a browser run the same.
 */
import { answerBound, consensusBounds, groupShareBounds, totalRankOf } from "../bounds.ts";
import { exactAnswers, exactWinner, SCORE_BITS } from "../exact/answers.ts";
import { EMISSION_RAO, exactConsensus } from "../exact/consensus.ts";
import {
  adversarialConsensusBatch,
  lowGradeAnswers,
  nearlyEqualAnswers,
  nearlyMetKappaBatch,
  perturbedConsensusBatch,
  randomAnswerBatch,
  randomConsensusBatch,
} from "../example-batches.ts";
import type { AnswerBatch, Backend, ConsensusBatch, Floats } from "../types.ts";
import { type ContractCase, Held } from "./held.ts";
import { manyPaths, pathCases } from "./path-contract.ts";

const small = { problems: 12, validators: 13, miners: 40 };
const usual = { problems: 2, validators: 64, miners: 256 };
const wide = { problems: 2, validators: 5, miners: 1_037 };
const single = { problems: 4, validators: 1, miners: 1 };
const many = { problems: 9_000, validators: 3, miners: 5 };
const U16 = 65_535;

const consensusBatches: Readonly<Record<string, () => ConsensusBatch>> = {
  "random, Yuma 3": () => randomConsensusBatch("a", small),
  "random, Yuma 2": () => randomConsensusBatch("b", small, false),
  "random, 64 x 256": () => randomConsensusBatch("c", usual),
  "one row after another": () => perturbedConsensusBatch("d", usual),
  "more miners than a block holds": () => randomConsensusBatch("e", wide),
  adversarial: () => adversarialConsensusBatch("f", small),
  "adversarial, 64 x 256": () => adversarialConsensusBatch("g", { ...usual, problems: 6 }),
};

export const contractCases: readonly ContractCase[] = [
  ...Object.entries(consensusBatches).flatMap(([name, batchOf]) => [
    { name: `consensus: ${name}`, run: (backend: Backend) => holdConsensus(backend, batchOf()) },
    {
      name: `a group's emission: ${name}`,
      run: (backend: Backend) => holdGroup(backend, batchOf()),
    },
  ]),
  // Nobody's weight on himself counts, so that this one has no emission to divide.
  {
    name: "consensus: a single uid",
    run: (backend) => holdConsensus(backend, randomConsensusBatch("h", single)),
  },
  {
    name: "consensus: kappa met or missed by a ten-millionth is decided",
    run: (backend) => holdConsensus(backend, nearlyMetKappaBatch("i", small), true),
  },
  {
    name: "consensus: several batches asked for at once",
    run: async (backend) => {
      const held = new Held();
      const batches = ["k", "l", "m"].map((seed) => randomConsensusBatch(seed, small));
      const all = await Promise.all(batches.map((batch) => holdConsensus(backend, batch)));
      for (const one of all) held.add(one);
      return held;
    },
  },
  ...[1, 3, 8].map((sharpness) => ({
    name: `answers of sharpness ${sharpness}`,
    run: (backend: Backend) =>
      holdAnswers(backend, randomAnswerBatch("answers", { ...small, miners: 257 }, sharpness)),
  })),
  {
    name: "answers of the lowest grades",
    run: (backend) => holdAnswers(backend, lowGradeAnswers("low", { ...small, validators: 4 })),
  },
  {
    name: "a lead below the bound is not passed off as one",
    run: (backend) => holdLeads(backend, nearlyEqualAnswers("near", small)),
  },
  ...pathCases,
];

/** For graphics drivers: more than they take at once, and sizes that their kernels leave open. */
export const partedCases: readonly ContractCase[] = [
  {
    name: "consensus: one shape after another, larger and smaller",
    run: async (backend) => {
      const held = new Held();
      for (let k = 0; k < 12; k++) {
        const miners = k % 2 === 0 ? 5 + k : 60 - k;
        const batch = randomConsensusBatch("n", { problems: 1 + (k % 5), validators: 3, miners });
        held.add(await holdConsensus(backend, batch));
      }
      return held;
    },
  },
  {
    name: "consensus: 9,000 small problems",
    run: (backend) => holdConsensus(backend, randomConsensusBatch("j", many)),
  },
  {
    name: "answers of 9,000 small problems",
    run: (backend) => holdAnswers(backend, randomAnswerBatch("many", many, 2)),
  },
  manyPaths,
];

async function holdConsensus(
  backend: Backend,
  batch: ConsensusBatch,
  mustDecide = false,
): Promise<Held> {
  const held = new Held();
  const scores = await backend.consensus(batch);
  const solve = exactConsensus(batch);
  const { miners, validators } = batch;
  for (let p = 0; p < batch.problems; p++) {
    const bounds = consensusBounds(backend, batch, totalRankOf(batch, scores, p));
    const isDecided = scores.margin[p] >= bounds.undecidedMargin;
    if (mustDecide) held.equal(isDecided, true, `problem ${p} is decided`);
    if (!isDecided) continue;
    const exact = solve(p);
    const lengths = { consensus: miners, incentive: miners, dividends: validators };
    for (const [field, length] of Object.entries({ ...lengths, validatorTrust: validators })) {
      const key = field as keyof typeof lengths | "validatorTrust";
      const own = scores[key].subarray(p * length, (p + 1) * length);
      exact[key].forEach((stored, k) => {
        held.within(Math.abs(own[k] - stored / U16), bounds[key], `${key} ${k} of problem ${p}`);
      });
    }
  }
  return held;
}

async function holdGroup(backend: Backend, batch: ConsensusBatch): Promise<Held> {
  const held = new Held();
  const scores = await backend.consensus(batch);
  const solve = exactConsensus(batch);
  const { miners, validators } = batch;
  for (let p = 0; p < batch.problems; p++) {
    const totalRank = totalRankOf(batch, scores, p);
    if (scores.margin[p] < consensusBounds(backend, batch).undecidedMargin) continue;
    if (totalRank === 0) continue;
    const bounds = groupShareBounds(backend, batch, totalRank);
    const exact = solve(p).emissionRao;
    const incentive = scores.incentive.subarray(p * miners, (p + 1) * miners);
    const dividends = scores.dividends.subarray(p * validators, (p + 1) * validators);
    // Uids below this one, of which some may be no validators.
    for (const group of [1, Math.ceil(miners / 3), Math.ceil(miners / 2)]) {
      const own = partOf(incentive, group) + partOf(dividends, Math.min(group, validators));
      const paid = exact.subarray(0, group).reduce((a, b) => a + b, 0n);
      const error = Math.abs(own / 2 - Number(paid) / Number(EMISSION_RAO));
      const floored = miners / Number(EMISSION_RAO);
      const bound = (bounds.incentive + bounds.dividends) / 2 + floored;
      held.within(error, bound, `uids below ${group} of problem ${p}`);
    }
  }
  return held;
}

/** The first `count` values' part of all. */
function partOf(values: Floats, count: number): number {
  const sum = (to: number) => Float64Array.from(values.subarray(0, to)).reduce((a, b) => a + b, 0);
  return sum(count) / sum(values.length);
}

async function holdAnswers(backend: Backend, batch: AnswerBatch): Promise<Held> {
  const held = new Held();
  const { scores, winner, lead } = await backend.answers(batch);
  const bound = answerBound(backend, batch);
  for (let p = 0; p < batch.problems; p++) {
    const exact = exactAnswers(batch, p);
    exact.forEach((bits, j) => {
      const score = Number(bits) / 2 ** Number(SCORE_BITS);
      const error = Math.abs(scores[p * batch.miners + j] - score);
      held.within(error, bound * score + 1e-30, `miner ${j} of problem ${p}`);
    });
    const best = scores[p * batch.miners + winner[p]];
    if (lead[p] > 2 * bound * best) {
      held.equal(winner[p], exactWinner(exact), `winner of problem ${p}`);
    }
  }
  return held;
}

async function holdLeads(backend: Backend, batch: AnswerBatch): Promise<Held> {
  const held = new Held();
  const { winner, lead, scores } = await backend.answers(batch);
  const bound = answerBound(backend, batch);
  for (let p = 0; p < batch.problems; p++) {
    const right = winner[p] === exactWinner(exactAnswers(batch, p));
    const certain = lead[p] > 2 * bound * scores[p * batch.miners + winner[p]];
    held.equal(right || !certain, true, `a certain winner of problem ${p} is the right one`);
  }
  return held;
}
