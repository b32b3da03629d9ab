/**
 * Writing so that a crash at any moment loses nothing that was said to be written: a file appears
 * whole under its name, and what is forced to the disk stays there.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** No room (or no more quota) where a sweep is stored; all that was recorded before is kept. */
export class DiskFull extends Error {
  override readonly name = "DiskFull";
}

const FULL_CODES = ["ENOSPC", "EDQUOT", "EFBIG"];

export const isDiskFull = (error: unknown): boolean =>
  error instanceof DiskFull ||
  FULL_CODES.includes(String((error as NodeJS.ErrnoException | null)?.code));

/** Runs `work`; an error for want of room becomes a DiskFull that names the place. */
export function onDisk<Result>(place: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof DiskFull || !isDiskFull(error)) throw error;
    throw new DiskFull(`${place}: the disk is full`);
  }
}

/** Forces what was written to a file, or the names in a folder, to the disk. */
export function forceToDisk(path: string): void {
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** All of the bytes: a single call may write fewer. */
export function writeWhole(handle: number, bytes: Uint8Array): void {
  for (let from = 0; from < bytes.byteLength; ) from += writeSync(handle, bytes, from);
}

/** The file stands under its name with all its bytes, or as it was before. Throws DiskFull. */
export function writeDurably(path: string, content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const partial = `${path}.${process.pid}.partial`;
  onDisk(dirname(path), () => {
    try {
      const handle = openSync(partial, "w");
      try {
        writeWhole(handle, bytes);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      renameSync(partial, path);
      forceToDisk(dirname(path));
    } catch (error) {
      rmSync(partial, { force: true });
      throw error;
    }
  });
}

/** A folder made beside its place and put there whole: `fill` gets the hidden one. */
export function placeFolder<Result>(folder: string, fill: (hidden: string) => Result): Result {
  const hidden = `${folder}.partial`;
  return onDisk(dirname(folder), () => {
    try {
      mkdirSync(hidden, { recursive: true });
      const result = fill(hidden);
      for (const name of readdirSync(hidden)) forceToDisk(join(hidden, name));
      forceToDisk(hidden);
      renameSync(hidden, folder);
      forceToDisk(dirname(folder));
      return result;
    } catch (error) {
      rmSync(hidden, { recursive: true, force: true });
      throw error;
    }
  });
}
