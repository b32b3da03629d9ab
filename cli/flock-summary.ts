/** The short table at the end of a FLock run. */
import { comparedWindow, yieldWindows } from "../lab/measures/flock-apy.ts";
import { lockStates } from "../lab/measures/flock-locks.ts";
import { FLOCK_REPORTED } from "../lab/measures/flock-reported.ts";
import type { FlockRun } from "../lab/measures/flock-run.ts";
import type { ReadTable } from "../lab/tables/read-table.ts";
import { timeOfDay } from "../sim/flock/world/record.ts";
import { grouped, percent, plainTable } from "./summary-parts.ts";

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

export function printFlock(supply: ReadTable, market: ReadTable | null): void {
  const at = (name: string, row: number) => supply.column(name).numbers()[row];
  const last = supply.rows - 1;
  const emission = sum(supply.column("emission").numbers());
  const table = plainTable(["FLOCK", "first day", "last day"], ["left", "right", "right"]);
  const row = (name: string, column: string, shown: (value: number) => string = grouped) =>
    table.push([name, shown(at(column, 0)), shown(at(column, last))]);
  row("circulating", "circulating");
  row("locked", "locked");
  row("  of circulating", "locked_share", percent);
  row("mean lock, days", "mean_lock_days");
  row("gmFLOCK", "gmflock");
  row("all fees so far", "fees_total");
  row("burned so far", "burned");
  if (market) {
    const price = market.column("price_usd").numbers();
    table.push(["price, USD", price[0].toFixed(4), price[last].toFixed(4)]);
  }
  console.log(table.toString());
  console.log(`emission over the run: ${grouped(emission)} FLOCK`);
  if (market) console.log(soldLine(market));
}

function soldLine(market: ReadTable): string {
  const sold = ["nodes", "validators", "delegators", "whales", "researchers", "others"].map(
    (who) => `${who} ${grouped(sum(market.column(`sold_${who}`).numbers()))}`,
  );
  return `sold: ${sold.join(", ")}`;
}

/** What is reported for mid-2025 beside the run's figures of then, or of its end. */
export function printBesideReported(run: FlockRun, folder: string): void {
  const locks = lockStates(run);
  if (!locks) return;
  const { compared } = locks;
  const day = dayText(compared.day);
  const { lockedShare, meanLockDays, delegatorApy } = FLOCK_REPORTED;
  console.log(
    `locks on ${day}: ${percent(compared.lockedShare)} of circulating, ${grouped(compared.meanLockDays)} days on average (reported for mid-2025: ${percent(lockedShare, 0)}, ${meanLockDays} days)`,
  );
  const window = comparedWindow(yieldWindows(run));
  if (window) {
    const { fromDay, toDay, low, middle, high } = window;
    const [least, most] = delegatorApy;
    console.log(
      `delegators' yield, ${dayText(fromDay)} to ${dayText(toDay)}: median ${percent(middle, 0)} a year, 80 % of them ${percent(low, 0)} to ${percent(high, 0)} (reported: ${percent(least, 0)} to ${percent(most, 0)})`,
    );
  }
  console.log(`how that comes about: hivelab flock ${folder}`);
}

export const dayText = (day: number): string => new Date(timeOfDay(day)).toISOString().slice(0, 10);
