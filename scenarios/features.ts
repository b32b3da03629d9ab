/**
 * What a scenario can ask for that the chain has not had at all times: one row a field, with the
 * condition on the rules that must hold in some block of the run. The first block of each comes
 * from the timeline of rules itself, so that no date stands here. Ceilings are those of the chain's
 * limits.
 */
import { type ChainLimit, chainLimits } from "../sim/bittensor/limits.ts";
import type { EconomyValues } from "../sim/bittensor/rules/dated-values.ts";
import { shares as gated } from "../sim/bittensor/rules/hill-gate.ts";
import { shares as netFlow } from "../sim/bittensor/rules/net-flow.ts";
import { shares as priceBurn } from "../sim/bittensor/rules/price-burn.ts";
import { shares as priceRootBurn } from "../sim/bittensor/rules/price-root-burn.ts";
import type { RuleSet } from "../sim/bittensor/rules/rule-set.ts";
import { shares as userFlow } from "../sim/bittensor/rules/user-flow.ts";
import type { CallName } from "./calls/names.ts";

export interface Feature {
  /**
   * The field, from the top of the scenario; `*` stands for every entry of a list. Asked for only
   * where the scenario itself says something: defaults ask for nothing.
   */
  readonly field: string;
  /** What it is, as the subject of "... is not there before". */
  readonly what: string;
  /** The rules, and the numbers of their time, under which it exists. */
  readonly exists: (rules: RuleSet, values: EconomyValues) => boolean;
  /** Whether a value asks for it; without this any value does. */
  readonly asks?: (value: unknown) => boolean;
  /** Fields beside it of which any, where it is given, brings what is asked for. */
  readonly unless?: readonly string[];
}

const gateRules: readonly unknown[] = [gated];
const burnRules: readonly unknown[] = [priceRootBurn, priceBurn, gated];
const flowRules: readonly unknown[] = [userFlow, netFlow];
const hasPools = ({ pool }: RuleSet): boolean => pool !== "none";
const isMore = (value: unknown): boolean => Number(value) > 0;

/** Overrides of constants, in `overrides` and in each entry of `changes`. */
const constants: readonly Feature[] = [
  {
    field: "emission_switch",
    what: "a switch for each subnet's emission",
    exists: (rules) => rules.emissionSwitch,
  },
  {
    field: "root_dividends_sold",
    what: "a choice between dividends of root that are sold and such that wait",
    exists: ({ rootDividends }) => rootDividends === "claimed" || rootDividends === "funds",
  },
  {
    field: "flow_half_life_days",
    what: "emission by the flow of TAO",
    exists: ({ shares }) => flowRules.includes(shares),
  },
  {
    field: "flow_exponent",
    what: "emission by the flow of TAO",
    exists: ({ shares }) => flowRules.includes(shares),
  },
  {
    field: "swap_fee_share",
    what: "a fee on swaps",
    exists: ({ swapFees }) => swapFees !== "none",
    asks: isMore,
  },
  ...["gate_quantile_share", "gate_exponent", "gate_refresh_blocks"].map((field) => ({
    field,
    what: "a Hill gate",
    exists: ({ shares }: RuleSet) => gateRules.includes(shares),
    unless: ["gate", "gate_rank"],
  })),
  {
    field: "burn_penalty",
    what: "a penalty for burned miner emission",
    exists: ({ shares }) => burnRules.includes(shares),
    asks: (value) => value === false,
  },
  {
    field: "moving_price_half_age_blocks",
    what: "a slow start of the price average",
    exists: (_rules, { movingHalvingBlocks }) => movingHalvingBlocks > 0,
    asks: (value) => Number(value) === 0,
  },
  { field: "moving_price_alpha", what: "an average of pool prices", exists: hasPools },
  { field: "tao_weight", what: "a weight of TAO beside alpha", exists: hasPools },
];

