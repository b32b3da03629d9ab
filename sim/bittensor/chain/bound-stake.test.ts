import { expect, test } from "vitest";
import type { BittensorAction } from "./actions.ts";
import { START_BLOCK } from "./example-setup.ts";
import { start, TAO } from "./neurons/testing.ts";

const miner = "miner/3/1";

test("collateral cannot be sold, moved, given away or burned; what is over it can", () => {
  const { chain, subnet, submit } = start();
  chain.advanceTo(START_BLOCK + 800);
  const heldRao = chain.book.stakeRao(miner, miner, 3);
  subnet.collateral.add(miner, miner, heldRao - TAO);
  const amountRao = 2n * TAO;
  const place = { netuid: 3, hotkey: miner, amountRao };
  const actions: BittensorAction[] = [
    { kind: "remove_stake", ...place },
    { kind: "swap_stake", toNetuid: 1, ...place },
    { kind: "move_stake", toHotkey: "validator/3/0", ...place },
    { kind: "transfer_stake", toColdkey: "ann", ...place },
    { kind: "burn_alpha", ...place },
    { kind: "recycle_alpha", ...place },
    { kind: "unstake_all", netuid: 0, hotkey: miner },
  ];
  for (const action of actions) {
    expect(submit(miner, action)).toEqual({ applied: false, reason: "StakeUnavailable" });
  }
  expect(submit(miner, { kind: "remove_stake", ...place, amountRao: TAO }).applied).toBe(true);
  chain.checkBooks();
});

test("other people's stake with the miner is free", () => {
  const { chain, subnet, submit } = start();
  chain.advanceTo(START_BLOCK + 800);
  submit("ann", { kind: "add_stake", netuid: 3, hotkey: miner, amountRao: 10n * TAO });
  subnet.collateral.add(miner, miner, chain.book.stakeRao(miner, miner, 3));
  const amountRao = chain.book.stakeRao(miner, "ann", 3);
  const sale = { kind: "remove_stake" as const, netuid: 3, hotkey: miner, amountRao };
  expect(submit("ann", sale).applied).toBe(true);
});
