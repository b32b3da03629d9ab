/** Which backends run on this machine, how fast, and how exact. */
import { openBackend } from "./backends.ts";
import { consensusBounds, totalRankOf } from "./bounds.ts";
import { exactConsensus } from "./exact/consensus.ts";
import { randomConsensusBatch } from "./example-batches.ts";
import {
  BACKEND_NAMES,
  type BackendName,
  type ConsensusBatch,
  type ConsensusScores,
} from "./types.ts";

export interface Diagnosis {
  readonly name: BackendName;
  readonly device: string;
  /** A graphics driver that computes on the processor. */
  readonly isSoftware: boolean;
  readonly precision: string;
  /** null where it does not run; `problem` says why. */
  readonly problemsPerSecond: number | null;
  /** Largest difference from the exact kernel in the probe, and the bound stated for it. */
  readonly largestError: number | null;
  readonly bound: number | null;
  readonly problem: string | null;
}

export interface DoctorReport {
  readonly shape: { readonly validators: number; readonly miners: number };
  /** Problems a second of the exact kernel, one by one. */
  readonly exactPerSecond: number;
  readonly backends: readonly Diagnosis[];
  /** Of those that agree with the exact kernel; of several runs not always the same. */
  readonly fastest: BackendName;
}

const PROBE = { problems: 64, validators: 64, miners: 256 };
const CONFIRMED = 8;
const PROBE_MS = 250;

/** Takes some seconds. The plain TypeScript backend runs everywhere, so that there is a fastest one. */
export async function examine(
  names: readonly BackendName[] = BACKEND_NAMES,
): Promise<DoctorReport> {
  const batch = randomConsensusBatch("doctor", PROBE);
  const solve = exactConsensus(batch);
  solve(0);
  const started = performance.now();
  const exact = Array.from({ length: CONFIRMED }, (_, p) => solve(p));
  const exactPerSecond = (1000 * CONFIRMED) / (performance.now() - started);
  const backends: Diagnosis[] = [];
  for (const name of names) backends.push(await diagnose(name, batch, exact));
  return { shape: PROBE, exactPerSecond, backends, fastest: fastestOf(backends) };
}

function fastestOf(backends: readonly Diagnosis[]): BackendName {
  const sound = backends.filter(({ problem }) => problem === null);
  const [best] = [...sound].sort((a, b) => b.problemsPerSecond! - a.problemsPerSecond!);
  return best?.name ?? "typescript";
}

async function diagnose(
  name: BackendName,
  batch: ConsensusBatch,
  exact: readonly ReturnType<ReturnType<typeof exactConsensus>>[],
): Promise<Diagnosis> {
  const nothing = { problemsPerSecond: null, largestError: null, bound: null };
  try {
    const backend = await openBackend(name);
    const { device, precision, isSoftware } = backend;
    try {
      const scores = await backend.consensus(batch);
      const { largestError, bound, decided } = compare(backend, batch, scores, exact);
      const rate = await rateOf(() => backend.consensus(batch), batch.problems);
      const problem = decided && largestError > bound ? "is less exact than it must be" : null;
      const found = { problemsPerSecond: rate, largestError, bound, problem };
      return { name, device, isSoftware, precision, ...found };
    } finally {
      await backend.dispose();
    }
  } catch (error) {
    const [problem] = String((error as Error).message).split("\n");
    return { name, device: "", isSoftware: false, precision: "", ...nothing, problem };
  }
}

function compare(
  backend: Parameters<typeof consensusBounds>[0],
  batch: ConsensusBatch,
  scores: ConsensusScores,
  exact: readonly { readonly dividends: Uint16Array }[],
) {
  let largestError = 0;
  let bound = 0;
  let decided = false;
  exact.forEach(({ dividends }, p) => {
    const bounds = consensusBounds(backend, batch, totalRankOf(batch, scores, p));
    if (scores.margin[p] < bounds.undecidedMargin) return;
    decided = true;
    bound = Math.max(bound, bounds.dividends);
    dividends.forEach((stored, i) => {
      const own = scores.dividends[p * batch.validators + i];
      largestError = Math.max(largestError, Math.abs(own - stored / 65_535));
    });
  });
  return { largestError, bound, decided };
}

async function rateOf(run: () => Promise<unknown>, problems: number): Promise<number> {
  let calls = 0;
  const started = performance.now();
  while (calls === 0 || performance.now() - started < PROBE_MS) {
    await run();
    calls++;
  }
  return (1000 * calls * problems) / (performance.now() - started);
}
