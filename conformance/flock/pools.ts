/** Delegation pools, displayed yields and FL Alliance rounds against their vectors. */

import { payByStake, roundRewardWei, slash, verdicts } from "../../sim/flock/alliance/rounds.ts";
import {
  flockFromWei,
  SECONDS_PER_DAY,
  scaledFraction,
  WEI_PER_FLOCK,
  weiFromFlock,
} from "../../sim/flock/amounts.ts";
import {
  claim,
  claimableWei,
  type DelegationPool,
  delegate,
  delegationPool,
  fund,
  undelegate,
  weightAt,
} from "../../sim/flock/delegation.ts";
import {
  compoundedEapy,
  dailyReturn,
  dailyReturnForEapy,
  simpleEapy,
} from "../../sim/flock/eapy.ts";
import { FLOCK_PARAMETERS } from "../../sim/flock/parameters.ts";
import type { JsonObject, RecordCheck, VectorGroup } from "../format.ts";
import { listOf } from "./token.ts";
import { differsBeyond, printed, statedTolerance } from "./tolerance.ts";

type PoolEvent = readonly [day: number, kind: string, who: string, amount: number];

interface PoolCase {
  readonly events: readonly PoolEvent[];
  readonly end: number;
  readonly expected: JsonObject;
}

/** Of the pool's clock: fine enough that a moment between two seconds loses nothing that shows. */
const TICKS_PER_DAY = 10_000_000 * SECONDS_PER_DAY;
const ticks = (days: number): number => Math.round(days * TICKS_PER_DAY);

export function delegationPoolGroups(document: JsonObject): VectorGroup[] {
  const tolerance = statedTolerance(document);
  const check: RecordCheck = (record: PoolCase) =>
    differsBeyond("expected", record.expected, poolOutcome(record), tolerance);
  const { delegatorClaimFee, operatorClaimFee } = FLOCK_PARAMETERS.arena;
  return [
    { name: "cases", records: listOf(document.cases), check },
    {
      name: "fees",
      records: document.fees ? [document.fees] : [],
      check: (fees) =>
        differsBeyond(
          "fees",
          fees,
          {
            delegator_claim_fee: delegatorClaimFee.value,
            node_validator_claim_fee: operatorClaimFee.value,
          },
          tolerance,
        ),
    },
  ];
}

function poolOutcome({ events, end }: PoolCase): JsonObject {
  const pool = delegationPool();
  const names: string[] = [];
  const numberOf = (name: string) => {
    if (!names.includes(name)) names.push(name);
    return names.indexOf(name);
  };
  const claimed: Record<string, number> = {};
  const inOrder = [...events].sort((a, b) => a[0] - b[0]);
  for (const [day, kind, who, amount] of inOrder) {
    const paid = applyEvent(pool, kind, kind === "fund" ? -1 : numberOf(who), amount, ticks(day));
    if (kind === "claim") claimed[who] = (claimed[who] ?? 0) + paid;
  }
  const now = ticks(end);
  const perName = (value: (who: number) => number) =>
    Object.fromEntries(names.map((name, who) => [name, value(who)]));
  return {
    claimed,
    claimable_at_end: perName((who) => flockFromWei(claimableWei(pool, who, now))),
    temporal_at_end: perName((who) => {
      const member = pool.members.get(who);
      return member ? flockFromWei(weightAt(member, now) / BigInt(TICKS_PER_DAY)) : 0;
    }),
    pool_rewards_left: flockFromWei(pool.rewardsWei),
  };
}

/** What the event paid out. Throws on an event that the pool refuses or does not know. */
function applyEvent(
  pool: DelegationPool,
  kind: string,
  who: number,
  amount: number,
  now: number,
): number {
  if (kind === "fund") fund(pool, weiFromFlock(amount));
  else if (kind === "delegate") delegate(pool, who, weiFromFlock(amount), now);
  else if (kind === "undelegate") {
    const refusal = undelegate(pool, who, weiFromFlock(amount), now, 0);
    if (refusal) throw new Error(`undelegate: ${refusal}`);
  } else if (kind === "claim") {
    const outcome = claim(pool, who, now, 0);
    return outcome.claimed ? flockFromWei(outcome.grossWei) : 0;
  } else throw new Error(`unknown event ${kind}`);
  return 0;
}

