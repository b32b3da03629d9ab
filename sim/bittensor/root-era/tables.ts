/** What the world before dTAO records beside the tables of every Bittensor world. */
import { defineTable, type TableDefinition } from "../../records.ts";
import {
  actionsTable,
  neuronsTable,
  rewardsTable,
  subnetNamesTable,
  subnetsTable,
  supplyTable,
  wealthTable,
} from "../tables.ts";

export const rootNetworkTable = defineTable(
  "root_network",
  "The network before dTAO as a whole: root, locks and registrations, one row per interval.",
  [
    ["block", "u32", "block", "last block of the interval"],
    ["time", "time", "ms UTC", "date of that block"],
    ["seats", "u16", "", "validators with a seat on root"],
    ["least_seat_rao", "i64", "rao", "stake of the smallest of them"],
    ["subnets", "u16", "", "subnets, root not counted"],
    ["lock_cost_rao", "i64", "rao", "what registering a subnet costs"],
    ["locked_rao", "i64", "rao", "TAO locked by the owners of subnets"],
    ["subnets_registered", "u32", "", "subnets registered in the interval"],
    ["subnets_pruned", "u32", "", "subnets that gave way in the interval"],
    ["neurons_registered", "u32", "", "places bought in subnets in the interval"],
    ["registration_recycled_rao", "i64", "rao", "TAO destroyed for them"],
    [
      "unissued_rao",
      "i64",
      "rao",
      "block emission that no subnet was given: root weights on netuid 0, and floors",
    ],
    ["waiting_rao", "i64", "rao", "earned by hotkeys, not issued yet"],
  ],
);

export const rootSubnetsTable = defineTable(
  "root_subnets",
  "Subnets before dTAO: what root gives them and what a place costs; a row per subnet and interval.",
  [
    ["block", "u32", "block", "last block of the interval"],
    ["time", "time", "ms UTC", "date of that block"],
    ["netuid", "u16", "", "subnet; 0 is root's own, whose part is emitted to nobody"],
    ["rank", "f64", "1", "stake-weighted root weight"],
    ["trust", "f64", "1", "part of root stake that weighs it at all"],
    ["share", "f64", "1", "part of the block emission, after the sigmoid of trust"],
    ["burn_rao", "i64", "rao", "price of a place in the subnet"],
    ["registrations", "u32", "", "places bought in the interval"],
    ["recycled_rao", "i64", "rao", "TAO destroyed for them"],
    ["lock_rao", "i64", "rao", "what its owner has locked"],
    ["registered_block", "u32", "block", "when it was registered"],
  ],
);

export const rootValidatorsTable = defineTable(
  "root_validators",
  "Validators that others stake with, before dTAO; at most one row a validator and day.",
  [
    ["block", "u32", "block", "last block of the interval"],
    ["time", "time", "ms UTC", "date of that block"],
    ["hotkey", "text", "", "validator"],
    ["on_root", "bool", "", "has a seat on root"],
    ["strategy", "text", "", "how it weighs subnets"],
    ["stake_rao", "i64", "rao", "everything staked with it"],
    ["own_stake_rao", "i64", "rao", "of it, its own coldkey's"],
    ["take", "f64", "1", "part of the dividends that it keeps"],
    ["dividends_rao", "i64", "rao", "dividends earned in the interval, take included"],
  ],
);

/** Every table that a world before dTAO writes. */
export const rootEraTables: readonly TableDefinition[] = [
  subnetNamesTable,
  supplyTable,
  subnetsTable,
  neuronsTable,
  rewardsTable,
  actionsTable,
  wealthTable,
  rootNetworkTable,
  rootSubnetsTable,
  rootValidatorsTable,
];
/** Those that no other world has. */
export const ownRootEraTables = [rootNetworkTable, rootSubnetsTable, rootValidatorsTable] as const;
