/**
 * The tables that a FLock world records. FLOCK in tables are doubles of whole tokens, for reading
 * and charts; the books behind them are integers of 10^-18.
 */
import { defineTable } from "../records.ts";

const DAY = ["day", "u32", "day", "days since the launch on 2024-12-31"] as const;
const TIME = ["time", "time", "ms UTC", "end of that day"] as const;

export const flockSupplyTable = defineTable(
  "flock_supply",
  "FLOCK in existence and where it is, one row a day.",
  [
    DAY,
    TIME,
    ["emission", "f64", "FLOCK", "minted to the task manager in the day"],
    ["gross_minted", "f64", "FLOCK", "all mints so far: what the cap counts"],
    ["burned", "f64", "FLOCK", "all burns so far"],
    ["circulating", "f64", "FLOCK", "minted, not burned, and not held back as a reward"],
    ["locked", "f64", "FLOCK", "principal of all gmFLOCK locks"],
    ["locked_share", "f64", "1", "locked, of circulating"],
    ["gmflock", "f64", "gmFLOCK", "in existence"],
    ["staked_gmflock", "f64", "gmFLOCK", "staked in tasks or delegated"],
    ["mean_lock_days", "f64", "day", "mean length of the open locks, weighed by principal"],
    ["claimable", "f64", "FLOCK", "operators' rewards not yet claimed"],
    ["pools", "f64", "FLOCK", "delegators' rewards not yet claimed"],
    ["locked_rewards", "f64", "FLOCK", "nodes' rewards held until their task ends"],
    ["vesting", "f64", "FLOCK", "nodes' rewards that vest"],
    ["task_manager", "f64", "FLOCK", "minted and not given out: rounding, days without stake"],
    ["fees_held", "f64", "FLOCK", "in the token contract"],
    ["fees_total", "f64", "FLOCK", "all fees so far, held or burned"],
    ["alliance", "f64", "FLOCK", "pools and stakes of FL tasks"],
    ["curves", "f64", "FLOCK", "in model tokens' curves"],
    ["treasury", "f64", "FLOCK", "in the treasury"],
  ],
);

export const flockMarketTable = defineTable(
  "flock_market",
  "The FLOCK market, one row a day. Sold and bought are by who did it.",
  [
    DAY,
    TIME,
    ["price_usd", "f64", "USD/FLOCK", "price of the pool at the day's end"],
    ["outside_price_usd", "f64", "USD/FLOCK", "what outside traders hold FLOCK to be worth"],
    ["sold_nodes", "f64", "FLOCK", "sold by training nodes"],
    ["sold_validators", "f64", "FLOCK", "sold by validators"],
    ["sold_delegators", "f64", "FLOCK", "sold by delegators"],
    ["sold_whales", "f64", "FLOCK", "sold by whales"],
    ["sold_researchers", "f64", "FLOCK", "sold by researchers whom FLock pays in FLOCK"],
    ["sold_others", "f64", "FLOCK", "sold by creators, users, FL participants and the treasury"],
    ["sold_outside", "f64", "FLOCK", "sold by outside traders"],
    ["bought_outside", "f64", "FLOCK", "bought by outside traders"],
    ["bought_back", "f64", "FLOCK", "bought with revenue of the marketplace or a subnet"],
    ["bought_others", "f64", "FLOCK", "bought by everyone else in the world"],
  ],
);

export const flockTasksTable = defineTable(
  "flock_tasks",
  "AI Arena tasks that run, one row a task and day.",
  [
    DAY,
    ["task", "u32", "", "number of the task"],
    ["nodes", "u32", "node", "training nodes staked in it"],
    ["validators", "u32", "validator", "validators staked in it"],
    ["submissions", "u32", "model", "models submitted"],
    ["validations", "u32", "validation", "validations so far"],
    ["weight", "f64", "gmFLOCK", "what divides the emission between tasks"],
    ["node_reward", "f64", "FLOCK", "the nodes' part of the day, locked part included"],
    ["validator_reward", "f64", "FLOCK", "the validators' part of the day"],
    ["locked", "f64", "FLOCK", "nodes' reward locked until the end"],
    ["best_loss", "f64", "loss", "lowest consensus loss; null before the first"],
  ],
);

export const flockOperatorsTable = defineTable(
  "flock_operators",
  "Training nodes and validators, one row each and recording interval.",
  [
    DAY,
    ["operator", "u32", "", "number of the operator"],
    ["name", "text", "", "its agent"],
    ["role", "text", "", "`node` or `validator`"],
    ["task", "u32", "", "the task that it is staked in; null between tasks"],
    ["own", "f64", "gmFLOCK", "own stake"],
    ["delegated", "f64", "gmFLOCK", "delegated to it"],
    ["delegators", "u32", "delegator", "members of its pool"],
    ["sigma", "f64", "1", "part of the delegators' yield that it keeps"],
    ["reward", "f64", "FLOCK", "reward of the day, locked part and delegators' part included"],
    ["daily_return", "f64", "1/day", "R_t of the delegation page, before the claim fee"],
    ["standing", "f64", "1", "a node's rank (0 the best), a validator's F"],
    ["claimed", "f64", "FLOCK", "claimed so far, after fees"],
    ["sold", "f64", "FLOCK", "sold so far"],
    ["spent_usd", "f64", "USD", "spent on compute so far"],
  ],
);

