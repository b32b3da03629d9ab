/** AI Arena rewards and settlement against their vectors. */
import {
  flockFromWei,
  scaledFraction,
  WEI_PER_FLOCK,
  weiFromFlock,
} from "../../sim/flock/amounts.ts";
import {
  effectiveStake,
  rankWeights,
  ratioOfTwo,
  shareWithDelegators,
  stakeShares,
} from "../../sim/flock/arena/rewards.ts";
import { type Payment, settleDay, type UploadedShare } from "../../sim/flock/arena/settlement.ts";
import { splitRoles } from "../../sim/flock/arena/split.ts";
import type { JsonObject, RecordCheck, VectorGroup } from "../format.ts";
import { listOf } from "./token.ts";
import { differsBeyond, printed, statedTolerance } from "./tolerance.ts";

interface Participant {
  readonly id: string;
  readonly stake: number;
  readonly delegated: number;
  readonly sigma: number;
  readonly g?: number;
  readonly F?: number;
}

interface RewardInputs {
  readonly R0: number;
  readonly gamma: number;
  readonly alpha_t: number;
  readonly alpha_v: number;
  readonly nodes: readonly Participant[];
  readonly validators: readonly Participant[];
  readonly count_delegated_in_split: boolean;
  readonly eps?: number;
}

/** `eps` is 1 in the documentation's example, which leaves it out. */
const effectiveBy =
  (eps: number) =>
  ({ stake, delegated }: Participant): number =>
    effectiveStake(stake, delegated, eps);

function roleRewards(
  participants: readonly Participant[],
  pool: number,
  exponent: number,
  owner: "node" | "validator",
  effective: (participant: Participant) => number,
): JsonObject[] {
  const weights = participants.map(({ g, F }) => g ?? F ?? 0);
  const shares = stakeShares(weights, participants.map(effective), exponent);
  return participants.map(({ id, sigma, stake, delegated }, i) => {
    const f = pool * shares[i];
    const shared = shareWithDelegators(f, sigma, stake, delegated);
    return {
      id,
      fraction: shares[i],
      f_i: f,
      [owner]: shared.owner,
      delegators: shared.delegators,
    };
  });
}

function arenaRewards(inputs: RewardInputs): JsonObject {
  const effective = effectiveBy(inputs.eps ?? 1);
  const stakeOf = (participants: readonly Participant[]) =>
    participants.reduce(
      (sum, who) => sum + (inputs.count_delegated_in_split ? effective(who) : who.stake),
      0,
    );
  const pools = splitRoles(
    inputs.R0,
    inputs.gamma,
    stakeOf(inputs.nodes),
    stakeOf(inputs.validators),
  );
  return {
    training_pool: pools.nodes,
    validator_pool: pools.validators,
    nodes: roleRewards(inputs.nodes, pools.nodes, inputs.alpha_t, "node", effective),
    validators: roleRewards(
      inputs.validators,
      pools.validators,
      inputs.alpha_v,
      "validator",
      effective,
    ),
  };
}

export function rewardExampleGroups(document: JsonObject): VectorGroup[] {
  const tolerance = statedTolerance(document);
  return [
    {
      name: "cases",
      records: listOf(document.cases),
      check: ({ inputs, expected }) =>
        differsBeyond("expected", expected, arenaRewards(inputs), tolerance),
    },
    {
      name: "rank_weight_hint",
      records: document.rank_weight_hint ? [document.rank_weight_hint] : [],
      check: ({ g_1, g_2, implied_geometric_ratio_q }) => {
        const [first, second] = rankWeights(2, implied_geometric_ratio_q);
        const ratio = ratioOfTwo(g_1, g_2);
        return (
          differsBeyond("q", implied_geometric_ratio_q, ratio, printed(6, tolerance)) ??
          differsBeyond("weights", [g_1, g_2], [first, second], printed(6, { abs: 0, rel: 0 }))
        );
      },
    },
  ];
}

export function delegatorExampleGroups(document: JsonObject): VectorGroup[] {
  const check: RecordCheck = ({ inputs, expected }) => {
    const { owner, delegators } = shareWithDelegators(
      inputs.f_i,
      inputs.sigma,
      inputs.t_n,
      inputs.t_d,
    );
    const got = { delegator_reward: delegators, node_reward_computed: owner };
    return differsBeyond("expected", expected, got, statedTolerance(document));
  };
  return [{ name: "cases", records: listOf(document.cases), check }];
}

/**
 * Percentages at 15 decimals, rounded down: the integers lose nothing that the tolerance could see,
 * and doubles that sum to one but for their last bit are no more than one.
 */
const BASE = WEI_PER_FLOCK / 1000n;
const part = (fraction: number): bigint => scaledFraction(fraction, WEI_PER_FLOCK) / 1000n;

const uploaded = (shares: readonly JsonObject[]): UploadedShare[] =>
  shares.map((share) => ({
    withPart: part(Number(share.with)),
    withoutPart: part(Number(share.without)),
    sigmaPart: part(Number(share.sigma)),
  }));

export function settlementGroups(document: JsonObject): VectorGroup[] {
  const tolerance = statedTolerance(document);
  const cases = listOf(document.cases);
  const check: RecordCheck = ({ inputs, expected }) =>
    differsBeyond("expected", expected, settled(inputs), tolerance);
  const identity = document.identity_check as JsonObject | undefined;
  return [
    { name: "cases", records: cases, check },
    {
      name: "identity_check",
      records: identity ? [identity] : [],
      check: ({ v1_delegators_A }) => {
        const { inputs } = cases[0] as { inputs: SettlementInputs };
        const [first] = settled(inputs).nodes as JsonObject[];
        return differsBeyond("delegators", v1_delegators_A, first.delegators_unlocked, tolerance);
      },
    },
  ];
}

interface SettlementInputs {
  readonly daily: number;
  readonly fl_daily: number;
  readonly w_task: number;
  readonly w_all: number;
  readonly gamma: number;
  readonly T: number;
  readonly V: number;
  readonly locked: number;
  readonly nodes: readonly JsonObject[];
  readonly vals: readonly JsonObject[];
}

function settled(inputs: SettlementInputs): JsonObject {
  const day = settleDay({
    dailyWei: weiFromFlock(inputs.daily),
    allianceWei: weiFromFlock(inputs.fl_daily),
    taskWeight: weiFromFlock(inputs.w_task),
    allWeights: weiFromFlock(inputs.w_all),
    gammaPart: part(inputs.gamma),
    nodesStake: weiFromFlock(inputs.T),
    validatorsStake: weiFromFlock(inputs.V),
    lockedPart: part(inputs.locked),
    percentBase: BASE,
    nodes: uploaded(inputs.nodes),
    validators: uploaded(inputs.vals),
  });
  const rows = (
    shares: readonly JsonObject[],
    payments: readonly Payment[],
    operator: string,
    delegators: string,
  ) =>
    payments.map((paid, i) => ({
      id: shares[i].id,
      [operator]: flockFromWei(paid.operatorWei),
      [delegators]: flockFromWei(paid.delegatorsWei),
    }));
  return {
    task_reward: flockFromWei(day.rewardWei),
    node_pool: flockFromWei(day.nodePoolWei),
    validator_pool: flockFromWei(day.validatorPoolWei),
    locked_added: flockFromWei(day.lockedWei),
    nodes: rows(inputs.nodes, day.nodes, "node_unlocked", "delegators_unlocked"),
    validators: rows(inputs.vals, day.validators, "validator", "delegators"),
  };
}
