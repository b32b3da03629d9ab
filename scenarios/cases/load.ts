/** From a case file to a case that can be run: names to positions, fractions to the chain's units. */

import type { CaseEpoch, YumaCase } from "../../sim/bittensor/yuma/run-case.ts";
import { type YumaVersion, yumaVersion } from "../../sim/bittensor/yuma/versions.ts";
import { checkTree } from "../check.ts";
import type { Source } from "../data-folder.ts";
import { InputError } from "../fault.ts";
import { readInputFile } from "../input-file.ts";
import { InputMemory } from "../input-memory.ts";
import { type Metagraph, readMetagraph } from "../metagraph.ts";
import { projectFolder } from "../paths.ts";
import { applySets } from "../sets.ts";
import { placeAt } from "../tree.ts";
import { readYaml } from "../yaml-tree.ts";
import { type CaseFile, type CaseHyperparameters, caseSchema } from "./schema.ts";

const MAX_CASE_BYTES = 1_000_000;

export interface LoadedCase {
  /** Completed with defaults. */
  readonly file: CaseFile;
  readonly what:
    | { readonly kind: "named"; readonly yumaCase: YumaCase }
    | { readonly kind: "metagraph"; readonly metagraph: Metagraph };
  readonly versions: readonly YumaVersion[];
  readonly sources: readonly Source[];
}

/**
 * Throws InputError with every fault; `versions` replace those of the file where there are any.
 * What the memory knows is not read again.
 */
export function loadCase(
  path: string,
  sets: readonly string[] = [],
  versions: readonly string[] = [],
  memory = new InputMemory(),
): LoadedCase {
  const { project, input, fromFile } = memory.remember("case", [path], () => readCase(path));
  const { tree, faults } = applySets(fromFile, sets);
  if (faults.length > 0) throw new InputError(faults);
  const file = checkTree(caseSchema, tree);
  const own: Source = { path: input.source, sha256: input.sha256, source: "case" };
  const chosen = versions.length > 0 ? versions.map(versionNamed) : file.versions.map(yumaVersion);
  const common = { file, versions: chosen.map((one) => withParameters(one, file.hyperparameters)) };
  if (file.metagraph === undefined) {
    return { ...common, what: { kind: "named", yumaCase: namedCase(file) }, sources: [own] };
  }
  const text = file.metagraph;
  const metagraph = memory.remember("case metagraph", [text, path], () =>
    readMetagraph({
      ...{ text, place: placeAt(tree, ["metagraph"]), field: "metagraph", base: path, project },
    }),
  );
  const sources = [own, ...metagraph.sources];
  return { ...common, what: { kind: "metagraph", metagraph }, sources };
}

function readCase(path: string) {
  const project = projectFolder(path);
  const input = readInputFile(path, { maxBytes: MAX_CASE_BYTES, project, anywhere: true });
  return { project, input, fromFile: readYaml(input.text, input.shownAs) };
}

function versionNamed(name: string): YumaVersion {
  try {
    return yumaVersion(name);
  } catch (error) {
    const [problem, remedy = ""] = (error as Error).message.split("; ");
    throw new InputError([{ file: "--version", field: "", problem, remedy }]);
  }
}

/** A fraction of 65,535, floored as the chain's own settings are. */
const u16 = (fraction: number): number => Math.floor(fraction * 65_535);

/** The version with the case's parameters in place of its own; each version keeps its switches. */
function withParameters(version: YumaVersion, given: CaseHyperparameters): YumaVersion {
  const { kappa, bonds_penalty: penalty, bonds_moving_average: kept } = given;
  if (version.kind === "textbook") {
    const { parameters } = version;
    return {
      ...version,
      parameters: {
        ...parameters,
        kappa: kappa ?? parameters.kappa,
        bondsPenalty: penalty ?? parameters.bondsPenalty,
        bondsAlpha: kept === undefined ? parameters.bondsAlpha : 1 - kept,
      },
    };
  }
  const { parameters } = version;
  const or = (fraction: number | undefined, usual: number) =>
    fraction === undefined ? usual : u16(fraction);
  const { alpha_sigmoid_steepness: steepness } = given;
  return {
    ...version,
    parameters: {
      ...parameters,
      kappa: or(kappa, parameters.kappa),
      bondsPenalty: or(penalty, parameters.bondsPenalty),
      bondsMovingAverage:
        kept === undefined ? parameters.bondsMovingAverage : Math.round(kept * 1_000_000),
      alphaLow: or(given.alpha_low, parameters.alphaLow),
      alphaHigh: or(given.alpha_high, parameters.alphaHigh),
      alphaSigmoidSteepness:
        steepness === undefined ? parameters.alphaSigmoidSteepness : Math.round(steepness * 100),
    },
  };
}

function namedCase(file: CaseFile): YumaCase {
  const { validators = [], servers = [], stakes = [], weights = [] } = file;
  const rows = validators.map(() => servers.map(() => 0));
  let stakeRao: bigint[] = [];
  const epochs: CaseEpoch[] = [];
  for (let epoch = 0; epoch < file.epochs; epoch++) {
    for (const { row } of stakes.filter((one) => one.epoch === epoch)) {
      stakeRao = validators.map((who) => raoOf(row[who], file));
    }
    for (const { rows: given } of weights.filter((one) => one.epoch === epoch)) {
      for (const [who, row] of Object.entries(given)) {
        rows[validators.indexOf(who)] = u16Row(servers.map((to) => row[to] ?? 0));
      }
    }
    epochs.push({
      stakeRao,
      weights: [...rows],
      resetServers: file.reset_bonds
        .filter((one) => one.epoch === epoch)
        .map(({ server }) => servers.indexOf(server)),
      copiers: file.copiers.map(({ validator, lag_epochs }) => ({
        validator: validators.indexOf(validator),
        lagEpochs: lag_epochs,
      })),
    });
  }
  return { epochs };
}

function raoOf(stake: number, { stake_unit, total_stake_tao }: CaseFile): bigint {
  const tao = stake_unit === "share" ? stake * total_stake_tao : stake;
  return BigInt(Math.round(tao * 1e9));
}

/** The row with its largest weight at 65,535, as the chain stores it. */
function u16Row(row: readonly number[]): number[] {
  const largest = Math.max(...row);
  return row.map((weight) => (largest === 0 ? 0 : Math.round((weight / largest) * 65_535)));
}