export const flockDelegatorsTable = defineTable(
  "flock_delegators",
  "Delegators, one row each and recording interval.",
  [
    DAY,
    ["name", "text", "", "its agent"],
    ["wallet", "f64", "FLOCK", "neither locked nor staked"],
    ["locked", "f64", "FLOCK", "principal of its locks"],
    ["gmflock", "f64", "gmFLOCK", "of its locks"],
    ["mean_lock_days", "f64", "day", "mean length of its locks, weighed by principal"],
    ["delegated", "f64", "gmFLOCK", "in pools"],
    ["pools", "u32", "pool", "pools that it is in"],
    ["claimed", "f64", "FLOCK", "pool rewards claimed so far, after fees"],
    ["claimable", "f64", "FLOCK", "pool rewards due, before the fee"],
    ["sold", "f64", "FLOCK", "sold so far"],
  ],
);

export const flockLocksTable = defineTable("flock_locks", "Every lock that was opened.", [
  DAY,
  ["name", "text", "", "the agent that locked"],
  ["role", "text", "", "its role"],
  ["flock", "f64", "FLOCK", "locked, fee included"],
  ["lock_days", "f64", "day", "length of the lock"],
  ["gmflock", "f64", "gmFLOCK", "minted for it"],
  ["fee", "f64", "FLOCK", "fee taken at the lock"],
]);

export const flockFlowsTable = defineTable(
  "flock_flows",
  "Every movement of the day by its reason: the books in sums.",
  [
    DAY,
    ["asset", "text", "", "FLOCK, gmFLOCK or USD"],
    ["reason", "text", "", "why it moved"],
    ["amount", "f64", "asset", "moved in the day"],
    ["movements", "u32", "movement", "how often"],
  ],
);

export const flockAllianceTable = defineTable(
  "flock_alliance",
  "Rounds of FL Alliance tasks, one row a round.",
  [
    DAY,
    ["task", "u32", "", "number of the FL task"],
    ["round", "u32", "", "round, from 1"],
    ["accepted", "bool", "", "whether the vote took the proposal"],
    ["proposers", "u32", "participant", "who proposed"],
    ["voters", "u32", "participant", "who voted"],
    ["accuracy", "f64", "1", "of the global model on data that no participant has"],
    ["paid", "f64", "FLOCK", "paid to the rewarded"],
    ["slashed", "f64", "FLOCK", "taken from the slashed"],
  ],
);

export const flockModelsTable = defineTable(
  "flock_models",
  "Models on the marketplace, one row each and recording interval.",
  [
    DAY,
    ["model", "u32", "", "number of the model"],
    ["owner", "text", "", "the node that trained it"],
    ["loss", "f64", "loss", "consensus loss when its task ended"],
    ["status", "text", "", "`api`, or the state of its offering"],
    ["usage_usd", "f64", "USD", "paid for inference so far"],
    ["curve_flock", "f64", "FLOCK", "paid into its curve"],
    ["token_price", "f64", "FLOCK/token", "null without a token"],
    ["tokens_burned", "f64", "token", "bought back and burned"],
  ],
);

export const flockRefusalsTable = defineTable(
  "flock_refusals",
  "Actions that the contracts refused, by action and reason.",
  [
    DAY,
    ["action", "text", "", "what was wanted, and the contract's reason"],
    ["count", "u32", "action", "how often in the interval"],
  ],
);

export const flockBridgeTable = defineTable(
  "flock_bridge",
  "FLock and its research subnet, one row a day: the same research paid in alpha, and, in a twin of FLock without the subnet, in FLOCK.",
  [
    DAY,
    TIME,
    ["miner_alpha", "f64", "alpha", "what the subnet paid its miners"],
    ["research_usd", "f64", "USD", "the same at the day's prices: what the twin pays in FLOCK"],
    ["alpha_sold", "f64", "alpha", "sold by the subnet's miners"],
    ["alpha_sold_tao", "f64", "TAO", "what that brought them"],
    ["owner_tao", "f64", "TAO", "what FLock's owner share was sold for"],
    ["flock_bought", "f64", "FLOCK", "bought with a part of it"],
    ["flock_paid_without", "f64", "FLOCK", "paid for research in the twin without the subnet"],
    ["sold_with", "f64", "FLOCK", "sold by all people, with the subnet"],
    ["sold_without", "f64", "FLOCK", "sold by all people, in the twin without"],
    ["price_with_usd", "f64", "USD/FLOCK", "price at the day's end, with the subnet"],
    ["price_without_usd", "f64", "USD/FLOCK", "price at the day's end, in the twin without"],
  ],
);

export const flockTables = [
  flockSupplyTable,
  flockMarketTable,
  flockTasksTable,
  flockOperatorsTable,
  flockDelegatorsTable,
  flockLocksTable,
  flockFlowsTable,
  flockAllianceTable,
  flockModelsTable,
  flockRefusalsTable,
  flockBridgeTable,
] as const;
