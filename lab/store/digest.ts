/** SHA-256 of texts, of which a sweep takes some for every run, and of files. */
import crypto from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";

/** In hexadecimal. Since Node 20.12 a call needs no object, which takes most of the time. */
export const sha256OfText: (text: string) => string =
  typeof crypto.hash === "function"
    ? (text) => crypto.hash("sha256", text, "hex")
    : (text) => crypto.createHash("sha256").update(text).digest("hex");

const BLOCK_BYTES = 1 << 20;

/** Of all bytes of a file, a block at a time in memory. */
export function digestOfFile(path: string): { bytes: number; sha256: string } {
  const hash = crypto.createHash("sha256");
  const block = new Uint8Array(BLOCK_BYTES);
  const handle = openSync(path, "r");
  let bytes = 0;
  try {
    for (;;) {
      const count = readSync(handle, block, 0, BLOCK_BYTES, null);
      if (count === 0) return { bytes, sha256: hash.digest("hex") };
      hash.update(block.subarray(0, count));
      bytes += count;
    }
  } finally {
    closeSync(handle);
  }
}
