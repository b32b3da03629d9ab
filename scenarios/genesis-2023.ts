/** The shipped state of March 2023: who held and staked how much when Finney began. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { countCell, orEmpty, readCsv, wholeCell } from "./csv.ts";
import type { Source } from "./data-folder.ts";
import { type Fault, InputError } from "./fault.ts";
import type { InputFile } from "./input-file.ts";
import { dataFolder, packageFolder } from "./shipped.ts";

export interface Genesis2023 {
  /** Free TAO by owner (a coldkey, numbered by wealth), rao; 0 for those who had none. */
  readonly freeRao: BigUint64Array;
  /** Owners who had an account of free TAO; the others only staked. */
  readonly hadAccount: readonly boolean[];
  /** By uid of the only subnet. */
  readonly neurons: readonly { readonly owner: number; readonly stakeRao: bigint }[];
  readonly sources: readonly Source[];
}

/** The only subnet's netuid and tempo, and the block of the chain before that the state is from. */
export const GENESIS_2023 = { netuid: 3, tempoBlocks: 99, snapshotBlock: 3_606_775 } as const;

const FOLDER = "finney-genesis-2023";
const ORIGIN = "opentensor/subtensor@14bc6f9, snapshot.json (Unlicense)";
const MAX_RAO = 21_000_000_000_000_000n;
const rao = wholeCell(MAX_RAO);

/** Throws InputError where the shipped files are damaged. */
export function readGenesis2023(folder: string = join(dataFolder, FOLDER)): Genesis2023 {
  const ownersFile = unpacked(folder, "owners.csv.gz");
  const owners = readCsv(ownersFile, { free_rao: orEmpty(rao, null) });
  const neuronsFile = unpacked(folder, "neurons.csv.gz");
  const neurons = readCsv(neuronsFile, {
    uid: countCell(0, 65_535),
    owner: countCell(0, owners.length - 1),
    stake_rao: rao,
  });
  const faults = neurons.flatMap(({ uid }, index): Fault[] =>
    uid === index
      ? []
      : [
          {
            file: neuronsFile.shownAs,
            line: index + 2,
            field: "uid",
            problem: `${uid} is not right here`,
            remedy: `${index}`,
          },
        ],
  );
  if (faults.length > 0) throw new InputError(faults);
  return {
    freeRao: BigUint64Array.from(owners, (owner) => owner.free_rao ?? 0n),
    hadAccount: owners.map((owner) => owner.free_rao !== null),
    neurons: neurons.map(({ owner, stake_rao }) => ({ owner, stakeRao: stake_rao })),
    sources: [ownersFile, neuronsFile].map(({ source, sha256 }) => ({
      path: source,
      sha256,
      source: ORIGIN,
    })),
  };
}

function unpacked(folder: string, name: string): InputFile {
  const path = join(folder, name);
  const shownAs = path.startsWith(packageFolder) ? path.slice(packageFolder.length + 1) : path;
  try {
    const bytes = readFileSync(path);
    return {
      shownAs,
      source: shownAs.replaceAll("\\", "/"),
      realPath: path,
      text: gunzipSync(bytes, { maxOutputLength: 16_000_000 }).toString("utf8"),
      sha256: createHash("sha256").update(bytes).digest("hex"),
    };
  } catch (error) {
    const problem = `cannot be unpacked: ${(error as Error).message}`;
    throw new InputError([{ file: shownAs, field: "", problem, remedy: "install hivelab again" }]);
  }
}
