/** The bytes of a regular file, at most so many, without waiting on pipes or devices. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { InputError } from "./fault.ts";

export type Refuse = (problem: string, remedy: string) => never;

export function readBytes(path: string, maxBytes: number, refuse: Refuse): Buffer {
  let file: number | null = null;
  try {
    // Opening a pipe would wait for its other end.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const status = fstatSync(file);
    if (status.isDirectory()) refuse("is a folder", "name a file");
    if (!status.isFile()) refuse("is not a regular file", "name a file");
    if (status.size > maxBytes) {
      refuse(`is ${sizeText(status.size)} large`, `at most ${sizeText(maxBytes)} are read`);
    }
    // One byte more than told: a file that grows meanwhile is not read on and on.
    const buffer = Buffer.alloc(status.size + 1);
    let length = 0;
    for (let count = 1; count > 0 && length < buffer.length; length += count) {
      count = readSync(file, buffer, length, buffer.length - length, null);
    }
    if (length > status.size) refuse("changes while it is read", "wait until it is written");
    return buffer.subarray(0, length);
  } catch (error) {
    if (error instanceof InputError) throw error;
    return refuse("cannot be read", "check its permissions");
  } finally {
    if (file !== null) closeSync(file);
  }
}

const sizeText = (bytes: number): string =>
  bytes < 1_000_000 ? `${bytes} bytes` : `${(bytes / 1_000_000).toFixed(1)} MB`;
