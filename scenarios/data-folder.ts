/** Data that a scenario names: the name of a folder under data/, or the path of a folder like it. */
import { dirname, join, resolve } from "node:path";
import type { z } from "zod";
import { checkTree } from "./check.ts";
import { InputError, nearestName } from "./fault.ts";
import { type InputFile, readInputFile } from "./input-file.ts";
import { dataFolder, shippedData } from "./shipped.ts";
import { type Place, shown } from "./tree.ts";
import { readYaml } from "./yaml-tree.ts";

/** A file that went into a run: for its manifest. */
export interface Source {
  /** From the project's folder, or the package's for shipped files, with slashes. */
  readonly path: string;
  readonly sha256: string;
  /** Where its content comes from. */
  readonly source: string;
}

/** A name or path as it was written, and where. */
export interface DataReference {
  readonly text: string;
  readonly place: Place;
  readonly field: string;
  /** The path of the file in which it was written: relative paths start at its folder. */
  readonly base: string;
  readonly project: string;
}

const MAX_DATA_BYTES = 16_000_000;

export class DataFolder {
  readonly sources: Source[] = [];

  private constructor(
    private readonly folder: string,
    private readonly reference: DataReference,
  ) {}

  /** `marker` is the file by which folders of this kind are known. Throws InputError. */
  static open(reference: DataReference, marker: string): DataFolder {
    const { text, base, place, field } = reference;
    if (/^\.|[/\\]/.test(text)) return new DataFolder(resolve(dirname(base), text), reference);
    const known = shippedData(marker);
    if (known.includes(text)) return new DataFolder(join(dataFolder, text), reference);
    const near = nearestName(text, known);
    const remedy = near ? `did you mean ${near}?` : `shipped are ${known.join(", ")}`;
    const problem = `${shown(text)} is not among the shipped data`;
    throw new InputError([
      {
        ...place,
        field,
        problem,
        remedy: `${remedy} (the path of a folder of your own starts with ./)`,
      },
    ]);
  }

  read(name: string): InputFile {
    const { place, field, project, text } = this.reference;
    const file = readInputFile(join(this.folder, name), {
      maxBytes: MAX_DATA_BYTES,
      project,
      namedAt: { place, field, text },
    });
    this.sources.push({ path: file.source, sha256: file.sha256, source: "" });
    return file;
  }

  /** Reads about.json by a schema. */
  about<S extends z.ZodType<{ source: string }>>(schema: S): z.output<S> {
    const file = this.read("about.json");
    return checkTree(schema, readYaml(file.text, file.shownAs));
  }

  /** The files read so far, all with the same origin. */
  sourcesFrom = (source: string): Source[] => this.sources.map((file) => ({ ...file, source }));
}
