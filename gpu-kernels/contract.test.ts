/** The contract: every backend that runs here gives the exact kernel's numbers within its bounds. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBackend } from "./backends.ts";
import { answerBound, consensusBounds, groupShareBounds, totalRankOf } from "./bounds.ts";
import { exactAnswers, exactWinner, SCORE_BITS } from "./exact/answers.ts";
import { EMISSION_RAO, exactConsensus } from "./exact/consensus.ts";
import {
  adversarialConsensusBatch,
  nearlyEqualAnswers,
  perturbedConsensusBatch,
  randomAnswerBatch,
  randomConsensusBatch,
} from "./example-batches.ts";
import type { Backend, ConsensusBatch, Floats } from "./types.ts";

const small = { problems: 12, validators: 13, miners: 40 };
const usual = { problems: 2, validators: 64, miners: 256 };
const wide = { problems: 2, validators: 5, miners: 1_037 };
const single = { problems: 4, validators: 1, miners: 1 };
const consensusBatches: Readonly<Record<string, ConsensusBatch>> = {
  "random, Yuma 3": randomConsensusBatch("a", small),
  "random, Yuma 2": randomConsensusBatch("b", small, false),
  "random, 64 x 256": randomConsensusBatch("c", usual),
  "one row after another": perturbedConsensusBatch("d", usual),
  "more miners than a block holds": randomConsensusBatch("e", wide),
  adversarial: adversarialConsensusBatch("f", small),
  "adversarial, 64 x 256": adversarialConsensusBatch("g", { ...usual, problems: 6 }),
  "a single uid": randomConsensusBatch("h", single),
};

const U16 = 65_535;

const largestError = (own: Floats, stored: Uint16Array, from: number): number =>
  stored.reduce((most, value, k) => Math.max(most, Math.abs(own[from + k] - value / U16)), 0);

// WebGL and WebGPU run where a machine has them; `hivelab doctor` holds those to the same bounds.
describe.each(["typescript", "wasm-f64", "wasm-f32", "gpujs-cpu", "gpujs-webasm"] as const)(
  "%s",
  (name) => {
    let backend: Backend;
    beforeAll(async () => {
      backend = await openBackend(name);
    });
    afterAll(() => backend.dispose());

    test.each(Object.entries(consensusBatches))("consensus: %s", async (_, batch) => {
      const scores = await backend.consensus(batch);
      const solve = exactConsensus(batch);
      const { miners, validators } = batch;
      let decided = 0;
      for (let p = 0; p < batch.problems; p++) {
        const bounds = consensusBounds(backend, batch, totalRankOf(batch, scores, p));
        if (scores.margin[p] < bounds.undecidedMargin) continue;
        decided++;
        const exact = solve(p);
        const fields = { consensus: miners, incentive: miners, dividends: validators } as const;
        for (const [field, length] of Object.entries({ ...fields, validatorTrust: validators })) {
          const key = field as keyof typeof fields | "validatorTrust";
          const error = largestError(scores[key], exact[key], p * length);
          expect(error, `${key} of problem ${p}`).toBeLessThanOrEqual(bounds[key]);
        }
      }
      expect(decided).toBeGreaterThan(0);
    });

    test.each(Object.entries(consensusBatches))("a group's emission: %s", async (_, batch) => {
      const scores = await backend.consensus(batch);
      const solve = exactConsensus(batch);
      const { miners, validators } = batch;
      const part = (own: Floats, from: number, count: number, length: number) => {
        const sum = (to: number) =>
          Float64Array.from(own.subarray(from, from + to)).reduce((a, b) => a + b, 0);
        return sum(count) / sum(length);
      };
      for (let p = 0; p < batch.problems; p++) {
        const totalRank = totalRankOf(batch, scores, p);
        if (scores.margin[p] < consensusBounds(backend, batch).undecidedMargin) continue;
        if (totalRank === 0) continue;
        const bounds = groupShareBounds(backend, batch, totalRank);
        const exact = solve(p).emissionRao;
        // Uids below this one, of which some may be no validators.
        for (const group of [1, Math.ceil(miners / 3), Math.ceil(miners / 2)]) {
          const own =
            part(scores.incentive, p * miners, group, miners) +
            part(scores.dividends, p * validators, Math.min(group, validators), validators);
          const paid = exact.subarray(0, group).reduce((a, b) => a + b, 0n);
          const error = Math.abs(own / 2 - Number(paid) / Number(EMISSION_RAO));
          const floored = miners / Number(EMISSION_RAO);
          const bound = (bounds.incentive + bounds.dividends) / 2 + floored;
          expect(error, `uids below ${group} of problem ${p}`).toBeLessThanOrEqual(bound);
        }
      }
    });

    test.each([1, 3, 8])("answers of sharpness %i", async (sharpness) => {
      const batch = randomAnswerBatch("answers", { ...small, miners: 257 }, sharpness);
      const { scores, winner, lead } = await backend.answers(batch);
      const bound = answerBound(backend, batch);
      for (let p = 0; p < batch.problems; p++) {
        const exact = exactAnswers(batch, p);
        exact.forEach((bits, j) => {
          const score = Number(bits) / 2 ** Number(SCORE_BITS);
          const error = Math.abs(scores[p * batch.miners + j] - score);
          expect(error, `miner ${j} of problem ${p}`).toBeLessThanOrEqual(bound * score + 1e-30);
        });
        const best = scores[p * batch.miners + winner[p]];
        if (lead[p] > 2 * bound * best) expect(winner[p]).toBe(exactWinner(exact));
      }
    });

    test("a lead below the bound is not passed off as one", async () => {
      const batch = nearlyEqualAnswers("near", small);
      const { winner, lead, scores } = await backend.answers(batch);
      const bound = answerBound(backend, batch);
      for (let p = 0; p < batch.problems; p++) {
        const right = winner[p] === exactWinner(exactAnswers(batch, p));
        const certain = lead[p] > 2 * bound * scores[p * batch.miners + winner[p]];
        expect(right || !certain).toBe(true);
      }
    });
  },
);
