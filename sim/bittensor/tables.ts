/**
 * The tables that a Bittensor world records. Docs, schemas and reports are made from these
 * definitions. "Interval" is the time since the table's previous row for the same thing.
 */
import { defineTable } from "../records.ts";

export const subnetNamesTable = defineTable(
  "subnet_names",
  "One row per subnet slot at the start: what it is called and how it is simulated.",
  [
    ["netuid", "u16", "", "subnet"],
    ["name", "text", "", "name on the chain at the date of the names' source; empty where unknown"],
    [
      "detail",
      "text",
      "",
      "`neurons` (every neuron is simulated) or `aggregate` (one actor per role)",
    ],
  ],
);

export const supplyTable = defineTable(
  "supply",
  "TAO supply and emission of the whole network, one row per recording interval.",
  [
    ["block", "u32", "block", "last block of the interval"],
    ["time", "time", "ms UTC", "date of that block"],
    ["total_issuance_rao", "i64", "rao", "TotalIssuance after the block"],
    ["block_emission_rao", "i64", "rao per block", "emission of the block, by the halving rule"],
    ["minted_rao", "i64", "rao", "minted in the interval"],
    ["injected_rao", "i64", "rao", "minted TAO put into pools with alpha (tao_in) in the interval"],
    ["chain_buys_rao", "i64", "rao", "minted TAO that bought alpha from pools in the interval"],
    ["recycled_rao", "i64", "rao", "taken off TotalIssuance in the interval (fees, roundings)"],
    ["root_stake_rao", "i64", "rao", "TAO staked on root after the block"],
    ["pools_tao_rao", "i64", "rao", "TAO in all pools after the block"],
    ["free_rao", "i64", "rao", "TAO in wallets after the block"],
    ["sum_moving_price", "f64", "TAO per alpha", "sum of moving prices of eligible subnets"],
    ["gate_bar", "f64", "1", "theta of the Hill gate; null where the rule has none"],
  ],
);

export const subnetsTable = defineTable(
  "subnets",
  "Emission of each subnet over time, one row per subnet and recording interval.",
  [
    ["block", "u32", "block", "last block of the interval"],
    ["time", "time", "ms UTC", "date of that block"],
    ["netuid", "u16", "", "subnet"],
    ["emission_share", "f64", "1", "share of the block's TAO emission, in that block"],
    [
      "tao_emission_rao",
      "i64",
      "rao",
      "TAO emission received in the interval (injected + chain buys)",
    ],
    ["injected_rao", "i64", "rao", "of it, put into the pool with alpha"],
    ["chain_buys_rao", "i64", "rao", "of it, spent on buying alpha from the pool"],
    ["alpha_emission_rao", "i64", "alpha rao", "alpha_out emitted in the interval"],
    ["moving_price", "f64", "TAO per alpha", "the price average that the share rule reads"],
    [
      "miner_burned",
      "f64",
      "1",
      "share of the miners' incentive that was withheld in the last epoch",
    ],
    ["root_proportion", "f64", "1", "root's part in the validators' dividends"],
    ["emission_enabled", "bool", "", "whether the subnet may receive TAO emission"],
  ],
);

export const poolsTable = defineTable(
  "pools",
  "Pools and prices, one row per subnet and recording interval.",
  [
    ["block", "u32", "block", "last block of the interval"],
    ["time", "time", "ms UTC", "date of that block"],
    ["netuid", "u16", "", "subnet"],
    ["tao_reserve_rao", "i64", "rao", "SubnetTAO: TAO in the pool"],
    ["alpha_reserve_rao", "i64", "alpha rao", "SubnetAlphaIn: alpha in the pool"],
    ["alpha_out_rao", "i64", "alpha rao", "SubnetAlphaOut: alpha outside the pool"],
    ["protocol_alpha_rao", "i64", "alpha rao", "alpha that the chain has bought, owned by nobody"],
    ["quote_weight", "f64", "1", "weight of TAO in the pool"],
    ["price", "f64", "TAO per alpha", "spot price"],
    ["bought_rao", "i64", "rao", "TAO that agents paid for alpha in the interval, fees included"],
    ["sold_rao", "i64", "rao", "TAO that agents received for alpha in the interval"],
  ],
);

