/**
 * manifest.json: what a run was made from and what it made. `environment`, `timings` and `screening`
 * are the only parts that may differ between two runs of one scenario with one seed and one version.
 */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Fault, InputError } from "../scenarios/fault.ts";

export const MANIFEST_FILE = "manifest.json";
const FORMAT = "hivelab run";
const FORMAT_VERSION = 1;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "not a SHA-256 in hexadecimal");
const date = z.iso.datetime();
const storedFile = z.object({
  /** From the run folder, with forward slashes. */
  path: z.string(),
  bytes: z.int().nonnegative(),
  sha256,
});

const manifestSchema = z.object({
  format: z.literal(FORMAT),
  format_version: z.literal(FORMAT_VERSION),
  program: z.object({
    version: z.string(),
    /** Of the source tree that ran; null in an installed package. */
    commit: z.string().nullable(),
    /** Whether that tree differed from its commit; null where there is no commit. */
    dirty: z.boolean().nullable(),
  }),
  scenario: z.object({
    name: z.string(),
    title: z.string(),
    /** The scenario with every default filled in, as data. */
    completed: z.json(),
  }),
  seed: z.string(),
  span: z.object({
    from_block: z.int().nonnegative(),
    to_block: z.int().nonnegative(),
    from_time: date,
    to_time: date,
  }),
  /** In the order in which they came into force. */
  rule_sets: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      in_force_from: z.iso.date(),
      source: z.string(),
    }),
  ),
  /** A sentence for each rule that the scenario lets begin at another time than the chain did. */
  bent_rules: z.array(z.string()).optional(),
  data: z.array(z.object({ path: z.string(), sha256, source: z.string() })),
  /** One line on which arithmetic made the numbers. */
  arithmetic: z.string(),
  tables: z.array(
    z.object({
      name: z.string(),
      rows: z.int().nonnegative(),
      arrow: storedFile,
      parquet: storedFile,
    }),
  ),
  /** Sentences: what stands for many, and what was assumed for want of a source. */
  aggregated: z.array(z.string()),
  assumptions: z.array(z.string()),
  /** Which backend passed by what decides nothing, within which bound; see lab/screening.ts. */
  screening: z
    .object({
      backend: z.string(),
      device: z.string(),
      precision: z.string(),
      screened: z.int().nonnegative(),
      confirmed: z.int().nonnegative(),
      bound: z.number().nonnegative(),
      largest_error: z.number().nonnegative(),
    })
    .optional(),
  environment: z.object({
    node: z.string(),
    platform: z.string(),
    started_at: date,
  }),
  /** Seconds by name of the part. */
  timings: z.record(z.string(), z.number().nonnegative()),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** What only the caller of a run knows. */
export type RunFacts = Pick<
  Manifest,
  | "scenario"
  | "seed"
  | "span"
  | "rule_sets"
  | "bent_rules"
  | "data"
  | "arithmetic"
  | "aggregated"
  | "assumptions"
  | "screening"
  | "timings"
>;

export const manifestHead = { format: FORMAT, format_version: FORMAT_VERSION } as const;

/** Writes it whole or not at all. */
export function writeManifest(folder: string, manifest: Manifest): void {
  const path = join(folder, MANIFEST_FILE);
  writeFileSync(`${path}.partial`, `${JSON.stringify(manifest, null, 2)}\n`);
  renameSync(`${path}.partial`, path);
}

/** Reads and checks the manifest of a run folder; throws InputError with a line a fault. */
export function readManifest(folder: string): Manifest {
  const file = join(folder, MANIFEST_FILE);
  const fault = (problem: string, remedy: string, field = ""): Fault => ({
    file,
    field,
    problem,
    remedy,
  });
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const problem = code === "ENOENT" || code === "ENOTDIR" ? "not found" : `unreadable (${code})`;
    throw new InputError([fault(problem, "name a folder that `hivelab run` has written")]);
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new InputError([fault("not JSON", "make the run again")]);
  }
  const { format, format_version } = Object(data) as Record<string, unknown>;
  if (format !== FORMAT) {
    throw new InputError([fault("not the manifest of a run", `\`format\` would be "${FORMAT}"`)]);
  }
  if (format_version !== FORMAT_VERSION) {
    const problem = `version ${JSON.stringify(format_version)} of the format`;
    throw new InputError([fault(problem, `this hivelab reads version ${FORMAT_VERSION}`)]);
  }
  const parsed = manifestSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new InputError(
    parsed.error.issues.map(({ message, path }) =>
      fault(message, "make the run again", path.join(".")),
    ),
  );
}
