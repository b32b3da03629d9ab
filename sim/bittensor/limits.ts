/**
 * Limits and delays that matter for attacks, as data: one row a value and period. Where a rule's
 * own module holds the number, the row takes it from there.
 * Source: spec/token-economics.md sections 7 and 8, spec/recent-rules.md sections 1.4, 2.4, 3 and 6.
 */
import { ADMIN_FREEZE_WINDOW_BLOCKS } from "./epochs/activity.ts";
import {
  EPOCH_TRIGGER_DELAY_BLOCKS,
  MAX_EPOCHS_PER_BLOCK,
  MAX_TEMPO_BLOCKS,
  MIN_TEMPO_BLOCKS,
} from "./epochs/schedule.ts";
import {
  CHILD_TAKE_LIMIT_BLOCKS,
  CHILDREN_COOLDOWN_BLOCKS,
  MAX_CHILD_TAKE_U16,
  MAX_CHILDREN,
  MAX_PARENTS,
  SET_CHILDREN_LIMIT_BLOCKS,
} from "./staking/children/child-rules.ts";
import { DELEGATE_TAKE_LIMIT_BLOCKS, MAX_DELEGATE_TAKE_U16 } from "./staking/delegate-take.ts";
import { CLAIM_THRESHOLD_RAO, MAX_SUBNET_CLAIMS } from "./staking/root-claims.ts";
import { STAKE_MINIMUMS_437, STAKE_MINIMUMS_JUNE_2026 } from "./staking/stake-rules.ts";
import { NETWORK_RATE_LIMIT_BLOCKS, START_CALL_DELAY_BLOCKS } from "./subnets/lifecycle.ts";
import { NETWORK_IMMUNITY_BLOCKS, SUBNET_LIMIT } from "./subnets/prune.ts";

export type LimitUnit =
  | "blocks"
  | "rao"
  | "alpha rao"
  | "count"
  | "bytes"
  | "tempos"
  | "u16 ratio"
  | "1";

export interface ChainLimit {
  /** What is limited, in lower case with underscores; several rows where it changed over time. */
  readonly name: string;
  readonly meaning: string;
  readonly value: number;
  readonly unit: LimitUnit;
  /** First block at which the value holds; null where it is not established, or from the start. */
  readonly fromBlock: number | null;
  /** First block at which it holds no longer; null: still held in October 2026. */
  readonly untilBlock: number | null;
  /** "code": the code's default. "live": stored on the main network. */
  readonly standing: "code" | "live";
  readonly source: string;
}

interface Period {
  readonly from?: number;
  readonly until?: number;
  readonly live?: boolean;
  readonly source?: string;
}

const TE7 = "spec/token-economics.md section 7";
const RR14 = "spec/recent-rules.md section 1.4";
const RR24 = "spec/recent-rules.md section 2.4";
const RR32 = "spec/recent-rules.md section 3.2";

/** Blocks of dTAO's start, of spec 423, and of the first by which a later spec is known to run. */
const DTAO = 4_920_351;
const SPEC_423 = 8_486_594;
const SPEC_432 = 8_636_191;
const SPEC_440 = 8_713_794;
const SPEC_441 = 8_765_684;
const SPEC_475 = 9_233_782;

function limit(
  name: string,
  meaning: string,
  value: number,
  unit: LimitUnit,
  { from, until, live, source = TE7 }: Period = {},
): ChainLimit {
  return {
    name,
    meaning,
    value,
    unit,
    fromBlock: from ?? null,
    untilBlock: until ?? null,
    standing: live ? "live" : "code",
    source,
  };
}

