/**
 * The terms on which subnets come, go and change hands at a block: from the dated rules and values,
 * overridden where a scenario says so.
 * Source: spec/token-economics.md sections 5.5, 5.6 and 6.3, spec/recent-rules.md sections 1.4, 3.6
 * and 3.7.
 */
import { valuesAt } from "../rules/dated-values.ts";
import type { RuleSet } from "../rules/rule-set.ts";
import { rulesAt, type StartOverrides } from "../rules/timeline.ts";
import type { LockRates } from "../staking/locks/lock-state.ts";
import {
  OWNERSHIP_432,
  OWNERSHIP_446,
  OWNERSHIP_447,
  type OwnershipRule,
} from "../staking/locks/ownership.ts";
import type { SeedRule } from "../subnets/pool-seed.ts";
import { SUBNET_LIMIT } from "../subnets/prune.ts";

export interface SubnetTerms {
  /** Subnets besides root. */
  readonly subnetLimit: number;
  /** Age from which a subnet can be pruned. */
  readonly immunityBlocks: number;
  /** Blocks between two registrations, network-wide. */
  readonly rateLimitBlocks: number;
  readonly minLockRao: bigint;
  /** NetworkLockReductionInterval as stored; the block emission in TAO scales it. */
  readonly lockIntervalBlocks: number;
  readonly startCallDelayBlocks: number;
  readonly seed: SeedRule;
  /** Blocks from a registration that pruned until the new subnet stands in the freed slot. */
  readonly appearsAfterBlocks: number;
  /** Lock cost and rate limit count from the appearance, not from the registration. */
  readonly countsFromAppearance: boolean;
  /** Whether a new subnet gets TAO emission without root having to switch it on. */
  readonly newSubnetsEmit: boolean;
  /** Root switches a new subnet's emission on so long after its start call; null: never. */
  readonly emissionAfterBlocks: number | null;
  /** Null where the era has no conviction locks. */
  readonly lockRates: LockRates | null;
  /** Null where locks move no ownership. */
  readonly ownership: OwnershipRule | null;
}

/** Where the rules come from, as plain data. */
export interface SubnetRules {
  /** The block whose rules hold throughout; null: the timeline is followed. */
  readonly fixedBlock: number | null;
  /** Rules that begin at another block, or never (null). */
  readonly starts?: StartOverrides;
  readonly overrides: Partial<SubnetTerms>;
}

export const TIMELINE_RULES: SubnetRules = { fixedBlock: null, overrides: {} };

const seeds: Readonly<Record<RuleSet["poolSeed"], SeedRule>> = {
  none: "minimum",
  "minimum lock": "minimum",
  "lock, at least the minimum": "lock",
  "lock paid": "paid",
};

/** Registrations are queued from the 438 line on; spec 440 is the first of it with a known block. */
const QUEUED_FROM_BLOCK = 8_713_794;
/** Specs 438 to 450 wrote the last registration's block late; spec 452 runs by this block. */
const COUNTS_FROM_REGISTRATION_BLOCK = 8_957_880;
/** Measured: 17 to 25 blocks, depending on how long the old subnet's cleanup takes. */
const APPEARS_AFTER_BLOCKS = 21;
/** Spec 446 took protocol-owned and burned alpha out of the denominator: after this block. */
const CIRCULATING_FROM_BLOCK = 8_837_720;

function ownershipAt(rules: RuleSet, block: number): OwnershipRule | null {
  if (rules.ownershipByConviction === "no") return null;
  if (rules.ownershipByConviction === "one over 18 per cent") return OWNERSHIP_447;
  return block >= CIRCULATING_FROM_BLOCK ? OWNERSHIP_446 : OWNERSHIP_432;
}

export function subnetTermsAt(now: number, from: SubnetRules = TIMELINE_RULES): SubnetTerms {
  const block = from.fixedBlock ?? now;
  const rules = rulesAt(block, from.starts);
  const values = valuesAt(block, {}, from.starts);
  return {
    subnetLimit: SUBNET_LIMIT,
    immunityBlocks: values.networkImmunityBlocks,
    rateLimitBlocks: values.networkRateLimitBlocks,
    minLockRao: values.minLockRao,
    lockIntervalBlocks: values.lockReductionBlocks,
    startCallDelayBlocks: values.startCallDelayBlocks,
    seed: seeds[rules.poolSeed],
    appearsAfterBlocks: block >= QUEUED_FROM_BLOCK ? APPEARS_AFTER_BLOCKS : 0,
    countsFromAppearance: block >= QUEUED_FROM_BLOCK && block < COUNTS_FROM_REGISTRATION_BLOCK,
    newSubnetsEmit: rules.newSubnetsEmit,
    emissionAfterBlocks: null,
    lockRates: rules.convictionLocks
      ? { unlockBlocks: values.unlockRateBlocks, maturityBlocks: values.maturityRateBlocks }
      : null,
    ownership: ownershipAt(rules, block),
    ...from.overrides,
  };
}
