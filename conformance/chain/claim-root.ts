/** Checks of claim_root.json. */
import { splitTake } from "../../sim/bittensor/coinbase/dividends.ts";
import {
  CLAIM_THRESHOLD_RAO,
  CLAIMS_PER_BLOCK,
  claimIndices,
  claimRateIncreaseBits,
  earnedRao,
  MAX_SUBNET_CLAIMS,
  owedRao,
} from "../../sim/bittensor/staking/root-claims.ts";
import { fromInteger, I96F32, toFloat, U96F32 } from "../../sim/fixed/fixed-point.ts";
import { differs, firstDifference, type RecordCheck } from "../format.ts";
import { farFrom } from "../tolerance.ts";

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.slice(2).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

const TAKE_DEFAULT_U16 = 11_796;

/** Pending root alpha after the default take: the owner's part and the increase of the rate. */
function accrued(pendingRao: bigint, rootStakeRao: bigint) {
  const { takeRao, stakersRao } = splitTake(fromInteger(U96F32, pendingRao), TAKE_DEFAULT_U16);
  const rate = claimRateIncreaseBits(stakersRao, rootStakeRao);
  if (rate === null) throw new Error("the dividend exceeds the root stake");
  return { takeRao, rate };
}

const indices: RecordCheck = ({ hash, k, n, indices: wanted }) =>
  differs("indices", wanted, claimIndices(bytesOf(hash), k, n));

/** Two stakers claim from a hotkey on which a third holds the rest. */
const twoStakers: RecordCheck = (record, group) => {
  const stakes = (record.stakes as string[]).map(BigInt);
  const total = stakes.reduce((sum, stake) => sum + stake, 0n);
  const { rate } = accrued(BigInt(record.pending_root_alpha), total);
  const owed = stakes.slice(0, 2).map((stake) => owedRao(rate, stake, 0n));
  for (const [index, wanted] of record.claimed.entries()) {
    const failure = farFrom(`staker ${index}`, wanted, owed[index], group.tolerance);
    if (failure !== null) return failure;
  }
  if (record.equal) return differs("equal", owed[0], owed[1]);
  return farFrom("twice", 2n * owed[0], owed[1], 1);
};

const drainAndClaim: RecordCheck = (record) => {
  const stake = BigInt(record.root_stake);
  const { takeRao, rate } = accrued(BigInt(record.pending_root_alpha), stake);
  const first = owedRao(rate, stake, 0n);
  const second = first + owedRao(2n * rate, stake, first);
  return (
    farFrom(
      "owner",
      record.owner_alpha_after,
      BigInt(record.owner_alpha_before) + takeRao,
      record.owner_tolerance,
    ) ??
    farFrom("rate", record.rate, toFloat(I96F32, rate), record.rate_tolerance) ??
    farFrom("claim", record.keep_claim_alpha, first, record.claim_tolerance) ??
    farFrom("both", record.second_round_total_claimed, second, record.claim_tolerance)
  );
};

export const claimRootChecks: Readonly<Record<string, RecordCheck>> = {
  "claim rate and owed": (record) => {
    const rate = claimRateIncreaseBits(BigInt(record.amount), BigInt(record.hotkey_root_stake));
    const owed = (record.stake_owed as [string, string][]).map(([stake]) => [
      stake,
      earnedRao(rate ?? 0n, BigInt(stake)),
    ]);
    return firstDifference(
      ["rate", record.rate_i96f32_bits, rate],
      ["owed", record.stake_owed, owed],
    );
  },
  block_hash_to_indices: indices,
  "block_hash_to_indices extra": indices,
  "drain + claim": drainAndClaim,
  "two stakers proportional": twoStakers,
  "two stakers disproportional": twoStakers,
  thresholds: (record) =>
    firstDifference(
      ["threshold", record.default_threshold_rao, CLAIM_THRESHOLD_RAO.default],
      ["max threshold", record.max_threshold_rao, CLAIM_THRESHOLD_RAO.max],
      ["claims", record.num_root_claim_default, CLAIMS_PER_BLOCK.default],
      ["max claims", record.num_root_claim_max, CLAIMS_PER_BLOCK.max],
      ["subnets in a claim", record.max_subnet_claims, MAX_SUBNET_CLAIMS],
    ),
};
