/**
 * Reads what a person named: only regular files, only inside the project, only so much, only UTF-8
 * text. Every refusal is an InputError with one fault.
 */
import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { basename, resolve } from "node:path";
import { InputError } from "./fault.ts";
import { readBytes } from "./input-bytes.ts";
import { isInside, nearbyFile, shownPath, slashedFrom } from "./paths.ts";
import { packageFolder } from "./shipped.ts";
import { type Place, shown } from "./tree.ts";

export interface InputFile {
  /** The path as it is shown in messages. */
  readonly shownAs: string;
  /** The path from the project's folder (or the package's, for what is shipped), with slashes. */
  readonly source: string;
  /** The real path, links resolved. */
  readonly realPath: string;
  readonly text: string;
  /** Of the bytes, in hex. */
  readonly sha256: string;
}

export interface ReadOptions {
  readonly maxBytes: number;
  /** The folder that must not be left, apart from the package's own. */
  readonly project: string;
  /** For the file that the person named at the prompt: it may lie anywhere. */
  readonly anywhere?: boolean;
  /** Where and how the path was written, if in a file: faults of the path are told there. */
  readonly namedAt?: { readonly place: Place; readonly field: string; readonly text: string };
}

export function readInputFile(path: string, options: ReadOptions): InputFile {
  const { project, namedAt, maxBytes, anywhere = false } = options;
  const refuse = (problem: string, remedy: string, name = shownPath(path)): never => {
    const fault = namedAt
      ? { ...namedAt.place, field: namedAt.field, problem: `${name} ${problem}` }
      : { file: name, field: "", problem };
    throw new InputError([{ ...fault, remedy }]);
  };
  const outside = () => {
    const remedy = `name what lies in ${shownPath(project)}`;
    refuse("leads out of the project", remedy, namedAt && shown(namedAt.text));
  };
  const homes = [project, packageFolder];
  if (!anywhere && !homes.some((home) => isInside(resolve(path), home))) outside();
  let realPath = "";
  try {
    realPath = realpathSync(path);
  } catch {
    refuse("does not exist or cannot be opened", nearbyFile(path));
  }
  const home = homes
    .map((folder) => realpathSync(folder))
    .find((folder) => isInside(realPath, folder));
  if (!anywhere && home === undefined) outside();
  const bytes = readBytes(realPath, maxBytes, refuse);
  return {
    shownAs: shownPath(path),
    source: home === undefined ? basename(realPath) : slashedFrom(home, realPath),
    realPath,
    text: decoded(bytes, refuse),
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}

function decoded(bytes: Buffer, refuse: (problem: string, remedy: string) => never): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    refuse("is UTF-16 text", "save it as UTF-8");
  }
  if (bytes.includes(0)) refuse("is binary, not text", "name a text file");
  try {
    // A byte order mark at the start is dropped by the decoder.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse("is not UTF-8 text", "save it as UTF-8");
  }
}
