/** Charts that only a run before dTAO has. */
import {
  rootNetworkTable,
  rootSubnetsTable,
  rootValidatorsTable,
} from "../../sim/bittensor/root-era/tables.ts";
import { rewardsTable } from "../../sim/bittensor/tables.ts";
import type { Chart } from "../chart.ts";
import { lines, stackedBars } from "../charts/series.ts";
import { lastInWindow, ratesPerDay } from "../frames.ts";
import type { RunData } from "../run-data.ts";
import { color } from "../theme.ts";
import { topSubnets } from "../top-subnets.ts";

const UNISSUED = "weighed on root itself: to nobody";
const RECYCLED = "destroyed for places in subnets";
const shownRoles: Readonly<Record<string, readonly [name: string, hue: string]>> = {
  owner: ["owners of subnets", color("c5")],
  miner: ["miners", color("c1")],
  validator: ["validators, their take", color("c2")],
  delegator: ["all stakers of validators", color("c3")],
};

/** Who got the block's TAO, and what was destroyed. */
export function emissionUseChart(run: RunData): Chart {
  const { list, name } = run.windows;
  const words = {
    id: "emission-use",
    title: "Who got the emission",
    subtitle: `TAO per day, averaged over each ${name}. What is destroyed leaves the issuance and is drawn below zero.`,
  };
  const rewards = run.table(rewardsTable);
  const roles = rewards.column("role").texts();
  const paid = ratesPerDay(
    run,
    rewards.column("block").numbers(),
    rewards.column("value_rao").tao(),
    (row) => roles[row],
  );
  const network = run.table(rootNetworkTable);
  const blocks = network.column("block").numbers();
  const rate = (column: string) =>
    ratesPerDay(run, blocks, network.column(column).tao(), () => 0).get(0);
  const [unissued, recycled] = [rate("unissued_rao"), rate("registration_recycled_rao")];
  const series = [
    ...Object.entries(shownRoles).map(([role, [label, hue]]) => ({
      label,
      hue,
      values: paid.get(role),
      sign: 1,
    })),
    { label: UNISSUED, hue: color("other"), values: unissued, sign: 1 },
    { label: RECYCLED, hue: color("bad"), values: recycled, sign: -1 },
  ].filter(({ values }) => values?.some((value) => value >= LEAST_RATE));
  if (series.length === 0) return { ...words, nothing: "Nothing was emitted." };
  return {
    ...words,
    ...stackedBars({
      name: words.id,
      series: {
        field: "part",
        domain: series.map(({ label }) => label),
        range: series.map(({ hue }) => hue),
      },
      rows: series.flatMap(({ label, values, sign }) =>
        list.map((window, w) => ({ window, name: label, value: sign * (values?.[w] ?? 0) })),
      ),
      windows: list,
      y: { axis: { title: "TAO per day", format: ",f" } },
      tooltip: [{ field: "value", type: "quantitative", title: "TAO per day", format: ",.1f" }],
      height: 300,
    }),
  };
}

/** Less than this many TAO a day is not drawn. */
const LEAST_RATE = 0.005;

/** What a subnet costs, and how many there are. */
export function lockCostChart(run: RunData): Chart {
  const { list, name } = run.windows;
  const words = {
    id: "lock-cost",
    title: "What a subnet costs",
    subtitle: `TAO that a new subnet's owner locks, at the end of each ${name}: twice the last price after a registration, then falling.`,
  };
  const table = run.table(rootNetworkTable);
  if (table.rows === 0) return { ...words, nothing: "The run recorded no lock cost." };
  const cost = table.column("lock_cost_rao").tao();
  const subnets = table.column("subnets").numbers();
  const rows = lastInWindow(run, table).flatMap((row, w) => {
    // With pools there is no such row any more.
    if (row < 0) return [];
    const { toTime: time, toBlock: block } = list[w];
    return [{ time, block, series: "lock cost", cost: cost[row], subnets: subnets[row] }];
  });
  return {
    ...words,
    ...lines({
      name: words.id,
      series: { field: "series", domain: ["lock cost"], range: [color("c7")] },
      rows,
      x: list,
      y: { field: "cost", scale: { zero: true }, axis: { title: "TAO", format: ",f" } },
      tooltip: [
        { field: "cost", type: "quantitative", title: "lock cost (TAO)", format: ",.1f" },
        { field: "subnets", title: "subnets" },
      ],
    }),
  };
}

