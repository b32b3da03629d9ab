/** All checks against reality by the name under which `hivelab reproduce` runs them. */
import type { RealityCheck, RealityTable } from "./check.ts";
import { dtao2025Checks } from "./dtao-2025.ts";
import { dtaoSwitchChecks } from "./dtao-switch.ts";
import { emission8740402Checks, gateVectorChecks } from "./emission-8740402.ts";
import { excess2026Checks } from "./excess-2026-08.ts";
import { firstDaysChecks } from "./first-days.ts";
import { robustnessChecks, robustnessTable } from "./flock-robustness.ts";
import { flockSupplyChecks } from "./flock-supply.ts";
import { genesisChecks } from "./genesis.ts";
import { nextBlockChecks } from "./next-block.ts";
import { pools2025Checks } from "./pools-2025.ts";
import { pruneChecks } from "./prunes.ts";
import { retentionChecks } from "./retention.ts";
import { rootEraChecks } from "./root-era.ts";
import { halvingChecks, supplyChecks } from "./supply.ts";
import { swapQuoteChecks } from "./swap-quotes.ts";
import { yieldChecks } from "./yields.ts";

export interface RealityGroup {
  readonly name: string;
  /** What is compared with what. */
  readonly about: string;
  /** Takes more than a few seconds. */
  readonly isSlow?: true;
  run(): RealityCheck[];
  /** Of the same results as the checks; called after `run`. */
  table?(): RealityTable;
}

export const realityGroups: readonly RealityGroup[] = [
  {
    name: "block-8957880",
    about: "every number that the coinbase of block 8,957,880 wrote, from the state before it",
    run: nextBlockChecks,
  },
  {
    name: "emission-8740402",
    about: "emission shares of block 8,740,402, and how much worse each deviation from the rule is",
    run: emission8740402Checks,
  },
  {
    name: "gate-vectors",
    about: "bars and shares of the Hill gate at block 8,740,402, to the last bit",
    run: gateVectorChecks,
  },
  {
    name: "chain-buys-2026-08",
    about: "chain buys of 31 snapshots of August 2026 under five rules",
    run: excess2026Checks,
  },
  {
    name: "swap-quotes",
    about: "swaps that the runtime simulated at block 7,000,020",
    run: swapQuoteChecks,
  },
  {
    name: "pools-2025-04",
    about: "prices and injections of 17 April 2025",
    run: pools2025Checks,
  },
  {
    name: "dtao-2025",
    about: "injections of April 2025 from the shipped state, a pool and the halving of December",
    run: dtao2025Checks,
  },
  { name: "halvings", about: "issuances at which emission halves", run: halvingChecks },
  {
    name: "supply",
    about: "issuance from the halving to October 2026, with the root-pot gap and recycling",
    run: supplyChecks,
  },
  {
    name: "first-days",
    about: "moving price, root proportion and alpha of a subnet's first days",
    run: firstDaysChecks,
  },
  {
    name: "yuma-guarantees",
    about: "honest utility that a share of stake needs to last, at worst",
    run: () => retentionChecks(),
  },
  {
    name: "flock-supply",
    about: "FLock's emission, circulating supply and an unlock against what is reported",
    run: flockSupplyChecks,
  },
  {
    name: "flock-robustness",
    about: "FL Alliance under attack: 50 clients, 10 to 40 % of them poisoning (half a minute)",
    isSlow: true,
    run: robustnessChecks,
    table: robustnessTable,
  },
  { name: "prunes", about: "lock prices of 52 registrations", run: pruneChecks },
  { name: "yields", about: "yields of alpha stake on 8 October 2026", run: yieldChecks },
  {
    name: "root-era",
    about:
      "before dTAO: a subnet's emission, lock prices, and a simulated week beside reported paces",
    run: rootEraChecks,
  },
  {
    name: "dtao-switch",
    about:
      "the shipped run across the switch to pools, beside issuance and the pools of April 2025 (half a minute)",
    isSlow: true,
    run: dtaoSwitchChecks,
  },
  { name: "genesis", about: "wealth in the state of March 2023", run: genesisChecks },
];
