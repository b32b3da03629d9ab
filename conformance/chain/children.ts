/** Checks of children.json. */
import { inheritedRao } from "../../sim/bittensor/staking/children/inheritance.ts";
import {
  type OwnStake,
  type ParentStake,
  type SplitTerms,
  splitWithParents,
} from "../../sim/bittensor/staking/children/parent-dividends.ts";
import { U64_MAX, U96F32 } from "../../sim/fixed/fixed-point.ts";
import { differs, firstDifference, type RecordCheck } from "../format.ts";
import { farFrom } from "../tolerance.ts";

const bigints = (texts: readonly string[]): bigint[] => texts.map(BigInt);

/** A family of hotkeys as the chain's tests set it up; each belongs to an owner of its own. */
interface Family {
  readonly stakes: readonly OwnStake[];
  readonly edges: readonly { readonly parent: number; readonly child: number; share: bigint }[];
  readonly childTake: number;
  /** TAO weight as a plain number. */
  readonly taoWeight: number;
}

const childrenOf = ({ edges }: Family, parent: number): bigint[] =>
  edges.filter((edge) => edge.parent === parent).map((edge) => edge.share);

const termsOf = (family: Family): SplitTerms => ({
  childTakeU16: Math.round(family.childTake * 65_535),
  childBurnU64: 0n,
  taoWeightBits: BigInt(Math.round(family.taoWeight * 2 ** 32)),
});

/** Consensus weight of each hotkey, rao: what the epoch divides dividends by. */
function weightsRao(family: Family): bigint[] {
  const inherited = (of: (stake: OwnStake) => bigint, hotkey: number) =>
    inheritedRao(
      of(family.stakes[hotkey]),
      childrenOf(family, hotkey),
      family.edges
        .filter((edge) => edge.child === hotkey)
        .map(({ parent, share }) => ({
          proportionU64: share,
          stakeRao: of(family.stakes[parent]),
        })),
    );
  const { taoWeightBits } = termsOf(family);
  return family.stakes.map((_, hotkey) => {
    const root = inherited((stake) => stake.rootRao, hotkey);
    const rootWeight = (root * taoWeightBits) >> U96F32.fractionBits;
    return inherited((stake) => stake.alphaRao, hotkey) + rootWeight;
  });
}

/** A hotkey's dividend, split: what the child and each parent get, by hotkey. */
function splitOf(family: Family, hotkey: number, dividendRao: bigint): Map<number, bigint> {
  const above = family.edges.filter((edge) => edge.child === hotkey);
  const parents: ParentStake[] = above.map(({ parent, share }) => ({
    ...family.stakes[parent],
    proportionU64: share,
    sameOwner: false,
  }));
  const own = family.stakes[hotkey];
  const terms = termsOf(family);
  const split = splitWithParents(dividendRao, own, childrenOf(family, hotkey), parents, terms);
  const paid = new Map(above.map(({ parent }, index) => [parent, split.parentsRao[index]]));
  return paid.set(hotkey, split.childRao);
}

/** What each hotkey ends up with of a pot that the epoch divides by consensus weight. */
function shareOut(family: Family, potRao: bigint): bigint[] {
  const weights = weightsRao(family);
  const sum = weights.reduce((total, weight) => total + weight, 0n);
  const paid = family.stakes.map(() => 0n);
  for (const [hotkey, weight] of weights.entries()) {
    for (const [to, rao] of splitOf(family, hotkey, (potRao * weight) / sum)) paid[to] += rao;
  }
  return paid;
}

const alpha = (rao: bigint): OwnStake => ({ alphaRao: rao, rootRao: 0n });
const HALF = U64_MAX / 2n;

/** A -> B 50 %, B -> C 50 %, as the records say. */
// biome-ignore lint/suspicious/noExplicitAny: a foreign record
const chainOfThree = ({ stakes, childkey_take }: any): Family => ({
  stakes: stakes.map((stake: number) => alpha(BigInt(stake))),
  edges: [
    { parent: 0, child: 1, share: HALF },
    { parent: 1, child: 2, share: HALF },
  ],
  childTake: childkey_take,
  taoWeight: 0,
});

