/** Reads the small tables of published facts under data/. */
import { join } from "node:path";
import { type CellType, readCsv } from "../../scenarios/csv.ts";
import { readInputFile } from "../../scenarios/input-file.ts";
import { dataFolder, packageFolder } from "../../scenarios/shipped.ts";

const MAX_TABLE_BYTES = 1_000_000;

/** A decimal number as it was published: its value, and half a unit of its last digit. */
export interface Published {
  readonly value: number;
  readonly halfUnit: number;
}

export const publishedCell: CellType<Published> = {
  expected: "a decimal number",
  read: (text) => {
    if (!/^\d+(\.\d+)?$/.test(text)) return undefined;
    const decimals = text.split(".")[1]?.length ?? 0;
    return { value: Number(text), halfUnit: 0.5 / 10 ** decimals };
  },
};

export const readFacts = <C extends Record<string, CellType<unknown>>>(
  folder: string,
  file: string,
  columns: C,
) =>
  readCsv(
    readInputFile(join(dataFolder, folder, file), {
      maxBytes: MAX_TABLE_BYTES,
      project: packageFolder,
    }),
    columns,
  );
