/** What a scenario of any world says about its tables. */
import { z } from "zod";
import type { TableDefinition } from "../sim/records.ts";

/** `recording.tables`: all of a world's tables, or some by name. */
export const tablesField = (tables: readonly TableDefinition[]) =>
  z
    .union([
      z.literal("all"),
      z.array(z.enum(tables.map(({ name }) => name) as [string, ...string[]])).min(1),
    ])
    .default("all")
    .meta({ description: "which tables are written: `all`, or a list of names" });