/** Reads "u64::MAX/2", "100%" or "proportion 0" as a u64 proportion. */
function proportionIn(text: string): bigint {
  const fraction = /u64::MAX(?:\/(\d+))?/.exec(text);
  if (fraction) return U64_MAX / BigInt(fraction[1] ?? 1);
  const percent = /(\d+)%/.exec(text);
  if (percent) return (U64_MAX * BigInt(percent[1])) / 100n;
  const plain = /proportion (\d+)/.exec(text);
  if (plain) return BigInt(plain[1]);
  throw new Error(`no proportion in "${text}"`);
}

const wordCounts: Readonly<Record<string, number>> = { one: 1, two: 2, three: 3 };

/**
 * The sentence in which the chain's tests of inherited stake are noted, as a family: the parents'
 * stakes up to the first comma or colon, then what all of them give ("... to child1, ... to child2",
 * "... to each of two children", or one share to one child).
 */
function familyIn(sentence: string): Family {
  const at = sentence.search(/[,:]/);
  const gives = sentence.slice(at + 1);
  const stakes = [...sentence.slice(0, at).matchAll(/\d+/g)].map(([rao]) => alpha(BigInt(rao)));
  const named = [...gives.matchAll(/[^,]+ to child\d/g)].map(([gift]) => proportionIn(gift));
  const eachOf = /each of (\w+) children/.exec(gives);
  const count = eachOf ? wordCounts[eachOf[1]] : 1;
  const shares = named.length > 0 ? named : new Array(count).fill(proportionIn(gives));
  const edges = shares.flatMap((share, index) =>
    stakes.map((_, parent) => ({ parent, child: stakes.length + index, share })),
  );
  return { stakes: [...stakes, ...shares.map(() => alpha(0n))], edges, childTake: 0, taoWeight: 0 };
}

// biome-ignore lint/suspicious/noExplicitAny: a foreign record
function inheritedStake(record: any): string | null {
  const weights = weightsRao(familyIn(record.case));
  const asList = (one: string, many: string[]) => many ?? [one];
  const wanted = [
    ...asList(record.parent, record.parents),
    ...asList(record.child, record.children),
  ];
  if (wanted.length !== weights.length) return `read ${weights.length} hotkeys in the case`;
  for (const [index, weight] of weights.entries()) {
    const failure = farFrom(`hotkey ${index}`, wanted[index], weight, record.tol);
    if (failure !== null) return failure;
  }
  return null;
}

/** "alice->bob 50%" with equal alpha and root stake. */
// biome-ignore lint/suspicious/noExplicitAny: a foreign record
function rootChildren(record: any): string | null {
  const stake = {
    alphaRao: BigInt(record.alpha_each ?? 1_000_000_000),
    rootRao: BigInt(record.root_each ?? 1_000_000_000),
  };
  const family: Family = {
    stakes: [stake, stake],
    edges: [{ parent: 0, child: 1, share: proportionIn(record.children) }],
    childTake: record.take,
    taoWeight: record.tao_weight ?? 1,
  };
  const weights = weightsRao(family);
  if (record.stake_weight_bob !== undefined) {
    const wanted = [record.stake_weight_alice, record.stake_weight_bob];
    const failure = differs("stake weights", wanted, weights);
    if (failure !== null) return failure;
  }
  const [alice, bob] = shareOut(family, BigInt(record.delta_alice) + BigInt(record.delta_bob));
  // The chain's tests compare to the rao where the record states no tolerance; so do we.
  return (
    farFrom("alice", record.delta_alice, alice, record.tol ?? 0) ??
    farFrom("bob", record.delta_bob, bob, record.tol ?? 0)
  );
}

// biome-ignore lint/suspicious/noExplicitAny: a foreign record
function dividendsWithChildren(record: any, group: any): string | null {
  const family = chainOfThree(record);
  const weights = weightsRao(family).map(Number);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const names = ["A", "B", "C"];
  for (const [hotkey, wanted] of record.epoch_dividend_share.entries()) {
    const failure = farFrom(
      `share of ${names[hotkey]}`,
      wanted,
      weights[hotkey] / sum,
      group.tolerance,
    );
    if (failure !== null) return failure;
  }
  for (const [hotkey, name] of names.entries()) {
    const paid = splitOf(family, hotkey, 1_000_000_000n);
    for (const [to, wanted] of Object.entries(record[`from_${name}`])) {
      const got = Number(paid.get(names.indexOf(to))) / 1e9;
      const failure = farFrom(`from ${name} to ${to}`, wanted as number, got, group.tolerance);
      if (failure !== null) return failure;
    }
  }
  return null;
}

