/**
 * A made-up run for the tests of the reports: plausible rows for every table, from a small
 * generator of chance of its own. It is no model of anything.
 */

import type { RunFacts } from "../../lab/manifest.ts";
import {
  actionsTable,
  convictionTable,
  neuronsTable,
  poolsTable,
  rewardsTable,
  subnetEventsTable,
  subnetNamesTable,
  subnetsTable,
  supplyTable,
  wealthTable,
} from "../../sim/bittensor/tables.ts";
import type { RecordSink } from "../../sim/records.ts";

export interface MadeUpSize {
  readonly days: number;
  readonly subnets: number;
  readonly intervalBlocks: number;
  readonly neurons: number;
  readonly epochs: number;
}

export const fullSize: MadeUpSize = {
  days: 30,
  subnets: 128,
  intervalBlocks: 300,
  neurons: 256,
  epochs: 600,
};

/** Enough for every chart to have something to show. */
export const smallSize: MadeUpSize = {
  days: 12,
  subnets: 14,
  intervalBlocks: 1_800,
  neurons: 40,
  epochs: 30,
};

const FIRST_BLOCK = 8_957_880;
const FIRST_TIME = Date.UTC(2026, 7, 28, 9, 14);
const NETUID = 15;
const roles = ["owner", "miner", "validator", "delegator", "root", "burned"] as const;
const words = [
  "Apex",
  "Targon",
  "Ridges",
  "Chutes",
  "Score",
  "Gradients",
  "Affine",
  "Ωmega & <i>Co</i>",
];

const timeOf = (block: number) => FIRST_TIME + (block - FIRST_BLOCK) * 12_000;
const rao = (tao: number) => BigInt(Math.round(tao * 1e9));

const square = (x: number) => x * x;
const sixth = (x: number) => square(x) * square(x) * square(x);

function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export function madeUpFacts(size: MadeUpSize): RunFacts {
  const lastBlock = FIRST_BLOCK + size.days * 7_200;
  return {
    scenario: {
      name: "made-up",
      title: "A made-up month of the network",
      completed: { horizon_days: size.days, note: "</script><script>alert(1)</script>" },
    },
    seed: "seed-1",
    span: {
      from_block: FIRST_BLOCK,
      to_block: lastBlock,
      from_time: new Date(FIRST_TIME).toISOString(),
      to_time: new Date(timeOf(lastBlock)).toISOString(),
    },
    rule_sets: [
      {
        name: "hill-gate",
        title: "Price average x burn, with the Hill gate by rank",
        in_force_from: "2026-07-14",
        source: "spec 452",
      },
    ],
    data: [{ path: "data/made-up.json", sha256: "0".repeat(64), source: "nowhere" }],
    arithmetic: "exact fixed point; pool power function in float64",
    aggregated: ["Every subnet but 15 has one actor per role."],
    assumptions: ["Nobody registers or leaves during the run."],
    timings: { simulate_s: 1 },
  };
}

/** Writes the rows of every table into the sink. */
export function makeUpRun(sink: RecordSink, size: MadeUpSize): void {
  const random = chance(7);
  const netuids = Array.from({ length: size.subnets }, (_, i) => i + 1);
  if (!netuids.includes(NETUID)) netuids[netuids.length - 1] = NETUID;
  for (const netuid of netuids) {
    const name = netuid % 9 === 8 ? "" : `${words[netuid % words.length]} ${netuid}`;
    sink.append(subnetNamesTable, [netuid, name, netuid === NETUID ? "neurons" : "aggregate"]);
  }
  // Square roots are exact to the last bit everywhere; powers are not.
  const prices = netuids.map((_, i) => 0.12 / (Math.sqrt(i + 1) * Math.sqrt(Math.sqrt(i + 1))));
  const last = FIRST_BLOCK + size.days * 7_200;
  let issuance = 11_020_000;
  for (let block = FIRST_BLOCK + size.intervalBlocks; block <= last; block += size.intervalBlocks) {
    const minted = 0.5 * size.intervalBlocks;
    issuance += minted - 0.4;
    for (let i = 0; i < prices.length; i++) prices[i] *= 1 + (random() - 0.498) * 0.02;
    supplyAndSubnets(sink, size, block, netuids, prices, issuance, minted, random);
    wealthRows(sink, block, prices[0]);
  }
  neuronRows(sink, size, random);
  subnetEventRows(sink, size);
  actionRows(sink, size, netuids, random);
}

function supplyAndSubnets(
  sink: RecordSink,
  size: MadeUpSize,
  block: number,
  netuids: readonly number[],
  prices: readonly number[],
  issuance: number,
  minted: number,
  random: () => number,
): void {
  const time = timeOf(block);
  const sum = prices.reduce((a, b) => a + b, 0);
  sink.append(supplyTable, [
    ...[block, time, rao(issuance), 500_000_000n, rao(minted)],
    ...[rao(minted * 0.62), rao(minted * 0.36), rao(0.4), rao(5_400_000), rao(2_900_000)],
    ...[rao(issuance - 8_300_000), sum, 0.0084],
  ]);
  for (let i = 0; i < netuids.length; i++) {
    const share = prices[i] / sum;
    const tao = minted * share;
    const alpha = size.intervalBlocks * 0.9;
    sink.append(subnetsTable, [
      ...[block, time, netuids[i], share, rao(tao * 0.98), rao(tao * 0.62), rao(tao * 0.36)],
      ...[rao(alpha), prices[i] * 0.97, i % 5 === 0 ? 0.4 : 0, 0.18, i % 11 !== 10],
    ]);
    sink.append(poolsTable, [
      ...[block, time, netuids[i], rao(2_900_000 * share), rao((2_900_000 * share) / prices[i])],
      ...[rao(2_000_000), rao(1_000), 0.5, prices[i], rao(tao * random()), rao(tao * random())],
    ]);
    for (let r = 0; r < roles.length; r++) {
      const paid = alpha * [0.18, 0.35, 0.07, 0.24, 0.1, 0.06][r];
      sink.append(rewardsTable, [
        block,
        time,
        netuids[i],
        roles[r],
        rao(paid),
        rao(paid * prices[i]),
      ]);
    }
  }
}

