/** Golden checks of parents and children: stake weights, split dividends and what is paid for them. */

import { shareDividends } from "../../sim/bittensor/coinbase/dividends.ts";
import { taoWeightBits as taoWeight } from "../../sim/bittensor/emission/root-proportion.ts";
import {
  inheritedRao,
  type LentStake,
  stakeWeightBits,
} from "../../sim/bittensor/staking/children/inheritance.ts";
import {
  selfContributionRao,
  splitWithParents,
} from "../../sim/bittensor/staking/children/parent-dividends.ts";
import { firstDifference, type RecordCheck } from "../format.ts";

interface NodeRecord {
  readonly uid: number;
  readonly owner: string;
  readonly alpha: string;
  readonly root_tao: string;
  readonly childkey_take: number;
}

type Edge = readonly [parent: number, child: number, proportion: string];

/** The hotkeys and edges of a record, with the questions that the checks ask of them. */
// biome-ignore lint/suspicious/noExplicitAny: a foreign record
function familyOf(record: any) {
  const nodes = record.nodes as NodeRecord[];
  const edges = record.edges_parent_child_proportion as Edge[];
  const taoWeightBits = taoWeight(BigInt(record.tao_weight));
  const ownStake = ({ alpha, root_tao }: NodeRecord) => ({
    alphaRao: BigInt(alpha),
    rootRao: BigInt(root_tao),
  });
  const children = (uid: number) =>
    edges.filter(([parent]) => parent === uid).map(([, , share]) => BigInt(share));
  const parents = (uid: number) => edges.filter(([, child]) => child === uid);
  const lent = (uid: number, of: (node: NodeRecord) => string): LentStake[] =>
    parents(uid).map(([parent, , share]) => ({
      proportionU64: BigInt(share),
      stakeRao: BigInt(of(nodes[parent])),
    }));
  const inherited = (uid: number, of: (node: NodeRecord) => string) =>
    inheritedRao(BigInt(of(nodes[uid])), children(uid), lent(uid, of));
  return { nodes, taoWeightBits, ownStake, children, parents, inherited };
}

const stakeInheritance: RecordCheck = (record) => {
  const { nodes, taoWeightBits, ownStake, children, parents, inherited } = familyOf(record);
  const weighed = nodes.map((node) => ({
    ...node,
    inherited_alpha: inherited(node.uid, ({ alpha }) => alpha),
    inherited_tao: inherited(node.uid, ({ root_tao }) => root_tao),
    self_contribution: selfContributionRao(ownStake(node), children(node.uid), taoWeightBits),
  }));
  const dividends = new Map(nodes.map(({ uid }) => [uid, 0n]));
  const splits = nodes.map((node) => {
    const above = parents(node.uid);
    const { parentsRao, childRao } = splitWithParents(
      BigInt(record.emissions_incentive_dividend[node.uid][1]),
      ownStake(node),
      children(node.uid),
      above.map(([parent, , share]) => ({
        ...ownStake(nodes[parent]),
        proportionU64: BigInt(share),
        sameOwner: nodes[parent].owner === node.owner,
      })),
      {
        childTakeU16: node.childkey_take,
        childBurnU64: BigInt(record.ck_burn),
        taoWeightBits,
      },
    );
    const paid = [...above.map(([parent], index) => [parent, parentsRao[index]] as const)];
    return [...paid, [node.uid, childRao] as const];
  });
  for (const [uid, rao] of splits.flat()) dividends.set(uid, (dividends.get(uid) ?? 0n) + rao);
  const pay = shareDividends(
    nodes.map((node) => ({
      alphaStakeRao: ownStake(node).alphaRao,
      rootStakeRao: ownStake(node).rootRao,
      dividendRao: dividends.get(node.uid) ?? 0n,
    })),
    BigInt(record.pending_validator_alpha),
    BigInt(record.pending_root_alpha),
    taoWeightBits,
  );
  return firstDifference(
    ["nodes", record.nodes, weighed],
    [
      "stake weights",
      record.total_stake_i64f64,
      weighed.map((node) =>
        stakeWeightBits(node.inherited_alpha, node.inherited_tao, taoWeightBits),
      ),
    ],
    ["split dividends", record.parent_child_dividends, splits],
    [
      "alpha dividends",
      record.alpha_dividends_u96f32,
      pay.map(({ alphaBits }, uid) => [uid, alphaBits]),
    ],
    [
      "root dividends",
      record.root_alpha_dividends_u96f32,
      pay.map(({ rootBits }, uid) => [uid, rootBits]),
    ],
  );
};

export const inheritanceChecks: Readonly<Record<string, RecordCheck>> = {
  stake_inheritance: stakeInheritance,
};
