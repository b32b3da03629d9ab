/** Inputs at the edge of each FLock vector format: nothing, ties, other sizes, moments between. */
import { expect, test } from "vitest";
import { type JsonObject, runGroup } from "../format.ts";
import { flockVectors } from "./vectors.ts";

const failures = (document: JsonObject): (string | null)[] =>
  flockVectors
    .groups(document)
    .map(runGroup)
    .filter(({ failed }) => failed > 0)
    .map(({ firstFailure }) => firstFailure);

const node = (id: string, stake: number, more: JsonObject) => ({
  id,
  stake,
  delegated: 0,
  ...more,
});

/** Weights gathered by A until it left, and by B until A claimed. */
const weightA = 100 * (6 - 0.1234567);
const weightB = 50.5 * (7.5 - 3.7654321);
const claimedByA = (10 * weightA) / (weightA + weightB);

const documents: [what: string, document: JsonObject][] = [
  [
    "a settlement with nothing to settle, and one whose percentages sum to one but for a bit",
    {
      id: "ai_arena_contract_v2_settlement",
      abs_tol: 1e-4,
      cases: [
        {
          inputs: {
            ...{ daily: 0, fl_daily: 0, w_task: 0, w_all: 0, gamma: 0.5, T: 0, V: 0, locked: 1 },
            nodes: [{ id: "A", with: 1, without: 1, sigma: 0 }],
            vals: [],
          },
          expected: { task_reward: 0, node_pool: 0, nodes: [{ id: "A", node_unlocked: 0 }] },
        },
        {
          inputs: {
            ...{ daily: 300, fl_daily: 100, w_task: 1, w_all: 3, gamma: 0, T: 1, V: 2, locked: 0 },
            nodes: [
              { id: "A", with: 0.6666666666666667, without: 1 / 3, sigma: 0.5 },
              { id: "B", with: 0.33333333333333337, without: 0, sigma: 1 },
            ],
            vals: [],
          },
          expected: {
            task_reward: 200 / 3,
            node_pool: 200 / 9,
            nodes: [
              { id: "A", node_unlocked: 100 / 9, delegators_unlocked: 100 / 27 },
              { id: "B", node_unlocked: 200 / 27, delegators_unlocked: 0 },
            ],
          },
        },
      ],
    },
  ],
  [
    "a pool at moments between two seconds, and one that nobody is in",
    {
      id: "delegation_pool_time_weighted",
      abs_tol: 1e-6,
      cases: [
        {
          events: [
            [0.1234567, "delegate", "A", 100],
            [3.7654321, "delegate", "B", 50.5],
            [5, "fund", "", 10],
            [6, "undelegate", "A", 100],
            [7.5, "claim", "A", 0],
          ],
          end: 9.87654321,
          expected: {
            claimed: { A: claimedByA },
            temporal_at_end: { A: 0, B: 50.5 * (9.87654321 - 3.7654321) },
            claimable_at_end: { A: 0, B: 10 - claimedByA },
            pool_rewards_left: 10 - claimedByA,
          },
        },
        {
          events: [[1, "claim", "Z", 0]],
          end: 2,
          expected: { claimed: { Z: 0 }, claimable_at_end: { Z: 0 }, pool_rewards_left: 0 },
        },
      ],
    },
  ],
  [
    "rounds without stake or without anyone, and slashes of nothing and of all",
    {
      id: "fl_alliance_rounds",
      reward_cases: [
        {
          inputs: { pool: 100, rounds: 3, stakes: [{ a: 0, b: 0 }, { a: 1, b: 3 }, {}] },
          expected: [
            { round: 0, round_reward: 33.333333, paid: { a: 0, b: 0 } },
            { round: 1, round_reward: 50, paid: { a: 12.5, b: 37.5 } },
            { round: 2, round_reward: 50, paid: {} },
          ],
        },
      ],
      slash_cases: [
        {
          inputs: { stake: 0, slash_pct: 1 },
          expected: { slashed: 0, to_pool: 0, to_slasher: 0, stake_after: 0 },
        },
        {
          inputs: { stake: 123.456, slash_pct: 1 },
          expected: { slashed: 123.456, to_pool: 111.1104, to_slasher: 12.3456, stake_after: 0 },
        },
      ],
      sign_rule: [
        { aggregate_vote: -0.5, proposer: "slash", voter_nonneg: "slash", voter_neg: "reward" },
        { aggregate_vote: -0, proposer: "reward", voter_nonneg: "reward", voter_neg: "slash" },
      ],
    },
  ],
  [
    "rewards where stakes do not count, where nobody scored, and with delegation in the split",
    {
      id: "ai_arena_reward_example",
      abs_tol: 0.01,
      cases: [
        {
          inputs: {
            ...{ R0: 1000, gamma: 0.25, alpha_t: 0, alpha_v: 2, count_delegated_in_split: true },
            nodes: [
              node("A", 0, { g: 0.5, sigma: 0.4 }),
              node("B", 10, { delegated: 5, g: 0.5, sigma: 0 }),
            ],
            validators: [node("V", 3, { F: 0, sigma: 1 })],
          },
          expected: {
            training_pool: 1000 * (0.25 + (0.5 * 15) / 18),
            validator_pool: 1000 * (0.25 + (0.5 * 3) / 18),
            nodes: [
              { id: "A", fraction: 0.5, delegators: 0 },
              { id: "B", fraction: 0.5, delegators: (1000 * (0.25 + (0.5 * 15) / 18)) / 6 },
            ],
            validators: [{ id: "V", fraction: 0, f_i: 0, validator: 0 }],
          },
        },
      ],
    },
  ],
  [
    "an emission without decay, with short periods, from a counter that has begun",
    {
      id: "emission_schedule",
      inputs: { R0_daily: 1e9, decay_per_30_mints: 1, period_days: 7, periods: 3 },
      checkpoints: { day_0: 0, day_1: 1e9, day_21: 21e9, day_400: 21e9 },
      contract_counter_semantics: {
        ...{ reset_count: 7, initial_count: 5 },
        expected: { mint_call_1: 1e9, mint_call_2: 1e9 },
      },
    },
  ],
  [
    "locks of nothing, of a second and of ten years, under rules of the file's own",
    {
      id: "gmflock_mint",
      rel_tol: 1e-9,
      parameters: { t0_days: 7, t1_days: 730, epsilon: 150, redemption_fee: 0 },
      cases: [
        { inputs: { n_flock: 0, t_days: 10 }, expected: { gmflock: 0 } },
        { inputs: { n_flock: 1e12, t_days: 0.5 }, expected: { gmflock: 1e12 } },
        { inputs: { n_flock: 2, t_days: 3650 }, expected: { gmflock: 2 + (300 * 723) / 730 } },
        { inputs: { n_flock: 1, t_days: 730, epsilon: 1 }, expected: { gmflock: 1 + 723 / 730 } },
      ],
      integer_cases: [
        {
          inputs: { flock_wei: "1", lock_seconds: 1 },
          expected: { multiplier_bps: 10_000, gmflock_wei: "1", fee_wei: "0" },
        },
      ],
      derived_fee_drag: [
        {
          inputs: { lock_days: 365, fee: 0 },
          expected: { annual_fee_drag_simple: 0, principal_left_after_1y_rolling: 1 },
        },
      ],
    },
  ],
  [
    "yields of a young pool and of one that earned nothing",
    {
      id: "delegator_eapy",
      rel_tol: 1e-9,
      cases: [
        {
          inputs: { n: 3, share: [0, 1, 0.5], pool_reward: [1, 2, 3], stake: [10, 20, 30] },
          expected: { R_t: 0.05 },
        },
        {
          inputs: { n: 1, share: [1], pool_reward: [0], stake: [5] },
          expected: { R_t: 0, eAPY_compounded: 0, eAPY_simple: 0 },
        },
      ],
    },
  ],
  [
    "winners among equal losses, among fewer submissions than slots, and among none",
    {
      id: "sn96_select_winner",
      cases: [
        {
          inputs: {
            n_hotkeys: 10,
            submissions: [
              [3, 0.5, 7],
              [1, 0.5, 7],
              [2, 0.4, 9],
            ],
          },
          expected: { k: 1, winner_uid: 2, winner_loss: 0.4 },
        },
        {
          inputs: {
            n_hotkeys: 60,
            submissions: [
              [3, 0.5, 7],
              [1, 0.5, 7],
              [2, 0.6, 5],
            ],
          },
          expected: { k: 3, winner_uid: 2, winner_loss: 0.6 },
        },
        { inputs: { n_hotkeys: 0, submissions: [] }, expected: { k: 1, winner_uid: null } },
      ],
    },
  ],
  [
    "scores of a failure, of no loss, and at both ends of the curve",
    {
      id: "sn96_score",
      abs_tol: 1e-9,
      cases: [
        [999, 2, 0],
        [null, 2, 0],
        [2.4, 1.5, 1],
        [2.8, 10, 0],
        [2.6, 3, 0.05],
      ].map(([loss, p, expected]) => ({
        inputs: { loss, p, bench: 2.6, lo: 2.4, hi: 2.8, h: 0.05 },
        expected,
      })),
    },
  ],
];

test.each(documents)("%s", (_, document) => {
  expect(flockVectors.recognises(document)).toBe(true);
  expect(failures(document)).toEqual([]);
});