function wealthRows(sink: RecordSink, block: number, price: number): void {
  const growth = (block - FIRST_BLOCK) / 7_200;
  for (const [i, role] of ["owner", "miner", "validator", "delegator"].entries()) {
    const free = rao([20_000, 12_000 + 300 * growth, 90_000, 400_000][i]);
    const root = rao([0, 0, 700_000, 4_700_000 + 900 * growth][i]);
    const alpha = rao([150_000, 40_000, 300_000, 1_900_000][i] * (1 + price + growth / 400));
    sink.append(wealthTable, [
      ...[block, timeOf(block), role, [128, 310, 90, 60][i], free, root, alpha],
      free + root + alpha,
    ]);
  }
}

/** Two registrations that prune, a takeover, and conviction that grows. */
function subnetEventRows(sink: RecordSink, size: MadeUpSize): void {
  const last = FIRST_BLOCK + size.days * 7_200;
  for (const [i, netuid] of [3, 7].entries()) {
    const block = FIRST_BLOCK + Math.round((size.days * 7_200 * (i + 1)) / 3);
    const when = [block, timeOf(block), netuid];
    const payout = [rao(1_200), rao(600_000), rao(300), 0.004];
    sink.append(subnetEventsTable, [...when, "pruned", `owner/${netuid}`, ...payout]);
    const lock = [rao(700 - 90 * i), null, null, null];
    sink.append(subnetEventsTable, [...when, "registered", `founder/${i}`, ...lock]);
  }
  const buy = [last - 10, timeOf(last - 10), "takeover/0", "owner", "add_stake", 9, rao(70)];
  sink.append(actionsTable, [...buy, rao(9_000), rao(0.03), true, null]);
  const end = [last, timeOf(last), 9, "owner_changed", "takeover/0"];
  sink.append(subnetEventsTable, [...end, null, null, null, null]);
  for (let block = FIRST_BLOCK + 7_200; block <= last; block += 7_200) {
    const conviction = rao(((block - FIRST_BLOCK) / 7_200) * 20_000);
    const row = [block, timeOf(block), 9, "takeover/0", "takeover/0", false];
    sink.append(convictionTable, [...row, conviction, rao(1_900_000)]);
  }
}

function neuronRows(sink: RecordSink, size: MadeUpSize, random: () => number): void {
  const validators = Math.ceil(size.neurons / 8);
  const skill = Array.from({ length: size.neurons }, () => sixth(random()) + 0.001);
  for (let epoch = 0; epoch < size.epochs; epoch++) {
    const block = FIRST_BLOCK + Math.round(((epoch + 1) * size.days * 7_200) / size.epochs);
    for (let i = 0; i < skill.length; i++) skill[i] *= 1 + (random() - 0.5) * 0.1;
    const miners = skill.slice(validators).reduce((a, b) => a + b, 0);
    const stakes = skill.slice(0, validators).reduce((a, b) => a + b, 0);
    for (let uid = 0; uid < size.neurons; uid++) {
      const isValidator = uid < validators;
      const share = Math.round((skill[uid] / (isValidator ? stakes : miners)) * 65_535);
      sink.append(neuronsTable, [
        ...[block, timeOf(block), NETUID, epoch, uid, isValidator ? "validator" : "miner"],
        ...[isValidator ? share : 0, isValidator ? 0 : share, isValidator ? 0 : share],
        ...[isValidator ? share : 0, isValidator ? 60_000 : 0, rao(share / 500)],
        ...[isValidator, isValidator],
      ]);
    }
  }
}

function actionRows(
  sink: RecordSink,
  size: MadeUpSize,
  netuids: readonly number[],
  random: () => number,
): void {
  const kinds = ["set_weights", "add_stake", "remove_stake", "move_stake"];
  const refusals = ["SlippageTooHigh", "SettingWeightsTooFast", "NotEnoughBalanceToStake"];
  const count = size.days * 120;
  for (let i = 0; i < count; i++) {
    const block = FIRST_BLOCK + Math.floor(((i + 1) * size.days * 7_200) / count);
    const kind = kinds[Math.floor(square(random()) * kinds.length)];
    const applied = random() > 0.08;
    const amount = kind === "set_weights" ? null : rao(10 * random());
    sink.append(actionsTable, [
      ...[block, timeOf(block), `delegator/${i % 40}`, "delegator", kind],
      ...[netuids[i % netuids.length], amount, applied ? amount : null],
      ...[amount === null ? 0n : amount / 2_000n, applied],
      applied ? null : refusals[i % refusals.length],
    ]);
  }
}