export const neuronsTable = defineTable(
  "neurons",
  "Neurons of the subnets that are simulated neuron by neuron, one row per neuron and epoch.",
  [
    ["block", "u32", "block", "block of the epoch"],
    ["time", "time", "ms UTC", "date of that block"],
    ["netuid", "u16", "", "subnet"],
    ["epoch", "u32", "", "count of the subnet's epochs in this run, from 0"],
    ["uid", "u16", "", "neuron"],
    ["role", "text", "", "role of the agent that runs it"],
    ["stake_weight", "u16", "1/65535", "normalised stake"],
    ["consensus", "u16", "1/65535", "stake-weighted median weight"],
    ["incentive", "u16", "1/65535", "share of the miners' emission"],
    ["dividends", "u16", "1/65535", "share of the validators' emission"],
    ["validator_trust", "u16", "1/65535", "sum of the clipped weights"],
    ["emission_rao", "i64", "alpha rao", "alpha credited by the epoch"],
    ["validator_permit", "bool", "", "may set weights"],
    ["active", "bool", "", "set weights recently enough to count"],
  ],
);

export const mechanismNeuronsTable = defineTable(
  "mechanism_neurons",
  "Neurons in each mechanism of the subnets that have several, one row per mechanism, neuron and epoch. The table `neurons` holds what they add up to, and the first mechanism's incentive.",
  [
    ["block", "u32", "block", "block of the epoch"],
    ["time", "time", "ms UTC", "date of that block"],
    ["netuid", "u16", "", "subnet"],
    ["epoch", "u32", "", "count of the subnet's epochs in this run, from 0"],
    ["mechanism", "u16", "", "mechanism, from 0"],
    ["uid", "u16", "", "neuron"],
    ["role", "text", "", "role of the agent that runs it"],
    ["consensus", "u16", "1/65535", "stake-weighted median weight in the mechanism"],
    ["incentive", "u16", "1/65535", "share of the mechanism's part for miners"],
    ["dividends", "u16", "1/65535", "share of the mechanism's part for validators"],
    ["validator_trust", "u16", "1/65535", "sum of the clipped weights in the mechanism"],
    ["server_emission_rao", "i64", "alpha rao", "what the mechanism gives it as a miner"],
    ["validator_emission_rao", "i64", "alpha rao", "what it gives it as a validator"],
  ],
);

export const registrationsTable = defineTable(
  "registrations",
  "Neurons that registered on the subnets that are simulated neuron by neuron, one row each.",
  [
    ["block", "u32", "block", "block of the registration"],
    ["time", "time", "ms UTC", "date of that block"],
    ["netuid", "u16", "", "subnet"],
    ["uid", "u16", "", "uid that the neuron got"],
    ["hotkey", "text", "", "the new neuron"],
    ["coldkey", "text", "", "the agent that registered it"],
    ["role", "text", "", "role of that agent"],
    ["cost_rao", "i64", "rao", "TAO paid, swap fee included"],
    ["recycled_rao", "i64", "alpha rao", "alpha that the TAO bought and that was recycled"],
    ["collateral_rao", "i64", "alpha rao", "alpha that it bought and that is locked as collateral"],
    ["replaced_hotkey", "text", "", "the neuron that gave way; null where a uid was free"],
    ["replaced_role", "text", "", "role of the agent that ran it"],
    ["replaced_emission_rao", "i64", "alpha rao", "what its last epoch had given it"],
    ["replaced_age_blocks", "u32", "block", "blocks since its own registration"],
  ],
);