/** Locks exist a little before ownership moves by them. */
const takeovers: readonly Feature[] = [
  "agents.takeover.count",
  "chain.registration.takeover_after_days",
  "chain.registration.takeover_percent",
].map((field) => ({
  field,
  what: "a change of a subnet's owner by conviction",
  exists: (rules) => rules.convictionLocks && rules.ownershipByConviction !== "no",
  asks: isMore,
}));

const inAllRules = (name: string): string[] => [
  `chain.rules.overrides.${name}`,
  `chain.rules.changes.*.${name}`,
];

/** What a scenario's calls of these names ask for. */
const called = (what: string, exists: Feature["exists"], names: readonly CallName[]): Feature[] => [
  { field: "chain.calls.*.call", what, exists, asks: (value) => names.includes(value as CallName) },
];

export const features: readonly Feature[] = [
  ...constants.flatMap((feature) =>
    inAllRules(feature.field).map((field) => ({ ...feature, field })),
  ),
  {
    field: "chain.detailed_subnets.*.collateral_share",
    what: "collateral of miners",
    exists: (rules) => rules.minerCollateral,
    asks: isMore,
  },
  {
    field: "agents.root.claim_share_per_day",
    what: "claiming root dividends",
    exists: ({ rootDividends }) => rootDividends === "claimed" || rootDividends === "funds",
    asks: isMore,
  },
  {
    field: "agents.root.claim_type",
    what: "keeping root dividends as alpha",
    exists: ({ rootDividends }) => rootDividends === "claimed",
    asks: (value) => value === "keep",
  },
  {
    field: "agents.founders.count",
    what: "registering a subnet with a pool of its own",
    exists: hasPools,
    asks: isMore,
  },
  {
    field: "chain.registration.emission_after_days",
    what: "a switch for each subnet's emission",
    exists: (rules) => rules.emissionSwitch,
  },
  {
    field: "chain.detailed_subnets.*.mechanisms",
    what: "a subnet with several mechanisms",
    exists: (rules) => rules.mechanisms,
    asks: (value) => Number(value) > 1,
  },
  {
    field: "chain.detailed_subnets.*.consensus",
    what: "null consensus",
    exists: (rules) => rules.nullConsensus,
    asks: (value) => value === "null",
  },
  ...called("null consensus", (rules) => rules.nullConsensus, ["sudo_set_epoch_consensus"]),
  {
    field: "chain.leases.*.netuid",
    what: "a leased subnet",
    exists: (rules) => rules.leases,
  },
  ...called("a subnet with several mechanisms", ({ mechanisms }) => mechanisms, [
    "sudo_set_mechanism_count",
    "sudo_set_mechanism_emission_split",
  ]),
  ...called("a conviction lock", ({ convictionLocks }) => convictionLocks, [
    "lock_stake",
    "set_perpetual_lock",
    "set_reject_locked_alpha",
  ]),
  ...takeovers,
];

export interface Ceiling {
  readonly field: string;
  /** A row of sim/bittensor/limits.ts. */
  readonly limit: string;
  /** The scenario's number as the limit counts it. */
  readonly inUnits?: (value: number) => number;
}

const u16 = (share: number): number => Math.round(share * 65_535);

export const ceilings: readonly Ceiling[] = [
  ...inAllRules("swap_fee_share").map((field) => ({
    field,
    limit: "swap_fee_max",
    inUnits: u16,
  })),
  { field: "chain.calls.*.take_share", limit: "delegate_take_max", inUnits: u16 },
  { field: "agents.validators.take_share", limit: "delegate_take_max", inUnits: u16 },
  { field: "chain.detailed_subnets.*.netuid", limit: "subnet_limit" },
  { field: "chain.detailed_subnets.*.mechanisms", limit: "mechanisms_max" },
  { field: "chain.calls.*.count", limit: "mechanisms_max" },
];

/** The limit's row in force at a block; undefined where there is none yet. */
export const limitAt = (name: string, block: number): ChainLimit | undefined =>
  chainLimits.find(
    ({ name: other, fromBlock, untilBlock }) =>
      other === name && (fromBlock ?? 0) <= block && block < (untilBlock ?? Infinity),
  );
