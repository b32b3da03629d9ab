/** For tests: a folder of scenario files that is removed again, and what a person would see. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { InputError } from "../fault.ts";
import { type LoadedScenario, loadScenario } from "../load.ts";
import { loadAnyScenario } from "../load-flock.ts";

export interface TemporaryProject {
  readonly folder: string;
  /** Writes a file (and the folders above it); returns its path. */
  write(name: string, content: string | Uint8Array): string;
  load(path: string, sets?: readonly string[]): LoadedScenario;
  /** The lines of the faults, without the temporary folder's name; none when it loads. */
  faultLines(path: string, sets?: readonly string[]): string[];
  remove(): void;
}

export function temporaryProject(): TemporaryProject {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "hivelab-")));
  return {
    folder,
    write(name, content) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      return path;
    },
    load: loadScenario,
    faultLines(path, sets = []) {
      try {
        loadAnyScenario(path, sets);
        return [];
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        return error.message.replaceAll(`${folder}/`, "").replaceAll(folder, "FOLDER").split("\n");
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
