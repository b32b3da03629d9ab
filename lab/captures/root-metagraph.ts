/**
 * The root metagraph of the time before pools: a row a root validator with its stake in rao and its
 * weight for each subnet, `w_0`, `w_1`, ...
 */

import { type CellType, countCell, readCsv, wholeCell } from "../../scenarios/csv.ts";
import { InputError } from "../../scenarios/fault.ts";
import { readInputFile } from "../../scenarios/input-file.ts";
import { rootWeightShares } from "../../sim/bittensor/emission/root-weights.ts";
import type { EmissionState } from "./emission-state.ts";

const MAX_BYTES = 16_000_000;

const weightCell: CellType<number> = {
  expected: "a weight of at least 0",
  read: (text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined),
};

/** Throws InputError with every wrong cell. */
export function readRootMetagraph(path: string): EmissionState {
  const file = readInputFile(path, { maxBytes: MAX_BYTES, project: process.cwd(), anywhere: true });
  const header = file.text.slice(0, Math.max(0, file.text.search(/\r?\n/))).split(",");
  const weightNames = header.filter((name) => /^w_\d+$/.test(name));
  if (weightNames.length === 0) {
    const problem = "has no weights w_0, w_1, ...";
    const remedy = "the table of a root metagraph: stake, block_number and a weight per subnet";
    throw new InputError([{ file: file.shownAs, line: 1, column: 1, field: "", problem, remedy }]);
  }
  const rows = readCsv(file, {
    stake: wholeCell(21_000_000_000_000_000n),
    block_number: countCell(0, 4_294_967_295),
    ...Object.fromEntries(weightNames.map((name) => [name, weightCell])),
  }) as Readonly<Record<string, number | bigint>>[];
  const shares = rootWeightShares(
    rows.map((row) => ({
      stakeRao: row.stake as bigint,
      weights: weightNames.map((name) => row[name] as number),
    })),
    weightNames.length,
  );
  return {
    file: file.shownAs,
    block: Math.max(...rows.map((row) => row.block_number as number)),
    totalIssuanceRao: null,
    subnets: weightNames.map((name, i) => ({
      netuid: Number(name.slice(2)),
      name: name === "w_0" ? "root" : "",
      movingPriceBits: 0n,
      observedRao: null,
      rootWeightShareBits: shares[i],
    })),
    leftOut: [],
    gateBarBits: 0n,
    values: {},
    lacks: new Set(["moving price", "miner burned", "root proportion", "emission switch", "flows"]),
  };
}
