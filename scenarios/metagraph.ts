/** Stakes and weights that a subnet starts from: about.json, neurons.csv and weights.csv of a folder. */
import { z } from "zod";
import { countCell, readCsv, wholeCell } from "./csv.ts";
import { DataFolder, type DataReference, type Source } from "./data-folder.ts";
import { type Fault, InputError } from "./fault.ts";
import type { InputFile } from "./input-file.ts";

export interface Metagraph {
  /** When it was taken. */
  readonly block: number;
  /** By uid. */
  readonly stakeRao: BigUint64Array;
  /** By uid of the setter, ascending by target; empty for who sets none. */
  readonly weights: readonly (readonly { readonly uid: number; readonly weightU16: number }[])[];
  readonly sources: readonly Source[];
}

const aboutSchema = z.strictObject({
  format: z.literal("hivelab-metagraph-1"),
  source: z.string().max(500),
  block: z.int().min(0).max(4_294_967_295),
});

const MAX_UIDS = 4_096;
const uid = countCell(0, MAX_UIDS - 1);
const neuronColumns = { uid, stake_rao: wholeCell(21_000_000_000_000_000n) };
const weightColumns = { from_uid: uid, to_uid: uid, weight_u16: countCell(1, 65_535) };

/** Throws InputError with every fault of the folder's files. */
export function readMetagraph(reference: DataReference): Metagraph {
  const folder = DataFolder.open(reference, "neurons.csv");
  const about = folder.about(aboutSchema);
  const neuronsFile = folder.read("neurons.csv");
  const neurons = readCsv(neuronsFile, neuronColumns);
  const faults = neurons.flatMap((neuron, index) =>
    neuron.uid === index ? [] : [faultAt(neuronsFile, index, "uid", neuron.uid, `${index}`)],
  );
  if (neurons.length === 0) {
    const problem = "holds no neuron";
    faults.push({ file: neuronsFile.shownAs, field: "", problem, remedy: "one row a neuron" });
  }
  const weightsFile = folder.read("weights.csv");
  const weights: { uid: number; weightU16: number }[][] = neurons.map(() => []);
  readCsv(weightsFile, weightColumns).forEach((weight, index) => {
    const limit = `a uid below ${neurons.length}`;
    const { from_uid: from, to_uid: to } = weight;
    if (from >= neurons.length) faults.push(faultAt(weightsFile, index, "from_uid", from, limit));
    else if (to >= neurons.length) faults.push(faultAt(weightsFile, index, "to_uid", to, limit));
    else if ((weights[from].at(-1)?.uid ?? -1) >= to) {
      faults.push(
        faultAt(weightsFile, index, "to_uid", to, "each target once, in ascending order"),
      );
    } else weights[from].push({ uid: to, weightU16: weight.weight_u16 });
  });
  if (faults.length > 0) throw new InputError(faults);
  return {
    block: about.block,
    stakeRao: BigUint64Array.from(neurons.map((neuron) => neuron.stake_rao)),
    weights,
    sources: folder.sourcesFrom(about.source),
  };
}

const faultAt = (
  file: InputFile,
  row: number,
  field: string,
  value: number,
  remedy: string,
): Fault => ({
  file: file.shownAs,
  line: row + 2,
  field,
  problem: `${value} is not right here`,
  remedy,
});
