/** Subnets and validators of a run before dTAO, in numbers. */
import { rootSubnetsTable, rootValidatorsTable } from "../../sim/bittensor/root-era/tables.ts";
import { subnetsTable, wealthTable } from "../../sim/bittensor/tables.ts";
import { integer, percent, significant, tao } from "../format.ts";
import { firstAndLast } from "../frames.ts";
import { type Html, html } from "../html.ts";
import { dataTable, type PageTable } from "../parts.ts";
import type { RunData } from "../run-data.ts";
import { emissionTotals } from "../top-subnets.ts";
import type { RunTotals } from "../totals.ts";
import { rootTotals } from "./data.ts";

const SHOWN = 15;
const number = (title: string) => ({ title, isNumber: true });
const named = (name: string, meaning: string): Html => html`${name}<small>${meaning}</small>`;
const perDay = (rao: bigint, days: number): string =>
  days > 0 ? tao(BigInt(Math.round(Number(rao) / days))) : "";

/** The first rows, and all of them to unfold. */
function shortAndLong(
  words: Omit<PageTable, "title" | "rows">,
  what: string,
  rows: PageTable["rows"],
) {
  const table = (title: string, part: PageTable["rows"]) =>
    dataTable({ ...words, title, rows: part });
  const all =
    rows.length > SHOWN
      ? html`<details><summary>Show all ${rows.length} ${what}</summary>${table(`All ${what}`, rows)}</details>`
      : null;
  return html`<div class="card wide">${table(`Leading ${what}`, rows.slice(0, SHOWN))}${all}</div>`;
}

export function eraSupplyTable(run: RunData, totals: RunTotals): Html {
  const { unissuedRao, lockedRao } = rootTotals(run);
  const wealth = run.table(wealthTable);
  const flow = (name: string, rao: bigint, meaning: string) => [
    named(name, meaning),
    ...[tao(rao), perDay(rao, totals.days)],
  ];
  const state = (name: string, rao: bigint) => [named(name, "at the end of the run"), tao(rao), ""];
  return dataTable({
    title: "Supply in TAO",
    about: `Sums over the run; there are ${wealth.rows > 0 ? "no pools and no alpha" : "no pools"}.`,
    columns: [{ title: "" }, number("TAO"), number("TAO per day")],
    rows: [
      flow("Minted", totals.mintedRao, "credited to hotkeys and paid to owners"),
      flow("Weighed on root itself", unissuedRao, "of the block emission, emitted to nobody"),
      flow("Recycled", totals.recycledRao, "destroyed for places in subnets"),
      state("Total issuance", totals.issuanceRao),
      state("Staked", totals.rootStakeRao),
      state("Locked for subnets", lockedRao),
    ],
  });
}

const payees: Readonly<Record<string, string>> = {
  owner: "owners of subnets, 18 % of what their subnet gets",
  miner: "miners, for incentive",
  validator: "validators, their take of the dividends",
  delegator: "all who stake with validators, themselves included",
};

/** What each role was paid, in TAO. */
export function eraRewardsTable({ rewards, days }: RunTotals): Html {
  const sum = rewards.reduce((all, { valueRao }) => all + valueRao, 0n);
  return dataTable({
    title: "Earned over the run, in TAO",
    about: "At the epochs of subnets; hotkeys are credited within a day.",
    columns: [{ title: "role" }, number("TAO"), number("per day"), number("share")],
    rows: rewards.map(({ role, valueRao }) => [
      named(role, payees[role] ?? ""),
      tao(valueRao),
      perDay(valueRao, days),
      sum > 0n ? percent(Number(valueRao) / Number(sum)) : "",
    ]),
  });
}

export function eraSubnetsTable(run: RunData): Html | null {
  const totals = emissionTotals(run);
  if (totals.length === 0) return null;
  const shares = run.table(subnetsTable).column("emission_share").numbers();
  const ends = new Map(firstAndLast(run.table(subnetsTable)).map((found) => [found.netuid, found]));
  const table = run.table(rootSubnetsTable);
  const rootEnds = new Map(firstAndLast(table).map((found) => [found.netuid, found]));
  const trust = table.column("trust").numbers();
  const burn = table.column("burn_rao").tao();
  const lock = table.column("lock_rao").tao();
  const rows = totals.map(([netuid, received]) => {
    const share = ends.get(netuid);
    const root = rootEnds.get(netuid);
    const trusted = root ? trust[root.last] : Number.NaN;
    return [
      run.subnetLabel(netuid),
      received >= 100 ? integer(received) : significant(received),
      share ? percent(shares[share.first]) : "–",
      share ? percent(shares[share.last]) : "–",
      Number.isFinite(trusted) ? percent(trusted) : "–",
      root ? significant(burn[root.last]) : "–",
      root ? integer(lock[root.last]) : "–",
    ];
  });
  const words = {
    about:
      "By TAO received in the run. Trust: the part of root's stake that weighs the subnet at all. Prices and locks in TAO, at the end.",
    columns: [
      { title: "subnet" },
      ...["emission", "share, first", "share, last", "trust", "price of a place", "lock"].map(
        number,
      ),
    ],
  };
  return shortAndLong(words, "subnets", rows);
}

/** Validators with what stakers got: dividends less the take, over the stake. */
export function validatorsTable(run: RunData): Html | null {
  const table = run.table(rootValidatorsTable);
  if (table.rows === 0) return null;
  const names = table.column("hotkey").texts();
  const strategies = table.column("strategy").texts();
  const times = table.column("time").numbers();
  const stake = table.column("stake_rao").tao();
  const takes = table.column("take").numbers();
  const earned = table.column("dividends_rao").tao();
  const found = new Map<
    string,
    { first: number; last: number; dividends: number; stakes: number; rows: number }
  >();
  for (let row = 0; row < table.rows; row++) {
    const entry = found.get(names[row]);
    if (!entry) found.set(names[row], { first: row, last: row, dividends: 0, stakes: 0, rows: 0 });
    else {
      entry.last = row;
      entry.dividends += earned[row];
      entry.stakes += stake[row];
      entry.rows++;
    }
  }
  const rows = [...found]
    .sort((a, b) => stake[b[1].last] - stake[a[1].last])
    .map(([name, { first, last, dividends, stakes, rows: count }]) => {
      const days = (times[last] - times[first]) / 86_400_000;
      const yearly = count > 0 ? ((dividends / (stakes / count)) * 365) / days : Number.NaN;
      return [
        name,
        strategies[last],
        integer(stake[last]),
        percent(takes[last]),
        days > 0 ? significant(dividends / days) : "–",
        Number.isFinite(yearly) ? percent(yearly * (1 - takes[last])) : "–",
      ];
    });
  const words = {
    about:
      "By stake at the end. Yield: a year's dividends at the run's pace, less the take, over the mean stake.",
    columns: [
      { title: "validator" },
      { title: "weighs subnets" },
      ...["stake, TAO", "take", "dividends, TAO a day", "yield to stakers"].map(number),
    ],
  };
  return shortAndLong(words, "validators", rows);
}