export const chainLimits: readonly ChainLimit[] = [
  // Stake and swaps
  limit("stake_operations_per_block", "stake operations of one position in a block", 1, "count", {
    from: 5_795_000,
    until: SPEC_423,
    source: "spec/token-economics.md section 7: 2025-06-16 to 2026-06-25, first block by the date",
  }),
  limit("swap_input_multiple", "largest net input of a swap, in input reserves", 1_000, "1"),
  limit("swap_output_reserve_min", "smallest reserve that a swap may draw on", 1_000_000, "rao"),
  limit("swap_fee_max", "largest swap fee that an owner may set", 10_000, "u16 ratio"),
  limit("price_limit_min", "smallest price limit, rao per alpha", 1_000, "rao"),
  limit("price_limit_max", "largest price limit, rao per alpha", 1e15, "rao"),
  limit(
    "stake_min",
    "smallest stake that is added or left",
    Number(STAKE_MINIMUMS_JUNE_2026.stakeRao),
    "rao",
  ),
  limit(
    "transfer_min",
    "smallest value of a transfer to another coldkey",
    Number(STAKE_MINIMUMS_JUNE_2026.transferRao),
    "rao",
    { from: DTAO, until: SPEC_440 },
  ),
  limit(
    "transfer_min",
    "smallest value of a transfer to another coldkey",
    Number(STAKE_MINIMUMS_437.transferRao),
    "rao",
    { from: SPEC_440, source: `${RR32}: spec 437, live by spec 440` },
  ),
  limit("staking_hotkeys_max", "hotkeys with which a coldkey may stake", 256, "count", {
    source: RR32,
  }),
  limit("limit_orders_per_batch", "limit orders that are netted at once", 100, "count", {
    from: SPEC_423,
  }),

  // Weights
  limit("set_weights_interval", "between two settings of a neuron's weights", 100, "blocks"),
  limit("reveal_period_min", "epochs until commitments are revealed", 1, "count"),
  limit("reveal_period_max", "epochs until commitments are revealed", 100, "count"),
  limit("unrevealed_commits_max", "commitments that may wait", 10, "count"),
  limit("commit_payload_max", "size of a time-locked commitment", 5_000, "bytes"),
  limit("stake_threshold", "stake weight from which weights may be set", 1e12, "rao", {
    live: true,
    source: RR14,
  }),

  // Children and takes
  limit("set_children_interval", "between two set_children", SET_CHILDREN_LIMIT_BLOCKS, "blocks"),
  limit("children_max", "children of a hotkey on a subnet", MAX_CHILDREN, "count"),
  limit("parents_max", "parents of a hotkey on a subnet", MAX_PARENTS, "count", {
    from: SPEC_475,
    source: RR32,
  }),
  limit(
    "children_cooldown",
    "before new children count",
    CHILDREN_COOLDOWN_BLOCKS.default,
    "blocks",
  ),
  limit("children_cooldown", "before new children count", CHILDREN_COOLDOWN_BLOCKS.live, "blocks", {
    live: true,
    source: RR14,
  }),
  limit("child_take_raise_interval", "between two raises", CHILD_TAKE_LIMIT_BLOCKS, "blocks"),
  limit("child_take_max", "largest child take", MAX_CHILD_TAKE_U16, "u16 ratio"),
  limit("delegate_take_raise_interval", "between two raises", DELEGATE_TAKE_LIMIT_BLOCKS, "blocks"),
  limit("delegate_take_max", "largest delegate take", MAX_DELEGATE_TAKE_U16, "u16 ratio"),

  // Subnet owners
  limit("tempo_min", "shortest tempo that an owner may set", MIN_TEMPO_BLOCKS, "blocks", {
    from: SPEC_423,
  }),
  limit("tempo_max", "longest tempo that an owner may set", MAX_TEMPO_BLOCKS, "blocks", {
    from: SPEC_423,
  }),
  limit("tempo_change_interval", "between two changes", MIN_TEMPO_BLOCKS, "blocks", {
    from: SPEC_423,
  }),
  limit("epoch_trigger_interval", "between two triggered epochs", 2, "tempos", { from: SPEC_423 }),
  limit(
    "epoch_trigger_delay",
    "from the trigger to the epoch",
    EPOCH_TRIGGER_DELAY_BLOCKS,
    "blocks",
    { from: SPEC_423 },
  ),
  limit("epochs_per_block_max", "epochs in a block", MAX_EPOCHS_PER_BLOCK, "count", {
    from: SPEC_423,
  }),
  limit("owner_parameter_interval", "between two changes of one parameter", 2, "tempos"),
  limit(
    "owner_freeze_window",
    "before an epoch, without changes",
    ADMIN_FREEZE_WINDOW_BLOCKS,
    "blocks",
  ),
  limit("weights_version_interval", "between two version keys", 5, "tempos"),
  limit("owner_hotkey_interval", "between two owner hotkeys", 50_400, "blocks"),
  limit("mechanism_interval", "between two changes of mechanisms", 7_200, "blocks"),
  limit("uid_trim_interval", "between two trims of uids", 216_000, "blocks"),
  limit("mechanisms_max", "mechanisms of a subnet", 2, "count", { until: SPEC_432 }),
  limit("mechanisms_max", "mechanisms of a subnet", 8, "count", {
    from: SPEC_432,
    live: true,
    source: RR14,
  }),

  // Keys
  limit("hotkey_swap_interval", "between two hotkey swaps", 1_000, "blocks"),
  limit("hotkey_swap_subnet_interval", "between two swaps on a subnet", 7_200, "blocks"),
  limit("hotkey_swap_cost", "of a swap on all subnets", 100_000_000, "rao"),
  limit("hotkey_swap_subnet_cost", "of a swap on one subnet", 1_000_000, "rao"),
  limit("coldkey_swap_cost", "of the announcement", 100_000_000, "rao"),
  limit("coldkey_swap_delay", "from announcement to swap", 36_000, "blocks"),
  limit("coldkey_reannounce_interval", "between two announcements", 7_200, "blocks"),
  limit("serving_interval", "between two servings", 50, "blocks"),
  limit("evm_key_interval", "between two associations", 7_200, "blocks"),

  // Subnet registration
  limit(
    "network_registration_interval",
    "between two registrations, network-wide",
    NETWORK_RATE_LIMIT_BLOCKS.default,
    "blocks",
  ),
  limit(
    "network_registration_interval",
    "between two registrations, network-wide",
    NETWORK_RATE_LIMIT_BLOCKS.until2025,
    "blocks",
    { live: true, until: 7_119_664, source: "spec/measured-chain.md section 6" },
  ),
  limit(
    "network_registration_interval",
    "between two registrations, network-wide",
    NETWORK_RATE_LIMIT_BLOCKS.live2026,
    "blocks",
    { live: true, from: 7_119_664, source: "spec/measured-chain.md section 6: by this block" },
  ),
  limit("subnet_limit", "subnets besides root", SUBNET_LIMIT, "count"),
  limit(
    "network_immunity",
    "before a subnet can be pruned",
    NETWORK_IMMUNITY_BLOCKS.default,
    "blocks",
  ),
  limit(
    "network_immunity",
    "before a subnet can be pruned",
    NETWORK_IMMUNITY_BLOCKS.live2026,
    "blocks",
    { live: true, source: RR14 },
  ),
  limit(
    "start_call_delay",
    "before a subnet can be started",
    START_CALL_DELAY_BLOCKS.until2026,
    "blocks",
    {
      until: 7_326_000,
      source: "spec/token-economics.md section 8: until 2026-01-15, by the date",
    },
  ),
  limit(
    "start_call_delay",
    "before a subnet can be started",
    START_CALL_DELAY_BLOCKS.since2026,
    "blocks",
    { from: 7_326_000, source: "spec/token-economics.md section 8: since 2026-01-15, by the date" },
  ),

  // Root claims and baskets
  limit("claim_subnets_max", "subnets in one claim", MAX_SUBNET_CLAIMS, "count", {
    until: SPEC_441,
  }),
  limit(
    "claim_threshold",
    "smallest claim of a subnet's root dividends",
    Number(CLAIM_THRESHOLD_RAO.default),
    "alpha rao",
    { until: SPEC_441 },
  ),
  limit("basket_trade_band", "distance from the strictest price, in 1/10,000", 200, "1", {
    from: 9_117_749,
    source: RR24,
  }),
  limit("basket_turnover", "of net asset value in 7,200 blocks, in 1/10,000", 1_000, "1", {
    from: 9_117_749,
    source: RR24,
  }),
  limit("basket_pool_share_max", "of the pool's alpha reserve, in 1/10,000", 1_000, "1", {
    from: 9_117_749,
    source: RR24,
  }),
  limit("basket_trade_min", "smallest trade of a basket", 5_000_000, "rao", {
    from: SPEC_475,
    live: true,
    source: RR24,
  }),

  // Hidden transactions
  limit("shielded_size_max", "size of an encrypted transaction", 8_192, "bytes"),
  limit("shielded_queue_max", "encrypted transactions in the stored queue", 100, "count"),
  limit("shielded_lifetime", "of a queued encrypted transaction", 10, "blocks"),
  limit("small_transfer_proxy_max", "transfer of a small-transfer proxy", 500_000_000, "rao"),
];

/** The value of a limit at a block: the live one where both are known. Undefined: no such limit. */
export function limitAt(name: string, block: number): ChainLimit | undefined {
  const rows = chainLimits.filter(
    (row) =>
      row.name === name &&
      block >= (row.fromBlock ?? 0) &&
      block < (row.untilBlock ?? Number.POSITIVE_INFINITY),
  );
  return rows.find((row) => row.standing === "live") ?? rows[0];
}
