/** A small network of the root era for tests: two validators with seats, three subnets. */

import { usualRegistration } from "./parameters.ts";
import { minersOf, type RootEraSetup } from "./setup.ts";
import type { SubnetStart } from "./subnet.ts";
import { TaoStakes } from "./tao-stakes.ts";

export const TAO = 1_000_000_000n;
export const EXAMPLE_BLOCK = 3_000_000;

export function exampleSetup(change: Partial<RootEraSetup> = {}): RootEraSetup {
  const stakes = new TaoStakes();
  const big = stakes.open("validator/0", "validator/0", true);
  const small = stakes.open("validator/1", "validator/1", true, 0);
  const subnets = [1, 2, 3].map((netuid): SubnetStart => {
    const miners = stakes.open(minersOf(netuid), "miners");
    return {
      netuid,
      name: "",
      ownerColdkey: `owner/${netuid}`,
      registeredBlock: 2_000_000 + netuid,
      tempoBlocks: 360,
      lockedRao: 100n * TAO,
      maxUids: 256,
      maxValidators: 64,
      burnRao: TAO,
      registration: usualRegistration,
      neurons: { kind: "agreed", validators: "root", miners: [miners], incentive: [1] },
    };
  });
  return {
    block: EXAMPLE_BLOCK,
    rootFromBlock: 1_404_224,
    overrides: {},
    stakes,
    grants: [
      { hotkey: big, coldkey: "validator/0", stakeRao: 1_000n * TAO },
      { hotkey: big, coldkey: "ann", stakeRao: 2_000n * TAO },
      { hotkey: small, coldkey: "validator/1", stakeRao: 1_000n * TAO },
    ],
    wallets: [
      { coldkey: "ann", balanceRao: 500n * TAO },
      { coldkey: "founder", balanceRao: 5_000n * TAO },
    ],
    validators: [big, small],
    unseated: [],
    strategyOf: new Map(),
    subnets,
    scheduled: [],
    seats: [
      { hotkey: big, row: { netuids: [0, 1, 2], values: [1, 2, 1] } },
      { hotkey: small, row: { netuids: [1, 2, 3], values: [1, 1, 2] } },
    ],
    lock: { lastLockRao: 200n * TAO, lastLockBlock: EXAMPLE_BLOCK - 7_200 },
    minersColdkey: "miners",
    selfMining: new Map(),
    roleOf: new Map([["ann", "delegator"]]),
    ...change,
  };
}
