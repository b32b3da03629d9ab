/** A case of validators and servers over epochs, run under one version of Yuma. */
import { maxUpscaleU16 } from "../weights/max-upscale.ts";
import { resetBonds } from "../weights/replacement.ts";
import { EpochInputError } from "./check-input.ts";
import { epoch as readableEpoch } from "./epoch.ts";
import { totalStakes } from "./stake-weight.ts";
import { textbookEpoch } from "./textbook.ts";
import type { EpochInput, EpochOutput, EpochParameters, SparseRow } from "./types.ts";
import type { ChainVersion, TextbookVersion, YumaVersion } from "./versions.ts";

/** Uids are the validators' from 0 on, then the servers'. */
export interface YumaCase {
  readonly epochs: readonly CaseEpoch[];
}

export interface CaseEpoch {
  /** By validator, u64. */
  readonly stakeRao: readonly bigint[];
  /** By validator and server, u16; a 0 is a weight too, and stays in the row. */
  readonly weights: readonly (readonly number[])[];
  /** Servers whose bonds are reset before the epoch. */
  readonly resetServers?: readonly number[];
  /** Validators who set a consensus of before in place of their own row. */
  readonly copiers?: readonly Copier[];
}

export interface Copier {
  readonly validator: number;
  /** 0 = the consensus of the last epoch; their own row holds until there is one. */
  readonly lagEpochs: number;
}

/** Fractions, by validator or server. */
export interface CaseResult {
  /** Sum to 1 where anybody earns. */
  readonly dividends: number[];
  readonly incentive: number[];
  readonly consensus: number[];
  readonly validatorTrust: number[];
  /**
   * By validator and server, as the version stores them: yuma1 shares, yuma2 of the server's largest
   * holder, yuma3 of one.
   */
  readonly bonds: number[][];
  /** Shares of the epoch's emission. */
  readonly validatorEmission: number[];
  readonly serverEmission: number[];
}

export type EpochFunction = (input: EpochInput, parameters: EpochParameters) => EpochOutput;

/**
 * The case under a version, a result an epoch. Every epoch has as many validators and servers as the
 * first. Throws EpochInputError, which names the epoch and the field.
 * `epochFunction` computes the chain's epochs: the readable form unless told.
 */
export function runCase(
  yumaCase: YumaCase,
  version: YumaVersion,
  epochFunction: EpochFunction = readableEpoch,
): CaseResult[] {
  checkShapes(yumaCase);
  return version.kind === "textbook"
    ? runTextbook(yumaCase, version)
    : runChain(yumaCase, version, epochFunction);
}

function runTextbook({ epochs }: YumaCase, { parameters }: TextbookVersion): CaseResult[] {
  let bonds = epochs[0].weights.map((row) => row.map(() => 0));
  return inTurn(epochs, ({ stakeRao, resetServers = [], ...given }, before) => {
    const weights = withCopies(given, before);
    const kept = bonds.map((row) => row.map((bond, j) => (resetServers.includes(j) ? 0 : bond)));
    const output = textbookEpoch({ stake: stakeRao.map(Number), weights, bonds: kept }, parameters);
    bonds = output.bonds;
    // The formulas leave dividends that sum to less than 1 while bonds build up.
    const sum = output.dividends.reduce((total, dividend) => total + dividend, 0);
    return { ...output, dividends: output.dividends.map((d) => (sum === 0 ? 0 : d / sum)) };
  });
}

const TEMPO_BLOCKS = 360;
const EMISSION_RAO = 1_000_000_000_000n;
const NO_ROW: SparseRow = { columns: [], values: [] };

function runChain(
  { epochs }: YumaCase,
  { parameters }: ChainVersion,
  epochFunction: EpochFunction,
): CaseResult[] {
  const validators = epochs[0].stakeRao.length;
  const servers = epochs[0].weights[0].length;
  const n = validators + servers;
  let bonds: readonly SparseRow[] = new Array(n).fill(NO_ROW);
  let previousConsensus: Uint16Array | null = null;
  return inTurn(epochs, (given, before) => {
    const index = before.length;
    const reset = given.resetServers ?? [];
    const kept = reset.reduce((rows, server) => resetBonds(rows, validators + server), bonds);
    const block = (index + 2) * TEMPO_BLOCKS;
    const input: EpochInput = {
      n,
      block,
      tempoBlocks: TEMPO_BLOCKS,
      lastMechanismStepBlock: block - TEMPO_BLOCKS,
      raoEmission: EMISSION_RAO,
      totalStakeBits: stakesOf(given, n, index),
      lastUpdate: new Array(n).fill(block - 1),
      blockAtRegistration: new Array(n).fill(0),
      validatorPermit: Array.from({ length: n }, (_, uid) => uid < validators),
      weights: rowsOf(withCopies(given, before), n),
      bonds: kept,
      ownerUid: null,
      previousConsensus,
    };
    const output = inEpoch(index, () => epochFunction(input, parameters));
    bonds = output.bonds;
    previousConsensus = output.consensus;
    return resultOf(output, validators, n);
  });
}