export function eapyGroups(document: JsonObject): VectorGroup[] {
  const tolerance = statedTolerance(document);
  const checkYield: RecordCheck = ({ inputs, expected }) => {
    const last = (column: number[]) => column.slice(-inputs.n);
    const [shares, rewards, stakes] = [inputs.share, inputs.pool_reward, inputs.stake].map(last);
    const days = shares.map((sharingRatio, i) => ({
      sharingRatio,
      poolReward: rewards[i],
      stake: stakes[i],
    }));
    const daily = dailyReturn(days);
    const got = {
      R_t: daily,
      eAPY_compounded: compoundedEapy(daily),
      eAPY_simple: simpleEapy(daily),
    };
    return differsBeyond("expected", expected, got, printed(8, tolerance));
  };
  const checkInverse: RecordCheck = ({ target_eapy_simple, required_R_t }) =>
    differsBeyond(
      "required_R_t",
      required_R_t,
      dailyReturnForEapy(target_eapy_simple),
      printed(9, tolerance),
    );
  return [
    { name: "cases", records: listOf(document.cases), check: checkYield },
    { name: "inverse", records: listOf(document.inverse), check: checkInverse },
  ];
}

export function allianceGroups(document: JsonObject): VectorGroup[] {
  const tolerance = statedTolerance(document);
  return [
    {
      name: "reward_cases",
      records: listOf(document.reward_cases),
      check: ({ inputs, expected }) =>
        differsBeyond("expected", expected, paidRounds(inputs), printed(6, tolerance)),
    },
    {
      name: "slash_cases",
      records: listOf(document.slash_cases),
      check: ({ inputs, expected }) => {
        const cut = slash(
          weiFromFlock(inputs.stake),
          scaledFraction(inputs.slash_pct, WEI_PER_FLOCK),
          scaledFraction(FLOCK_PARAMETERS.alliance.slasherShare.value, WEI_PER_FLOCK),
          WEI_PER_FLOCK,
        );
        const got = {
          slashed: flockFromWei(cut.slashedWei),
          to_pool: flockFromWei(cut.toPoolWei),
          to_slasher: flockFromWei(cut.toSlasherWei),
          stake_after: flockFromWei(cut.stakeAfterWei),
        };
        return differsBeyond("expected", expected, got, printed(6, tolerance));
      },
    },
    {
      name: "sign_rule",
      records: listOf(document.sign_rule),
      check: (record) => {
        const verdict = verdicts(record.aggregate_vote);
        const got = {
          aggregate_vote: record.aggregate_vote,
          proposer: verdict.proposers,
          voter_nonneg: verdict.votersFor,
          voter_neg: verdict.votersAgainst,
        };
        return differsBeyond("verdict", record, got, tolerance);
      },
    },
  ];
}

interface RoundInputs {
  readonly pool: number;
  readonly rounds: number;
  readonly stakes: readonly Readonly<Record<string, number>>[];
}

function paidRounds({ pool, rounds, stakes }: RoundInputs): JsonObject[] {
  let poolLeftWei = weiFromFlock(pool);
  return stakes.map((byName, round) => {
    const rewardWei = roundRewardWei(poolLeftWei, rounds - round);
    const paid = payByStake(rewardWei, Object.values(byName).map(weiFromFlock));
    for (const amountWei of paid) poolLeftWei -= amountWei;
    return {
      round,
      round_reward: flockFromWei(rewardWei),
      paid: Object.fromEntries(Object.keys(byName).map((name, i) => [name, flockFromWei(paid[i])])),
    };
  });
}
