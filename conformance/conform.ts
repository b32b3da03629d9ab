/** Reads vector files and runs them: what `hivelab conform` does. */
import { readFileSync, statSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { type GroupResult, runGroup } from "./format.ts";
import { vectorFormats } from "./formats.ts";

/** Larger files are refused before they are read; unpacked text may be eight times as large. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;

export class VectorFileError extends Error {
  override readonly name = "VectorFileError";
}

export interface FileResult {
  readonly file: string;
  readonly format: string;
  readonly groups: GroupResult[];
}

/**
 * Runs every record of a vector file (JSON, plain or gzipped).
 * Throws VectorFileError when the file cannot be read, is no JSON, or is of no known format.
 */
export function conformFile(file: string): FileResult {
  const document = readVectors(file);
  const format = vectorFormats.find((candidate) => candidate.recognises(document));
  if (!format) {
    const known = vectorFormats.map((candidate) => candidate.name).join(", ");
    throw new VectorFileError(`${file}: no known vector format; known are: ${known}`);
  }
  return { file, format: format.name, groups: format.groups(document).map(runGroup) };
}

function readVectors(file: string): unknown {
  let bytes: Buffer;
  try {
    const { size } = statSync(file);
    if (size > MAX_FILE_BYTES) {
      throw new VectorFileError(`${file}: ${size} bytes; at most ${MAX_FILE_BYTES} are read`);
    }
    bytes = readFileSync(file);
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
      bytes = gunzipSync(bytes, { maxOutputLength: 8 * MAX_FILE_BYTES });
    }
  } catch (error) {
    if (error instanceof VectorFileError) throw error;
    throw new VectorFileError(`${file}: cannot be read: ${(error as Error).message}`);
  }
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch (error) {
    throw new VectorFileError(`${file}: not JSON: ${(error as Error).message}`);
  }
}