export const registrationPricesTable = defineTable(
  "registration_prices",
  "Price of a registration, one row per subnet that is simulated neuron by neuron and recording interval.",
  [
    ["block", "u32", "block", "last block of the interval"],
    ["time", "time", "ms UTC", "date of that block"],
    ["netuid", "u16", "", "subnet"],
    ["price_rao", "i64", "rao", "what a registration costs after the block"],
    ["registrations", "u32", "", "neurons that registered in the interval"],
    ["neurons", "u16", "", "uids in use after the block"],
  ],
);

export const stakeTermsTable = defineTable(
  "stake_terms",
  "Takes and children of validators that changed, one row each, when they come into force.",
  [
    ["block", "u32", "block", "block"],
    ["time", "time", "ms UTC", "date of that block"],
    ["netuid", "u16", "", "subnet; 0 for what holds on all"],
    [
      "term",
      "text",
      "",
      "delegate_take (of stakers' dividends), child_take (of parents' dividends) or child (part of the hotkey's stake that counts for the child)",
    ],
    ["hotkey", "text", "", "whose term it is; of children the parent"],
    ["uid", "u16", "", "its uid; null where it has none on the subnet"],
    ["child", "text", "", "the child; null for a take"],
    ["child_uid", "u16", "", "its uid; null where it has none"],
    ["before", "f64", "1", "the share until then"],
    ["share", "f64", "1", "the share from now on; of a child that is let go 0"],
  ],
);

export const validatorsTable = defineTable(
  "validators",
  "Validators of a subnet that is simulated neuron by neuron, one row per validator with a permit and day, from when a take or a child on the subnet has come to differ.",
  [
    ["block", "u32", "block", "last block of the interval"],
    ["time", "time", "ms UTC", "date of that block"],
    ["netuid", "u16", "", "subnet"],
    ["uid", "u16", "", "the validator's uid"],
    ["hotkey", "text", "", "the validator"],
    ["take", "f64", "1", "part of its stakers' dividends that it keeps"],
    ["child_take", "f64", "1", "part of its parents' dividends that it keeps"],
    ["stake_rao", "i64", "alpha rao", "alpha staked with it"],
    ["own_rao", "i64", "alpha rao", "of it, its owner's own"],
    [
      "counted_rao",
      "i64",
      "alpha rao",
      "alpha that counts for it: with what parents lend it, without what it lends",
    ],
    ["stake_share", "f64", "1", "its part of the stake that counts, of alpha and root"],
    [
      "dividends_share",
      "f64",
      "1",
      "its part of the last epoch's dividends, before children share",
    ],
  ],
);

export const rewardsTable = defineTable(
  "rewards",
  "What each role of each subnet was paid, one row per subnet, role and recording interval.",
  [
    ["block", "u32", "block", "last block of the interval"],
    ["time", "time", "ms UTC", "date of that block"],
    ["netuid", "u16", "", "subnet"],
    [
      "role",
      "text",
      "",
      "owner, miner, validator (take), delegator (alpha stakers), root or burned",
    ],
    ["alpha_rao", "i64", "alpha rao", "alpha paid in the interval"],
    ["value_rao", "i64", "rao", "the same at the spot price of the last block"],
  ],
);

export const actionsTable = defineTable(
  "actions",
  "Everything that agents asked of the chain, refusals included.",
  [
    ["block", "u32", "block", "block"],
    ["time", "time", "ms UTC", "date of that block"],
    ["agent", "text", "", "who asked"],
    ["role", "text", "", "role of the agent"],
    ["action", "text", "", "the extrinsic's name on the chain"],
    ["netuid", "u16", "", "subnet"],
    ["amount_rao", "i64", "rao or alpha rao", "amount asked for; null where the action has none"],
    ["received_rao", "i64", "alpha rao or rao", "what came back; null where nothing is exchanged"],
    ["fee_rao", "i64", "rao or alpha rao", "swap fee, in the unit of the amount"],
    ["applied", "bool", "", "false when the chain refused it"],
    ["refusal", "text", "", "the chain's error name; null when applied"],
  ],
);

