/**
 * The epoch of a subnet under null consensus in a running chain: the hotkey with the most stake alone
 * decides, its weights count as they are, and everybody with stake shares the validators' budget.
 * Bonds stay as they are. Of several mechanisms each has its part of the miners' budget.
 * Source: spec/recent-rules.md section 4.3; what is ours of it stands in ../yuma/null-consensus.ts.
 */
import type { KernelMemory } from "../yuma/kernel/kernel-memory.ts";
import { splitEmission } from "../yuma/mechanisms.ts";
import { nullEpoch } from "../yuma/null-consensus.ts";
import type { EpochOutput, SparseRow } from "../yuma/types.ts";

export interface NullStep {
  readonly n: number;
  readonly totalStakeBits: readonly bigint[];
  readonly blockAtRegistration: ArrayLike<number>;
  /** By mechanism. */
  readonly mechanisms: readonly {
    readonly weights: readonly SparseRow[];
    readonly lastUpdate: ArrayLike<number>;
  }[];
  /** u16 parts of 65,535; null for even parts. */
  readonly split: readonly number[] | null;
  /** What the subnet has saved up: for miners, and all that is not root's, and root's. */
  readonly serverRao: bigint;
  readonly emissionRao: bigint;
  readonly rootRao: bigint;
  /** As they were. */
  readonly bonds: SparseRow[];
}

/** What the chain stores after it; consensus and trust are 0. */
export function nullStep(step: NullStep): EpochOutput {
  const { n, totalStakeBits, blockAtRegistration, mechanisms, split, serverRao, rootRao } = step;
  const restRao = step.emissionRao - serverRao;
  const parts = splitEmission(serverRao, mechanisms.length, split);
  const outputs = mechanisms.map(({ weights, lastUpdate }, m) =>
    nullEpoch({
      ...{ n, totalStakeBits, blockAtRegistration, weights, lastUpdate },
      // Validators are paid for stake, whatever the mechanism: all with the first.
      raoEmission: parts[m] + (m === 0 ? restRao : 0n),
      budgets: { serverRao: parts[m], rootRao: m === 0 ? rootRao : 0n },
    }),
  );
  const [first] = outputs;
  const server = sumsOf(outputs.map(({ serverEmissionRao }) => serverEmissionRao));
  const validator = first.validatorEmissionRao;
  return {
    active: new Array<boolean>(n).fill(true),
    stakeWeight: first.stakeWeight,
    consensus: new Uint16Array(n),
    incentive: partsU16(server),
    dividends: partsU16(validator),
    validatorTrust: new Uint16Array(n),
    emissionRao: server.map((rao, uid) => rao + validator[uid]),
    serverEmissionRao: server,
    validatorEmissionRao: validator,
    validatorPermit: first.validatorPermit,
    bonds: step.bonds,
  };
}

/** What `weighStakes` has left in a kernel's memory, I64F64 bits by uid. */
export const totalStakes = ({ totalStakeBits: pairs }: KernelMemory, n: number): bigint[] =>
  Array.from({ length: n }, (_, uid) => (pairs[2 * uid + 1] << 64n) | pairs[2 * uid]);

const sumsOf = (columns: readonly BigUint64Array[]): BigUint64Array =>
  columns.reduce((sum, column) => sum.map((rao, uid) => rao + column[uid]));

/** Each amount as a part of their sum, of 65,535, floored. */
function partsU16(rao: BigUint64Array): Uint16Array {
  const total = rao.reduce((sum, own) => sum + own, 0n);
  if (total === 0n) return new Uint16Array(rao.length);
  return Uint16Array.from(rao, (own) => Number((own * 65_535n) / total));
}
