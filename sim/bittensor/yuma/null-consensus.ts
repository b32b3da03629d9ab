/**
 * Null consensus (spec 475): one validator decides. The hotkey with the most stake alone may set
 * weights, they count as they are, and everybody with stake shares the validators' half. No subnet
 * had chosen it by block 9,240,814.
 *
 * Two points are not established by the source and are ours: which shares get the units that
 * rounding leaves (the first ones by uid), and what makes a row stale (all its entries are dropped).
 * Source: spec/recent-rules.md section 4.3.
 */
import { I64F64 } from "../../fixed/fixed-point.ts";
import { u16sFromProportions } from "./proportions.ts";
import { stakeShares } from "./stake.ts";
import type { EpochInput } from "./types.ts";

export type NullEpochInput = Pick<
  EpochInput,
  "n" | "raoEmission" | "totalStakeBits" | "weights" | "lastUpdate" | "blockAtRegistration"
> & {
  /** What the subnet has saved up for miners and for root; absent: miners get half, root nothing. */
  readonly budgets?: { readonly serverRao: bigint; readonly rootRao: bigint };
};

/** Consensus and validator trust are 0, and bonds stay as they are. */
export interface NullEpochOutput {
  /** True for the one who decides; nobody's where nobody has stake. */
  readonly validatorPermit: boolean[];
  readonly stakeWeight: Uint16Array;
  /** rao; together exactly the emission. */
  readonly serverEmissionRao: BigUint64Array;
  readonly validatorEmissionRao: BigUint64Array;
}

/** The uid with the most whole rao of stake, the lowest of equals; null where nobody has any. */
export function decidingUid(totalStakeBits: ArrayLike<bigint>): number | null {
  const stakeRao = Array.from(totalStakeBits, (bits) => bits >> I64F64.fractionBits);
  const best = stakeRao.reduce((winner, rao, uid) => (rao > stakeRao[winner] ? uid : winner), 0);
  return stakeRao.length > 0 && stakeRao[best] > 0n ? best : null;
}

/** An epoch under null consensus. The state is trusted, as by `trustedEpoch`. */
export function nullEpoch(input: NullEpochInput): NullEpochOutput {
  const { n, raoEmission, totalStakeBits, budgets } = input;
  const uids = Array.from({ length: n }, (_, uid) => uid);
  const winner = decidingUid(totalStakeBits);
  const minersPot = minersPotRao(input, winner);
  const rootRao = winner === null ? (budgets?.rootRao ?? 0n) : 0n;
  return {
    validatorPermit: uids.map((uid) => uid === winner),
    stakeWeight: u16sFromProportions(stakeShares(Array.from(totalStakeBits))),
    serverEmissionRao: splitExactly(minersPot, minerShares(input, winner)),
    validatorEmissionRao: splitExactly(
      raoEmission - minersPot - rootRao,
      Array.from(totalStakeBits),
    ),
  };
}

/** Without any stake everything but root's budget; else the miners' budget, or the larger half. */
function minersPotRao({ raoEmission, budgets }: NullEpochInput, winner: number | null): bigint {
  if (winner === null) return raoEmission - (budgets?.rootRao ?? 0n);
  return budgets?.serverRao ?? raoEmission - raoEmission / 2n;
}

/** The winner's weights towards those who were registered before; equal where none is left. */
function minerShares(input: NullEpochInput, winner: number | null): bigint[] {
  const shares = new Array<bigint>(input.n).fill(0n);
  if (winner !== null) {
    const { columns, values } = input.weights[winner];
    for (let k = 0; k < columns.length; k++) {
      const isKnown = input.blockAtRegistration[columns[k]] < input.lastUpdate[winner];
      if (columns[k] < input.n && isKnown) shares[columns[k]] = BigInt(values[k]);
    }
  }
  return shares.some((share) => share > 0n) ? shares : shares.fill(1n);
}

/**
 * A pot in proportion to the shares: each gets the floor, and one unit of what is left goes to each
 * of the first shares above 0, so that the parts sum to the pot. All 0 where all shares are.
 */
export function splitExactly(potRao: bigint, shares: readonly bigint[]): BigUint64Array {
  const total = shares.reduce((sum, share) => sum + share, 0n);
  const parts = new BigUint64Array(shares.length);
  if (total === 0n) return parts;
  shares.forEach((share, k) => {
    parts[k] = (potRao * share) / total;
  });
  let rest = potRao - parts.reduce((sum, part) => sum + part, 0n);
  for (let k = 0; rest > 0n; k++) {
    if (shares[k] === 0n) continue;
    parts[k]++;
    rest--;
  }
  return parts;
}
