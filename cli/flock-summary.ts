/** The short table at the end of a FLock run. */
import type { ReadTable } from "../lab/tables/read-table.ts";
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
  if (!market) return;
  const sold = ["nodes", "validators", "delegators", "whales", "researchers", "others"].map(
    (who) => `${who} ${grouped(sum(market.column(`sold_${who}`).numbers()))}`,
  );
  console.log(`sold: ${sold.join(", ")}`);
}