/** What a place in the leading subnets costs. */
export function burnChart(run: RunData): Chart {
  const { list, name } = run.windows;
  const words = {
    id: "burn-prices",
    title: "What a place in a subnet costs",
    subtitle: `TAO destroyed for a registration in the subnets with most emission, at the end of each ${name}; prices of less than a millionth are not drawn.`,
  };
  const table = run.table(rootSubnetsTable);
  const top = topSubnets(run);
  const netuids = table.column("netuid").numbers();
  const blocks = table.column("block").numbers();
  const burn = table.column("burn_rao").tao();
  const last = new Map<string, { netuid: number; window: number; price: number }>();
  for (let row = 0; row < table.rows; row++) {
    const window = run.windows.of(blocks[row]);
    if (window < 0 || !top.netuids.includes(netuids[row]) || burn[row] < 1e-6) continue;
    const netuid = netuids[row];
    last.set(`${netuid}/${window}`, { netuid, window, price: burn[row] });
  }
  if (last.size === 0) return { ...words, nothing: "The run recorded no prices." };
  const hueOf = (netuid: number) => top.scale.range[top.netuids.indexOf(netuid)];
  const shown = top.netuids.filter((netuid) =>
    [...last.values()].some((entry) => entry.netuid === netuid),
  );
  return {
    ...words,
    ...lines({
      name: words.id,
      series: {
        field: "subnet",
        domain: shown.map((netuid) => run.subnetLabel(netuid)),
        range: shown.map(hueOf),
      },
      rows: [...last.values()].map(({ netuid, window, price }) => ({
        time: list[window].toTime,
        block: list[window].toBlock,
        subnet: run.subnetLabel(netuid),
        price,
      })),
      x: list,
      y: { field: "price", scale: { type: "log" }, axis: { title: "TAO", format: "~g" } },
      tooltip: [{ field: "price", type: "quantitative", title: "price (TAO)", format: ",.4f" }],
    }),
  };
}

/** How much of root's stake the largest validators have. */
export function validatorSharesChart(run: RunData): Chart {
  const { list, name } = run.windows;
  const words = {
    id: "validator-shares",
    title: "Stake with the largest validators",
    subtitle: `Share of all stake with validators, at the end of each ${name}.`,
  };
  const table = run.table(rootValidatorsTable);
  const blocks = table.column("block").numbers();
  const stakes = table.column("stake_rao").tao();
  const byWindow = new Map<number, { block: number; stakes: number[] }>();
  for (let row = 0; row < table.rows; row++) {
    const window = run.windows.of(blocks[row]);
    if (window < 0) continue;
    let entry = byWindow.get(window);
    if (!entry || entry.block < blocks[row]) entry = { block: blocks[row], stakes: [] };
    entry.stakes.push(stakes[row]);
    byWindow.set(window, entry);
  }
  if (byWindow.size === 0) return { ...words, nothing: "The run recorded no validators." };
  const rows = [...byWindow].flatMap(([window, entry]) => {
    const sorted = entry.stakes.toSorted((a, b) => b - a);
    const total = sorted.reduce((sum, stake) => sum + stake, 0);
    return TOPS.map(([label, count]) => ({
      time: list[window].toTime,
      block: list[window].toBlock,
      largest: label,
      share: sorted.slice(0, count).reduce((sum, stake) => sum + stake, 0) / total,
    }));
  });
  return {
    ...words,
    ...lines({
      name: words.id,
      series: {
        field: "largest",
        domain: TOPS.map(([label]) => label),
        range: [color("c1"), color("c2"), color("c3")],
      },
      rows,
      x: list,
      y: { field: "share", scale: { domain: [0, 1] }, axis: { title: "share", format: ".0%" } },
      tooltip: [{ field: "share", type: "quantitative", title: "share", format: ".1%" }],
    }),
  };
}

const TOPS: readonly (readonly [label: string, count: number])[] = [
  ["the largest", 1],
  ["five largest", 5],
  ["ten largest", 10],
];
