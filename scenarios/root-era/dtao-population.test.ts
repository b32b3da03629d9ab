import { describe, expect, test } from "vitest";
import { MARKET } from "../../agents/root-era/agent.ts";
import { EVERYONE_ELSE } from "../../sim/bittensor/chain/genesis.ts";
import { endowed } from "./dtao-population.ts";

const wallet = (coldkey: string, balanceRao: bigint) => ({ coldkey, balanceRao });
const there = [wallet(MARKET, 70n), wallet("ann", 5n), wallet(EVERYONE_ELSE, 100n)];
const held = (wallets: readonly ReturnType<typeof wallet>[]) =>
  Object.fromEntries(wallets.map(({ coldkey, balanceRao }) => [coldkey, Number(balanceRao)]));

describe("who comes with the pools", () => {
  test("has its TAO from the buyers of what was sold, then from everybody else", () => {
    const wanted = [wallet("buyer/0", 60n), wallet("founder/0", 40n)];
    expect(held(endowed(there, wanted))).toEqual({
      ...{ [MARKET]: 0, ann: 5, [EVERYONE_ELSE]: 70 },
      ...{ "buyer/0": 60, "founder/0": 40 },
    });
  });

  test("gets a part of what it was to have where there is less, and nobody else loses any", () => {
    const wanted = [wallet("buyer/0", 300n), wallet("buyer/1", 40n)];
    const after = held(endowed(there, wanted));
    expect(after).toMatchObject({ ann: 5, "buyer/0": 150, "buyer/1": 20 });
    expect(Object.values(after).reduce((sum, rao) => sum + rao, 0)).toBe(175);
  });
});
