/** What is measured where nobody says what to measure. */
import type { MeasuredOutcome } from "./outcome.ts";

type DefaultFor = "bittensor" | "flock" | "both" | "supply" | "root era" | "case";

const at = (
  name: string,
  table: string,
  column: string,
  rest: Partial<MeasuredOutcome> = {},
): MeasuredOutcome => ({
  ...{ name, table, column, where: {}, at: "last", per: null, over: "mean", q: 0.5 },
  ...rest,
});

const bittensor = [
  at("issuance_rao", "supply", "total_issuance_rao"),
  at("recycled_rao", "supply", "recycled_rao", { at: "sum" }),
  at("sum_moving_price", "supply", "sum_moving_price"),
  at("emission_gini", "subnets", "emission_share", { per: "netuid", over: "gini" }),
];

const flock = [
  at("flock_price_usd", "flock_market", "price_usd"),
  at("flock_circulating", "flock_supply", "circulating"),
  at("flock_locked_share", "flock_supply", "locked_share"),
];

export const defaultOutcomes: Readonly<Record<DefaultFor, readonly MeasuredOutcome[]>> = {
  bittensor,
  flock,
  both: [...bittensor, ...flock],
  supply: [
    at("issuance_rao", "supply_forecast", "issuance_rao"),
    at("recycled_rao", "supply_forecast", "recycled_rao"),
    at("next_halving_days", "halvings", "days", { at: "first" }),
  ],
  "root era": [
    at("issuance_rao", "supply", "total_issuance_rao"),
    at("recycled_rao", "supply", "recycled_rao", { at: "sum" }),
    at("emission_gini", "subnets", "emission_share", { per: "netuid", over: "gini" }),
    at("unissued_rao", "root_network", "unissued_rao", { at: "sum" }),
  ],
  case: [
    at("dividends_gini", "case_validators", "dividends_alpha", {
      at: "sum",
      per: "validator",
      over: "gini",
    }),
    at("incentive_gini", "case_servers", "incentive", { at: "sum", per: "server", over: "gini" }),
  ],
};