// biome-ignore lint/suspicious/noExplicitAny: a foreign record
function chainEmission(record: any, group: any): string | null {
  const pot = 1_000_000_000_000n;
  for (const [hotkey, rao] of shareOut(chainOfThree(record), pot).entries()) {
    const got = Number(rao) / Number(pot);
    const failure = farFrom(
      `hotkey ${hotkey}`,
      record.share_of_total[hotkey],
      got,
      group.tolerance,
    );
    if (failure !== null) return failure;
  }
  return null;
}

/** A parent with alpha gives part of it to a child that has a nominator's alpha. */
// biome-ignore lint/suspicious/noExplicitAny: a foreign record
function takeDrain(record: any, group: any): string | null {
  const unit = 1_000_000_000;
  const of = (amount: number) => alpha(BigInt(Math.round(amount * unit)));
  const family: Family = {
    stakes: [of(record.parent_alpha), of(record.child_nominator_alpha)],
    edges: [
      {
        parent: 0,
        child: 1,
        share: (U64_MAX * BigInt(Math.round(record.parent_proportion * 1000))) / 1000n,
      },
    ],
    childTake: record.childkey_take,
    taoWeight: 0,
  };
  const pot = 1_000_000_000n;
  const tolerance = Number.parseInt(group.tolerance, 10);
  const [parent, nominator] = shareOut(family, pot);
  return (
    farFrom("parent", record.share_parent * Number(pot), parent, tolerance) ??
    farFrom("nominator", record.share_nominator * Number(pot), nominator, tolerance)
  );
}

/** All of a parent's stake behind a child that has none. */
// biome-ignore lint/suspicious/noExplicitAny: a foreign record
function keysDrain(record: any, group: any): string | null {
  const family: Family = {
    stakes: [alpha(1_000_000_000n), alpha(0n)],
    edges: [{ parent: 0, child: 1, share: U64_MAX }],
    childTake: record.child_take_u16 / 65_535,
    taoWeight: 0,
  };
  const [parent, child] = shareOut(family, BigInt(record.pending));
  return (
    farFrom("parent", record.parent_delta, parent, group.tolerance) ??
    farFrom("child", record.child_delta, child, group.tolerance)
  );
}

export const childrenChecks: Readonly<Record<string, RecordCheck>> = {
  get_inherited_for_hotkey_on_subnet: (record) =>
    differs(
      "inherited",
      record.inherited,
      inheritedRao(
        BigInt(record.own),
        bigints(record.children_proportions_u64),
        record.parents_proportion_alpha.map(([proportion, stake]: [string, string]) => ({
          proportionU64: BigInt(proportion),
          stakeRao: BigInt(stake),
        })),
      ),
    ),
  get_parent_child_dividends_distribution: (record) => {
    const split = splitWithParents(
      BigInt(record.dividend),
      { alphaRao: BigInt(record.own_alpha), rootRao: BigInt(record.own_root) },
      bigints(record.own_children_proportions_u64),
      record.parents_prop_alpha_root_sameowner.map(
        ([proportion, alphaRao, rootRao, sameOwner]: [string, string, string, boolean]) => ({
          proportionU64: BigInt(proportion),
          alphaRao: BigInt(alphaRao),
          rootRao: BigInt(rootRao),
          sameOwner,
        }),
      ),
      {
        childTakeU16: record.child_take_u16,
        childBurnU64: BigInt(record.ck_burn_u64),
        taoWeightBits: BigInt(record.tao_weight_u96f32_bits),
      },
    );
    return firstDifference(
      ["parents", record.parent_dividends, split.parentsRao],
      ["child", record.self_dividend, split.childRao],
      ["recycled", record.recycled_alpha, split.recycledRao],
    );
  },
  "inherited stake": inheritedStake,
  "childkey take drain": takeDrain,
  dividends: dividendsWithChildren,
  "chain emission": chainEmission,
  "childkey/parentkey drain": keysDrain,
  "root children": rootChildren,
};