/** The results of the epochs, each of which may depend on those before it. */
function inTurn(
  epochs: readonly CaseEpoch[],
  compute: (given: CaseEpoch, before: readonly CaseResult[]) => CaseResult,
): CaseResult[] {
  const results: CaseResult[] = [];
  for (const given of epochs) results.push(compute(given, results));
  return results;
}

/** The weights that are set: a copier's row is the consensus that it sees. */
function withCopies(
  { weights, copiers = [] }: Pick<CaseEpoch, "weights" | "copiers">,
  before: readonly CaseResult[],
): readonly (readonly number[])[] {
  const rows = [...weights];
  for (const { validator, lagEpochs } of copiers) {
    const seen = before.at(-1 - lagEpochs);
    if (seen) {
      rows[validator] = seen.consensus.map((value) => Math.floor(value * 65_535 + 0.5));
    }
  }
  return rows;
}

const stakesOf = ({ stakeRao }: CaseEpoch, n: number, index: number): bigint[] => {
  const alphaRao = Array.from({ length: n }, (_, uid) => stakeRao[uid] ?? 0n);
  return inEpoch(index, () => totalStakes(alphaRao, new Array(n).fill(0n), 0n));
};

/** Every validator names every server, so that a bond without weight decays and does not vanish. */
function rowsOf(weights: CaseEpoch["weights"], n: number): SparseRow[] {
  return Array.from({ length: n }, (_, uid) => {
    if (uid >= weights.length) return NO_ROW;
    const columns = weights[uid].map((_, server) => weights.length + server);
    return { columns, values: maxUpscaleU16(weights[uid]) };
  });
}

function resultOf(output: EpochOutput, validators: number, n: number): CaseResult {
  const fraction = (value: number) => value / 65_535;
  const share = (rao: bigint) => Number(rao) / Number(EMISSION_RAO);
  return {
    dividends: Array.from(output.dividends.subarray(0, validators), fraction),
    incentive: Array.from(output.incentive.subarray(validators), fraction),
    consensus: Array.from(output.consensus.subarray(validators), fraction),
    validatorTrust: Array.from(output.validatorTrust.subarray(0, validators), fraction),
    bonds: output.bonds.slice(0, validators).map((row) => {
      const dense = new Array<number>(n - validators).fill(0);
      Array.from(row.columns).forEach((column, k) => {
        dense[column - validators] = fraction(row.values[k]);
      });
      return dense;
    }),
    validatorEmission: Array.from(output.validatorEmissionRao.subarray(0, validators), share),
    serverEmission: Array.from(output.serverEmissionRao.subarray(validators), share),
  };
}

function checkShapes({ epochs }: YumaCase): void {
  if (epochs.length === 0) throw new EpochInputError("epochs", "there must be one");
  const validators = epochs[0].stakeRao.length;
  const servers = epochs[0].weights[0]?.length ?? 0;
  if (validators === 0 || servers === 0) {
    throw new EpochInputError("epochs[0]", "there must be a validator and a server");
  }
  epochs.forEach(({ stakeRao, weights, resetServers = [], copiers = [] }, index) => {
    const field = `epochs[${index}]`;
    if (stakeRao.length !== validators || weights.length !== validators) {
      throw new EpochInputError(
        field,
        `must have ${validators} validators, has ${stakeRao.length} stakes and ${weights.length} rows`,
      );
    }
    weights.forEach((row, i) => {
      checkRow(`${field}.weights[${i}]`, row, servers);
    });
    for (const { validator, lagEpochs } of copiers) {
      if (!(validator in stakeRao) || !Number.isInteger(lagEpochs) || lagEpochs < 0) {
        const problem = `there is no validator ${validator}, or no lag of ${lagEpochs} epochs`;
        throw new EpochInputError(`${field}.copiers`, problem);
      }
    }
    for (const server of resetServers) {
      if (!Number.isInteger(server) || server < 0 || server >= servers) {
        throw new EpochInputError(`${field}.resetServers`, `there is no server ${server}`);
      }
    }
  });
}

function checkRow(field: string, row: readonly number[], servers: number): void {
  if (row.length !== servers) {
    throw new EpochInputError(field, `ragged: ${row.length} of ${servers} servers`);
  }
  row.forEach((value, k) => {
    if (!Number.isInteger(value) || value < 0 || value > 65_535) {
      throw new EpochInputError(`${field}[${k}]`, `must be a u16, got ${value}`);
    }
  });
}

/** Puts the epoch in front of the field that an error names. */
function inEpoch<T>(index: number, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof EpochInputError)) throw error;
    throw new EpochInputError(`epochs[${index}].${error.field}`, error.problem);
  }
}