export const subnetEventsTable = defineTable(
  "subnet_events",
  "Subnets that come, go or change hands, one row per event.",
  [
    ["block", "u32", "block", "block"],
    ["time", "time", "ms UTC", "date of that block"],
    ["netuid", "u16", "", "slot of the subnet"],
    [
      "event",
      "text",
      "",
      "registered (lock paid), added (pool seeded), started, emission_enabled, pruned, dissolved, owner_refunded or owner_changed",
    ],
    ["coldkey", "text", "", "owner; of a change of owner the new one"],
    ["tao_rao", "i64", "rao", "lock paid, TAO of the seed, or TAO paid to holders; null if none"],
    ["alpha_rao", "i64", "alpha rao", "alpha of the seed, or alpha that holders had; null if none"],
    ["recycled_rao", "i64", "rao", "protocol's part of a dissolution; null if none"],
    ["price", "f64", "TAO per alpha", "spot price just before a dissolution; null if none"],
  ],
);

export const keySwapsTable = defineTable(
  "key_swaps",
  "Hotkeys and coldkeys that were swapped for others, one row each.",
  [
    ["block", "u32", "block", "block"],
    ["time", "time", "ms UTC", "date of that block"],
    ["key", "text", "", "hotkey or coldkey"],
    ["netuid", "u16", "", "subnet; null for all"],
    ["coldkey", "text", "", "who owned the key; of a coldkey the key itself"],
    ["old_key", "text", "", "the key that was given up"],
    ["new_key", "text", "", "the one in its place"],
    ["positions", "u32", "", "stake positions that went along"],
    ["value_rao", "i64", "rao", "their worth at spot prices"],
    ["cost_rao", "i64", "rao", "recycled for it; of a coldkey at the announcement"],
  ],
);

export const convictionTable = defineTable(
  "conviction",
  "Conviction of locked alpha, one row per subnet and hotkey that has some and recording interval.",
  [
    ["block", "u32", "block", "last block of the interval"],
    ["time", "time", "ms UTC", "date of that block"],
    ["netuid", "u16", "", "subnet"],
    ["hotkey", "text", "", "the hotkey that locks point at"],
    ["coldkey", "text", "", "who owns it"],
    ["of_owner", "bool", "", "it is the subnet owner's hotkey"],
    ["conviction_rao", "i64", "alpha rao", "conviction of all locks that point at it"],
    [
      "circulating_rao",
      "i64",
      "alpha rao",
      "alpha outside the pool, without the protocol's and the burned",
    ],
  ],
);

export const votingPowerTable = defineTable(
  "voting_power",
  "Voting power on subnets whose owner has it tracked, one row per validator and recording interval.",
  [
    ["block", "u32", "block", "last block of the interval"],
    ["time", "time", "ms UTC", "date of that block"],
    ["netuid", "u16", "", "subnet"],
    ["hotkey", "text", "", "validator"],
    ["power_rao", "i64", "alpha rao", "moving average of its stake"],
  ],
);

export const wealthTable = defineTable(
  "wealth",
  "What each role owns, one row per role and recording interval.",
  [
    ["block", "u32", "block", "last block of the interval"],
    ["time", "time", "ms UTC", "date of that block"],
    ["role", "text", "", "role of the agents"],
    ["agents", "u32", "", "how many"],
    ["free_rao", "i64", "rao", "TAO in wallets"],
    ["root_rao", "i64", "rao", "TAO staked on root"],
    ["alpha_value_rao", "i64", "rao", "alpha stakes at spot prices"],
    ["total_rao", "i64", "rao", "sum of the three"],
  ],
);

export const bittensorTables = [
  subnetNamesTable,
  supplyTable,
  subnetsTable,
  poolsTable,
  neuronsTable,
  mechanismNeuronsTable,
  registrationsTable,
  registrationPricesTable,
  stakeTermsTable,
  validatorsTable,
  rewardsTable,
  actionsTable,
  subnetEventsTable,
  keySwapsTable,
  convictionTable,
  votingPowerTable,
  wealthTable,
] as const;
