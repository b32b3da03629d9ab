/** Every subnet in numbers: emission, price and pool at both ends of the run. */
import { poolsTable, subnetsTable } from "../../sim/bittensor/tables.ts";
import { integer, percent, signedPercent, significant } from "../format.ts";
import { firstAndLast } from "../frames.ts";
import { type Html, html } from "../html.ts";
import { dataTable, type PageTable } from "../parts.ts";
import type { RunData } from "../run-data.ts";
import { emissionTotals } from "../top-subnets.ts";

const SHOWN = 15;

export function subnetsTables(run: RunData): Html | null {
  const totals = emissionTotals(run);
  if (totals.length === 0) return null;
  const [subnets, pools] = [run.table(subnetsTable), run.table(poolsTable)];
  const shares = subnets.column("emission_share").numbers();
  const prices = pools.column("price").numbers();
  const reserves = pools.column("tao_reserve_rao").tao();
  const shareRows = new Map(firstAndLast(subnets).map((ends) => [ends.netuid, ends]));
  const poolRows = new Map(firstAndLast(pools).map((ends) => [ends.netuid, ends]));
  const rows = totals.map(([netuid, received]) => {
    const share = shareRows.get(netuid);
    const pool = poolRows.get(netuid);
    const change = pool ? prices[pool.last] / prices[pool.first] - 1 : Number.NaN;
    return [
      run.subnetLabel(netuid),
      received >= 100 ? integer(received) : significant(received),
      share ? percent(shares[share.first]) : "–",
      share ? percent(shares[share.last]) : "–",
      pool ? significant(prices[pool.first]) : "–",
      pool ? significant(prices[pool.last]) : "–",
      Number.isFinite(change) ? signedPercent(change) : "–",
      pool ? integer(reserves[pool.last]) : "–",
    ];
  });
  const words = {
    about: "By TAO emission received in the run; prices in TAO per alpha, pools in TAO.",
    columns: [
      { title: "subnet" },
      ...["emission", "share, first", "share, last", "price, first", "price, last"].map(number),
      ...["change", "TAO in pool"].map(number),
    ],
  };
  const table = (title: string, part: PageTable["rows"]) =>
    dataTable({ ...words, title, rows: part });
  const all =
    rows.length > SHOWN
      ? html`<details><summary>Show all ${rows.length} subnets</summary>${table("All subnets", rows)}</details>`
      : null;
  return html`<div class="card wide">${table("Leading subnets", rows.slice(0, SHOWN))}${all}</div>`;
}

const number = (title: string) => ({ title, isNumber: true });
