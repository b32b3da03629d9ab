/**
 * Screening in commands that compute many consensus problems: a backend of gpu-kernels scores them
 * all within a bound, the exact kernel those on which a result hangs. Results are the same bytes
 * whichever backend screens; the manifest says which one did.
 */
import {
  BACKEND_NAMES,
  type Backend,
  type BackendName,
  openBackend,
} from "../gpu-kernels/index.ts";
import { InputError, nearestName } from "../scenarios/fault.ts";

/** `exact` screens nothing. */
export type Screener = BackendName | "exact";

export interface ChosenScreener {
  readonly name: Screener;
  readonly device: string;
  readonly precision: string;
  /** What is to be said once, where it is not the usual choice. */
  readonly note: string | null;
}

/** What was screened and confirmed, as manifests and summaries state it. */
export interface Screened {
  readonly backend: Screener;
  readonly device: string;
  readonly precision: string;
  /** Problems scored by the backend. */
  readonly screened: number;
  /** Problems computed on the exact kernel, for whatever decides. */
  readonly confirmed: number;
  /** The largest stated bound of what the backend was off, and the largest seen where confirmed. */
  readonly bound: number;
  readonly largest_error: number;
}

const EXACT: ChosenScreener = {
  ...{ name: "exact", device: "WebAssembly, one thread", precision: "fixed point", note: null },
};
/** Those that need nothing installed, the fastest first. A GPU is used where it is asked for. */
const USUAL: readonly BackendName[] = ["wasm-f32", "wasm-f64", "typescript"];

/** What a command chooses among; `usual` ends with one that runs everywhere. */
export interface ScreenerChoice {
  readonly usual: readonly BackendName[];
  readonly exact: ChosenScreener;
}

/** Throws InputError for a name that is none, and for a backend that does not run here. */
export async function chooseScreener(
  asked = "auto",
  { usual, exact }: ScreenerChoice = { usual: USUAL, exact: EXACT },
): Promise<ChosenScreener> {
  if (asked === "exact") return exact;
  if (asked !== "auto") return opened(screenerNamed(asked));
  for (const name of usual.slice(0, -1)) {
    const found = await opened(name).catch(() => null);
    if (found !== null) return found;
  }
  const note = "WebAssembly SIMD does not run here: screening in plain TypeScript";
  return { ...(await opened("typescript")), note };
}

async function opened(name: BackendName): Promise<ChosenScreener> {
  let backend: Backend;
  try {
    backend = await openBackend(name);
  } catch (error) {
    const [why] = String((error as Error).message).split("\n");
    const remedy = "`hivelab doctor` says which backends do";
    throw backendFault(`${name} does not run here (${why})`, remedy);
  }
  const { device, precision } = backend;
  await backend.dispose();
  return { name, device, precision, note: null };
}

function screenerNamed(name: string): BackendName {
  return backendNamed(name, ["auto", "exact"]);
}

/** Throws InputError for a name that is none. */
export function backendNamed(name: string, alsoKnown: readonly string[] = []): BackendName {
  const found = BACKEND_NAMES.find((one) => one === name);
  if (found) return found;
  const known = [...alsoKnown, ...BACKEND_NAMES];
  const near = nearestName(name, known);
  const remedy = near ? `did you mean ${near}?` : `one of ${known.join(", ")}`;
  throw backendFault(`no backend is called ${name}`, remedy);
}

const backendFault = (problem: string, remedy: string) =>
  new InputError([{ file: "--backend", field: "", problem, remedy }]);

/** One line for a summary. */
export function screenedLine(one: Screened): string {
  const count = (value: number) => value.toLocaleString("en");
  if (one.backend === "exact") return `${count(one.confirmed)} computed exactly, none screened`;
  const bound = `off by at most ${one.bound.toExponential(1)}`;
  return (
    `${count(one.screened)} screened by ${one.backend} (${one.device}, ${one.precision}, ${bound}), ` +
    `${count(one.confirmed)} confirmed exactly (largest error ${one.largest_error.toExponential(1)})`
  );
}

/** Of parts that were screened on their own, together. */
export function screenedTogether(
  { name, device, precision }: ChosenScreener,
  parts: readonly ScreenedPart[],
): Screened {
  const sum = (of: (part: ScreenedPart) => number) => parts.reduce((all, one) => all + of(one), 0);
  const most = (of: (part: ScreenedPart) => number) =>
    parts.reduce((all, one) => Math.max(all, of(one)), 0);
  return {
    ...{ backend: name, device, precision },
    screened: sum(({ screened }) => screened),
    confirmed: sum(({ confirmed }) => confirmed),
    bound: most(({ bound }) => bound),
    largest_error: most(({ largestError }) => largestError),
  };
}

export interface ScreenedPart {
  readonly screened: number;
  readonly confirmed: number;
  readonly bound: number;
  readonly largestError: number;
}
