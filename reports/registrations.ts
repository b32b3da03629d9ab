/** What the table of registrations says about one subnet: who came, what it paid, who gave way. */
import { registrationsTable } from "../sim/bittensor/tables.ts";
import type { RunData } from "./run-data.ts";

export interface RegistrationRow {
  readonly block: number;
  /** Role of the agent that registered. */
  readonly role: string;
  readonly costTao: number;
  readonly recycledAlpha: number;
  /** Role of who gave way; null where a uid was free. */
  readonly replacedRole: string | null;
  /** Alpha that its last epoch had given it; 0 where nobody gave way. */
  readonly replacedEmissionAlpha: number;
}

/** The subnets on which neurons registered, ascending. */
export function registeringNetuids(run: RunData): number[] {
  return [...new Set(run.table(registrationsTable).column("netuid").numbers())].sort(
    (a, b) => a - b,
  );
}

/** In order of time. */
export function registrationRows(run: RunData, netuid: number): RegistrationRow[] {
  const table = run.table(registrationsTable);
  const netuids = table.column("netuid").numbers();
  const blocks = table.column("block").numbers();
  const roles = table.column("role").texts();
  const costs = table.column("cost_rao").tao();
  const recycled = table.column("recycled_rao").tao();
  const replaced = table.column("replaced_role").texts();
  const emissions = table.column("replaced_emission_rao").tao();
  return [...netuids.keys()]
    .filter((row) => netuids[row] === netuid)
    .map((row) => ({
      block: blocks[row],
      role: roles[row],
      costTao: costs[row],
      recycledAlpha: recycled[row],
      replacedRole: replaced[row] || null,
      replacedEmissionAlpha: emissions[row] || 0,
    }));
}

export interface RoleSum {
  readonly role: string;
  count: number;
  costTao: number;
  recycledAlpha: number;
  /** Neurons replaced that had earned something in their last epoch. */
  earningReplaced: number;
  /** By role of who gave way; "" for a uid that was free. */
  readonly replaced: Map<string, number>;
}

/** One sum a role, most registrations first. */
export function sumsByRole(rows: readonly RegistrationRow[]): RoleSum[] {
  const sums = new Map<string, RoleSum>();
  for (const { role, costTao, recycledAlpha, replacedRole, replacedEmissionAlpha } of rows) {
    const sum = sums.get(role) ?? {
      ...{ role, count: 0, costTao: 0, recycledAlpha: 0, earningReplaced: 0 },
      replaced: new Map<string, number>(),
    };
    sums.set(role, sum);
    sum.count++;
    sum.costTao += costTao;
    sum.recycledAlpha += recycledAlpha;
    if (replacedEmissionAlpha > 0) sum.earningReplaced++;
    const gaveWay = replacedRole ?? "";
    sum.replaced.set(gaveWay, (sum.replaced.get(gaveWay) ?? 0) + 1);
  }
  return [...sums.values()].sort((a, b) => b.count - a.count || (a.role < b.role ? -1 : 1));
}
