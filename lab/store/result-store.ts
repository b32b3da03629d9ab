/**
 * Where results lie that several machines share: bytes by content address. Writing the same address
 * twice writes the same bytes, so nobody has to ask first.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { InputError } from "../../scenarios/fault.ts";
import { writeDurably } from "./durable.ts";
import { makeFolders, onPlace } from "./make-folder.ts";

export interface ResultStore {
  /** As it would be given on the command line. */
  readonly place: string;
  /** Null where nothing has this address. */
  get(address: string): Promise<Uint8Array | null>;
  /** Whole or not at all. */
  put(address: string, bytes: Uint8Array): Promise<void>;
}

const ADDRESS = /^[a-z0-9]+(\/[a-z0-9_.-]+)+$/;

/** Throws RangeError for what is no address: it must not lead out of the store. */
export function checkAddress(address: string): void {
  if (!ADDRESS.test(address) || address.includes("..")) {
    throw new RangeError(`${JSON.stringify(address)} is no address of a result`);
  }
}

/** A folder that all machines see; made with the first result. */
export class FolderStore implements ResultStore {
  readonly place: string;

  constructor(folder: string) {
    this.place = resolve(folder);
  }

  async get(address: string): Promise<Uint8Array | null> {
    checkAddress(address);
    const path = join(this.place, address);
    return existsSync(path) ? readFileSync(path) : null;
  }

  async put(address: string, bytes: Uint8Array): Promise<void> {
    checkAddress(address);
    const path = join(this.place, address);
    onPlace(this.place, "--results", () => {
      makeFolders(dirname(path));
      writeDurably(path, bytes);
    });
  }
}

/** `s3://bucket/prefix`, or the path of a folder. Throws InputError. */
export async function openResultStore(place: string): Promise<ResultStore> {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(place)) return new FolderStore(place);
  const { openS3Store } = await import("./s3-store.ts");
  const found = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,62})(?:\/(.*))?$/.exec(place);
  if (found) return openS3Store(place, found[1], (found[2] ?? "").replace(/\/+$/, ""));
  const problem = `${place} is no place for results`;
  const remedy = "the path of a folder, or s3://bucket/prefix";
  throw new InputError([{ file: "--results", field: "", problem, remedy }]);
}
