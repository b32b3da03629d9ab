/** What a forecast of supply alone records. */
import { defineTable } from "../../records.ts";

export const supplyForecastTable = defineTable(
  "supply_forecast",
  "Supply of TAO without anything else, one row per recording interval.",
  [
    ["day", "u32", "days", "days since the start"],
    ["block", "u32", "block", "last block of the interval"],
    ["time", "time", "ms UTC", "date of that block"],
    ["issuance_rao", "i64", "rao", "TotalIssuance after the block"],
    [
      "block_emission_rao",
      "i64",
      "rao per block",
      "emission of the next block, by the halving rule",
    ],
    ["minted_rao", "i64", "rao", "minted since the start"],
    ["recycled_rao", "i64", "rao", "recycled since the start"],
    ["one_off_rao", "i64", "rao", "minted for named single reasons since the start"],
    ["recycled_share", "f64", "1", "part of the interval's new TAO that was recycled"],
    [
      "inflation",
      "f64",
      "1 per year",
      "net growth of a year at the next block's emission, over issuance",
    ],
  ],
);

export const halvingsTable = defineTable("halvings", "Halvings within the run, one row each.", [
  ["number", "u16", "", "1 = the halving at 10.5 million TAO"],
  ["block", "u32", "block", "the first block that mints half as much"],
  ["time", "time", "ms UTC", "date of that block"],
  ["days", "f64", "days", "days from the start to that block"],
  ["issuance_rao", "i64", "rao", "TotalIssuance before that block"],
]);

export const supplyForecastTables = [supplyForecastTable, halvingsTable] as const;
