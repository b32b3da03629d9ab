/** A loaded case under all its versions, in the exact kernel (the textbook in float64). */
import type { LoadedCase } from "../../scenarios/cases/load.ts";
import { createEpochKernel } from "../../sim/bittensor/yuma/kernel/epoch-kernel.ts";
import { type CaseResult, type EpochFunction, runCase } from "../../sim/bittensor/yuma/run-case.ts";
import {
  type CapturedSubnet,
  runMetagraph,
  settersOf,
} from "../../sim/bittensor/yuma/run-metagraph.ts";

export interface CaseRun {
  readonly validators: readonly string[];
  readonly servers: readonly string[];
  readonly epochs: number;
  /** By epoch and validator. */
  readonly stakeTao: readonly (readonly number[])[];
  readonly versions: readonly {
    readonly name: string;
    readonly title: string;
    /** By epoch. */
    readonly results: readonly CaseResult[];
  }[];
}

/** Throws EpochInputError where the case does not fit an epoch. */
export function runLoadedCase({ file, what, versions }: LoadedCase): CaseRun {
  if (what.kind === "named") {
    const { epochs } = what.yumaCase;
    const { validators = [], servers = [] } = file;
    const n = validators.length + servers.length;
    const compute = kernelFunction(n, validators.length * servers.length);
    return {
      ...{ validators, servers, epochs: file.epochs },
      stakeTao: epochs.map(({ stakeRao }) => stakeRao.map((rao) => Number(rao) / 1e9)),
      versions: versions.map((version) => ({
        ...{ name: version.name, title: version.title },
        results: runCase(what.yumaCase, version, compute),
      })),
    };
  }
  const { metagraph } = what;
  const subnet: CapturedSubnet = {
    stakeRao: metagraph.stakeRao,
    weights: metagraph.weights.map((row) => ({
      columns: row.map(({ uid }) => uid),
      values: row.map(({ weightU16 }) => weightU16),
    })),
  };
  const setters = settersOf(subnet);
  const n = subnet.weights.length;
  const stakes = setters.map((uid) => Number(metagraph.stakeRao[uid]) / 1e9);
  const compute = kernelFunction(n, setters.length * n);
  return {
    validators: setters.map((uid) => `uid ${uid}`),
    servers: subnet.weights.map((_, uid) => `uid ${uid}`),
    epochs: file.epochs,
    stakeTao: Array.from({ length: file.epochs }, () => stakes),
    versions: versions.map((version) => ({
      ...{ name: version.name, title: version.title },
      results: runMetagraph(subnet, version, file.epochs, compute),
    })),
  };
}

/** The last kernel is kept: the runs of a sweep or a search have cases of one size. */
let kept: { readonly size: string; readonly compute: EpochFunction } | null = null;

function kernelFunction(maxNeurons: number, maxEntries: number): EpochFunction {
  const size = `${maxNeurons} ${maxEntries}`;
  if (kept?.size === size) return kept.compute;
  const kernel = createEpochKernel({ maxNeurons, maxEntries: Math.max(1, maxEntries) });
  const compute: EpochFunction = (input, parameters) => kernel.runEpoch(input, parameters);
  kept = { size, compute };
  return compute;
}

/** Totals of a validator over all epochs under one version. */
export interface ValidatorTotal {
  readonly validator: string;
  /** Alpha received. */
  readonly dividendsAlpha: number;
  /** Mean over epochs of the alpha received per 1,000 TAO of stake. */
  readonly perThousandTao: number;
}

/** Alpha that a validator gets in an epoch, and per 1,000 TAO of its stake (null without stake). */
export function paid(
  run: CaseRun,
  results: readonly CaseResult[],
  emission: number,
  [epoch, validator]: readonly [number, number],
): { readonly alpha: number; readonly perThousandTao: number | null } {
  const alpha = (results[epoch].dividends[validator] * emission) / 2;
  const stake = run.stakeTao[epoch][validator];
  return { alpha, perThousandTao: stake === 0 ? null : (alpha * 1000) / stake };
}

export const totals = (
  run: CaseRun,
  results: readonly CaseResult[],
  emission: number,
): ValidatorTotal[] =>
  run.validators.map((validator, v) => {
    const each = results.map((_, epoch) => paid(run, results, emission, [epoch, v]));
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    return {
      validator,
      dividendsAlpha: sum(each.map(({ alpha }) => alpha)),
      perThousandTao: sum(each.map(({ perThousandTao }) => perThousandTao ?? 0)) / results.length,
    };
  });
