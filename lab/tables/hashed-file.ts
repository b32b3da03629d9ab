/**
 * A file written front to back under a temporary name, hashed on the way, and given its own name
 * only when it is complete: nobody ever reads half a table.
 */
import { createHash } from "node:crypto";
import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";

export interface StoredFile {
  readonly bytes: number;
  /** SHA-256 in lower-case hexadecimal. */
  readonly sha256: string;
}

const BUFFER_BYTES = 1 << 20;

export class HashedFile {
  readonly #path: string;
  readonly #partial: string;
  readonly #hash = createHash("sha256");
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  #file: number | null;
  #buffered = 0;
  #bytes = 0;

  constructor(path: string) {
    this.#path = path;
    this.#partial = `${path}.partial`;
    this.#file = openSync(this.#partial, "w");
  }

  /** Takes a copy, so the caller may reuse the array. */
  write(chunk: Uint8Array): void {
    this.#bytes += chunk.byteLength;
    if (this.#buffered + chunk.byteLength > BUFFER_BYTES) this.#flush();
    if (chunk.byteLength > BUFFER_BYTES) {
      this.#store(chunk);
      return;
    }
    this.#buffer.set(chunk, this.#buffered);
    this.#buffered += chunk.byteLength;
  }

  finish(): StoredFile {
    this.#flush();
    this.#close();
    renameSync(this.#partial, this.#path);
    return { bytes: this.#bytes, sha256: this.#hash.digest("hex") };
  }

  /** Leaves nothing behind; harmless after `finish`. */
  abort(): void {
    this.#close();
    rmSync(this.#partial, { force: true });
  }

  #flush(): void {
    this.#store(this.#buffer.subarray(0, this.#buffered));
    this.#buffered = 0;
  }

  #store(chunk: Uint8Array): void {
    if (this.#file === null) throw new Error(`${this.#path} is already closed`);
    this.#hash.update(chunk);
    for (let from = 0; from < chunk.byteLength; ) from += writeSync(this.#file, chunk, from);
  }

  #close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}
