/** A captured subnet kept as it is for some epochs, under one version of Yuma. */
import { epoch as readableEpoch } from "./epoch.ts";
import type { CaseResult, EpochFunction } from "./run-case.ts";
import { totalStakes } from "./stake-weight.ts";
import { textbookEpoch } from "./textbook.ts";
import type { EpochInput, EpochParameters, SparseRow } from "./types.ts";
import type { TextbookVersion, YumaVersion } from "./versions.ts";

export interface CapturedSubnet {
  /** By uid, u64. */
  readonly stakeRao: ArrayLike<bigint>;
  /** By uid, u16 values; empty for who sets none. */
  readonly weights: readonly SparseRow[];
}

/** Who sets weights: the validators, in the order of uids. Servers are all uids. */
export const settersOf = ({ weights }: CapturedSubnet): number[] =>
  weights.flatMap((row, uid) => (row.columns.length > 0 ? [uid] : []));

const TEMPO_BLOCKS = 360;
const EMISSION_RAO = 1_000_000_000_000n;

/**
 * A result an epoch: validators are those who set weights, and all of them hold permits; servers are
 * all uids. Bonds start empty. `epochFunction` computes the chain's epochs.
 */
export function runMetagraph(
  subnet: CapturedSubnet,
  version: YumaVersion,
  epochs: number,
  epochFunction: EpochFunction = readableEpoch,
): CaseResult[] {
  return version.kind === "textbook"
    ? runTextbook(subnet, version, epochs)
    : runChain(subnet, version.parameters, epochs, epochFunction);
}

function runChain(
  subnet: CapturedSubnet,
  parameters: EpochParameters,
  epochs: number,
  epochFunction: EpochFunction,
): CaseResult[] {
  const { weights, stakeRao } = subnet;
  const n = weights.length;
  const setters = settersOf(subnet);
  const totalStakeBits = totalStakes(Array.from(stakeRao), new Array(n).fill(0n), 0n);
  let bonds: readonly SparseRow[] = weights.map(() => ({ columns: [], values: [] }));
  let previousConsensus: Uint16Array | null = null;
  return Array.from({ length: epochs }, (_, index) => {
    const block = (index + 2) * TEMPO_BLOCKS;
    const input: EpochInput = {
      ...{ n, block, tempoBlocks: TEMPO_BLOCKS, raoEmission: EMISSION_RAO, totalStakeBits },
      lastMechanismStepBlock: block - TEMPO_BLOCKS,
      lastUpdate: new Array(n).fill(block - 1),
      blockAtRegistration: new Array(n).fill(0),
      validatorPermit: weights.map((row) => row.columns.length > 0),
      ...{ weights, bonds, ownerUid: null, previousConsensus },
    };
    const output = epochFunction(input, parameters);
    bonds = output.bonds;
    previousConsensus = output.consensus;
    const share = (rao: bigint) => Number(rao) / Number(EMISSION_RAO);
    return {
      dividends: setters.map((uid) => output.dividends[uid] / 65_535),
      incentive: Array.from(output.incentive, (value) => value / 65_535),
      consensus: Array.from(output.consensus, (value) => value / 65_535),
      validatorTrust: setters.map((uid) => output.validatorTrust[uid] / 65_535),
      bonds: setters.map((uid) => dense(output.bonds[uid], n, 65_535)),
      validatorEmission: setters.map((uid) => share(output.validatorEmissionRao[uid])),
      serverEmission: Array.from(output.serverEmissionRao, share),
    };
  });
}

function runTextbook(
  subnet: CapturedSubnet,
  version: TextbookVersion,
  epochs: number,
): CaseResult[] {
  const n = subnet.weights.length;
  const setters = settersOf(subnet);
  const stake = setters.map((uid) => Number(subnet.stakeRao[uid]));
  const weights = setters.map((uid) => dense(subnet.weights[uid], n, 1));
  let bonds = weights.map((row) => row.map(() => 0));
  return Array.from({ length: epochs }, () => {
    const output = textbookEpoch({ stake, weights, bonds }, version.parameters);
    bonds = output.bonds;
    const sum = output.dividends.reduce((total, dividend) => total + dividend, 0);
    return { ...output, dividends: output.dividends.map((d) => (sum === 0 ? 0 : d / sum)) };
  });
}

function dense({ columns, values }: SparseRow, n: number, unit: number): number[] {
  const row = new Array<number>(n).fill(0);
  Array.from(columns).forEach((column, k) => {
    row[column] = values[k] / unit;
  });
  return row;
}
