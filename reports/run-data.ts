/** What the charts are made from: a run's manifest and its tables, read when they are asked for. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Manifest } from "../lab/manifest.ts";
import { type ReadTable, readTable } from "../lab/tables/read-table.ts";
import { subnetNamesTable } from "../sim/bittensor/tables.ts";
import type { TableDefinition } from "../sim/records.ts";
import { timeWindows, type Windows } from "./windows.ts";

export interface RunData {
  readonly manifest: Manifest;
  readonly windows: Windows;
  /** The rows of a table; none where the run did not store it. */
  table(definition: TableDefinition): ReadTable;
  /** "15 · ORO", or "15" where the subnet has no name. */
  subnetLabel(netuid: number): string;
}

export function openRunData(folder: string, manifest: Manifest): RunData {
  const read = new Map<string, ReadTable>();
  const table = (definition: TableDefinition): ReadTable => {
    let found = read.get(definition.name);
    if (!found) {
      const stored = manifest.tables.find(({ name }) => name === definition.name);
      const path = stored && join(folder, stored.arrow.path);
      found = path && existsSync(path) ? readTable(path) : emptyTable(definition);
      read.set(definition.name, found);
    }
    return found;
  };
  let names: Map<number, string> | undefined;
  let windows: Windows | undefined;
  return {
    manifest,
    table,
    get windows() {
      windows ??= timeWindows(manifest, table);
      return windows;
    },
    subnetLabel(netuid) {
      names ??= subnetNames(table(subnetNamesTable));
      const name = names.get(netuid);
      return name ? `${netuid} · ${name}` : String(netuid);
    },
  };
}

function subnetNames(table: ReadTable): Map<number, string> {
  const netuids = table.column("netuid").numbers();
  const names = table.column("name").texts();
  return new Map(names.map((name, row) => [netuids[row], name.trim()]));
}

function emptyTable(definition: TableDefinition): ReadTable {
  const columns = definition.columns.map(({ name, unit, meaning }) => ({
    name,
    unit,
    meaning,
    cell: () => null,
    numbers: () => new Float64Array(),
    tao: () => new Float64Array(),
    integers: () => new BigInt64Array(),
    texts: () => [],
  }));
  return {
    name: definition.name,
    meaning: definition.meaning,
    rows: 0,
    columns,
    column: (wanted) => columns.find(({ name }) => name === wanted)!,
  };
}
