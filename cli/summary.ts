/** The short table at the end of a run: what happened, in numbers that a person can read. */

import { join, relative } from "node:path";
import type { RunResult } from "../lab/run.ts";
import { type ReadTable, readTable } from "../lab/tables/read-table.ts";
import { openRunData } from "../reports/run-data.ts";
import { printBesideReported, printFlock } from "./flock-summary.ts";
import { grouped, percent, plainTable } from "./summary-parts.ts";

const TOP = 8;

export function printSummary({ dir, manifest }: RunResult): void {
  const open = (name: string): ReadTable | null => {
    const stored = manifest.tables.find((table) => table.name === name);
    return stored && stored.rows > 0 ? readTable(join(dir, stored.arrow.path)) : null;
  };
  const { span, seed, scenario } = manifest;
  const day = (iso: string) => iso.slice(0, 10);
  console.log(`${scenario.title}`);
  const flock = open("flock_supply");
  const blocks = `blocks ${grouped(span.from_block)} to ${grouped(span.to_block)}`;
  const what = flock ? `${grouped(flock.rows)} days` : blocks;
  console.log(`${day(span.from_time)} to ${day(span.to_time)} (${what}), seed ${seed}`);
  if (flock) {
    printFlock(flock, open("flock_market"));
    printBesideReported(openRunData(dir, manifest), relative(process.cwd(), dir) || ".");
  }
  const supply = open("supply");
  const network = open("root_network");
  if (supply) printSupply(supply, network);
  const forecast = open("supply_forecast");
  if (forecast) printForecast(forecast, open("halvings"));
  const subnets = open("subnets");
  const pools = open("pools");
  if (subnets && pools) printSubnets(subnets, pools, open("subnet_names"));
  const events = open("subnet_events");
  if (events) console.log(subnetEventsLine(events));
  const actions = open("actions");
  if (actions) printActions(actions);
}

/** `network` is there in a run before dTAO, which has no pools unless it goes past it. */
function printSupply(supply: ReadTable, network: ReadTable | null): void {
  const issuance = supply.column("total_issuance_rao").tao();
  const sum = (name: string, from = supply) =>
    Number(
      from
        .column(name)
        .integers()
        .reduce((sum, rao) => sum + rao, 0n),
    ) / 1e9;
  const hasPools = !network || sum("injected_rao") > 0;
  const lines = [
    ["issuance at the end", grouped(issuance[issuance.length - 1], 1)],
    ["minted", grouped(sum("minted_rao"), 1)],
    ...(network
      ? [["emitted to nobody (root's own weight)", grouped(sum("unissued_rao", network), 1)]]
      : []),
    ...(hasPools
      ? [
          ["  into pools", grouped(sum("injected_rao"), 1)],
          ["  alpha bought by the chain", grouped(sum("chain_buys_rao"), 1)],
        ]
      : []),
    ["recycled", grouped(sum("recycled_rao"), 1)],
  ] as [string, string][];
  const table = plainTable(["TAO", ""], ["left", "right"]);
  for (const line of lines) table.push(line);
  console.log(table.toString());
}

function printForecast(forecast: ReadTable, halvings: ReadTable | null): void {
  const last = (column: string) => forecast.column(column).numbers().at(-1) ?? 0;
  const table = plainTable(["TAO", ""], ["left", "right"]);
  table.push(["issuance at the end", grouped(last("issuance_rao") / 1e9, 1)]);
  table.push(["minted", grouped(last("minted_rao") / 1e9, 1)]);
  table.push(["recycled", grouped(last("recycled_rao") / 1e9, 1)]);
  table.push(["growth a year", percent(last("inflation"))]);
  const times = halvings?.column("time").numbers() ?? [];
  for (const [row, number] of (halvings?.column("number").numbers() ?? []).entries()) {
    table.push([`halving ${number}`, new Date(times[row]).toISOString().slice(0, 10)]);
  }
  console.log(table.toString());
}

function printSubnets(subnets: ReadTable, pools: ReadTable, names: ReadTable | null): void {
  const nameOf = new Map<number, string>();
  const named = names?.column("name").texts() ?? [];
  for (const [row, netuid] of (names?.column("netuid").numbers() ?? []).entries()) {
    nameOf.set(netuid, named[row]);
  }
  const netuids = subnets.column("netuid").numbers();
  const emission = subnets.column("tao_emission_rao").tao();
  const total = new Map<number, number>();
  let all = 0;
  for (const [row, netuid] of netuids.entries()) {
    total.set(netuid, (total.get(netuid) ?? 0) + emission[row]);
    all += emission[row];
  }
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  const price = pools.column("price").numbers();
  for (const [row, netuid] of pools.column("netuid").numbers().entries()) {
    if (!first.has(netuid)) first.set(netuid, price[row]);
    last.set(netuid, price[row]);
  }
  const table = plainTable(
    ["subnet", "", "emission, TAO", "share", "price, TAO", "change"],
    ["right", "left", "right", "right", "right", "right"],
  );
  const ranked = [...total].sort((a, b) => b[1] - a[1]).slice(0, TOP);
  for (const [netuid, tao] of ranked) {
    const now = last.get(netuid) ?? Number.NaN;
    const change = now / (first.get(netuid) ?? Number.NaN) - 1;
    table.push([
      String(netuid),
      nameOf.get(netuid) ?? "",
      grouped(tao, 1),
      percent(tao / all),
      now.toFixed(6),
      `${change >= 0 ? "+" : ""}${percent(change)}`,
    ]);
  }
  console.log(table.toString());
}

/** What came of the subnets as such: registrations with their locks, prunings, takeovers. */
export function subnetEventsLine(table: ReadTable): string {
  const events = table.column("event").texts();
  const tao = table.column("tao_rao").tao();
  const count = (wanted: string) => events.filter((event) => event === wanted).length;
  const locks = tao.filter((_, row) => events[row] === "registered");
  const range =
    locks.length === 0
      ? ""
      : ` (locks of ${grouped(Math.min(...locks))} to ${grouped(Math.max(...locks))} TAO)`;
  const parts = [`${locks.length} registered${range}`, `${count("pruned")} pruned`];
  const changes = count("owner_changed");
  if (changes > 0) parts.push(`${changes} changed hands`);
  return `subnets: ${parts.join(", ")}`;
}

function printActions(actions: ReadTable): void {
  const applied = actions.column("applied").numbers();
  const refusals = actions.column("refusal").texts();
  const refused = new Map<string, number>();
  for (const name of refusals) if (name) refused.set(name, (refused.get(name) ?? 0) + 1);
  const sum = applied.reduce((count, flag) => count + flag, 0);
  const why = [...refused].map(([name, count]) => `${grouped(count)} ${name}`).join(", ");
  console.log(
    `actions: ${grouped(sum)} applied, ${grouped(applied.length - sum)} refused${why ? ` (${why})` : ""}`,
  );
}
