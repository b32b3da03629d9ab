import { describe, expect, test } from "vitest";
import { MemorySink } from "../../records.ts";
import * as layout from "../coinbase/kernel/assembly/layout.ts";
import type { BittensorAction } from "./actions.ts";
import { BittensorChain, type ChainSetup } from "./chain.ts";
import { exampleSetup, START_BLOCK } from "./example-setup.ts";

const TAO = 1_000_000_000n;
const ann = {
  id: "ann",
  role: "delegator",
  wake: { firstBlock: 0, everyBlocks: 1 },
  act: () => [],
};

function start(change: (setup: ChainSetup) => ChainSetup = (setup) => setup) {
  const sink = new MemorySink();
  const chain = new BittensorChain(change(exampleSetup()), sink);
  const submit = (action: BittensorAction) => chain.submit(ann, action);
  return { chain, sink, submit };
}

describe("a chain", () => {
  test("mints half a TAO a block at today's issuance and gives nearly all of it to subnets", () => {
    const { chain } = start();
    chain.advanceTo(START_BLOCK + 1_000);
    const { globals, subnet } = chain.state;
    expect(globals[layout.MINTED_RAO]).toBe(500n * TAO);
    const given = [1, 2, 3].map((n) => subnet.injectedTotalRao[n] + subnet.chainBuysTotalRao[n]);
    const paid = given.reduce((sum, rao) => sum + rao, 0n);
    expect(paid + globals[layout.RECYCLED_RAO]).toBe(500n * TAO);
    expect(globals[layout.RECYCLED_RAO]).toBeLessThan(10_000n);
  });

  test("pays a subnet's emission 18 / 41 / 41 at its epoch", () => {
    const { chain } = start();
    chain.advanceTo(START_BLOCK + 720);
    const total = (role: "owner" | "miner" | "validator" | "delegator" | "root") =>
      chain.rewards.totalRao(1, role);
    const owner = total("owner");
    const miner = total("miner");
    const validators = total("validator") + total("delegator") + total("root");
    const all = owner + miner + validators;
    expect(Number(owner) / Number(all)).toBeCloseTo(0.18, 4);
    expect(Number(miner) / Number(all)).toBeCloseTo(0.41, 4);
    expect(Number(validators) / Number(all)).toBeCloseTo(0.41, 4);
    expect(all).toBeGreaterThan(360n * TAO);
  });

  test("withholds the burned part of the miners' incentive", () => {
    const { chain } = start();
    chain.advanceTo(START_BLOCK + 720);
    const miner = chain.rewards.totalRao(2, "miner");
    const burned = chain.rewards.totalRao(2, "burned");
    expect(Number(burned) / Number(burned + miner)).toBeCloseTo(0.5, 6);
  });

  test("pays neurons by Yuma: the better miner more, and writes their rows", () => {
    const { chain, sink } = start();
    chain.advanceTo(START_BLOCK + 400);
    const rows = sink.objects("neurons");
    expect(rows).toHaveLength(3);
    expect(rows.map(({ incentive }) => incentive)).toEqual([0, 49_151, 16_383]);
    expect(chain.book.stakeRao("miner/3/1", "miner/3/1", 3)).toBeGreaterThan(
      chain.book.stakeRao("miner/3/2", "miner/3/2", 3),
    );
  });

  test("buys and sells at the pool's price, less the fee", () => {
    const { chain, submit } = start();
    chain.advanceTo(START_BLOCK + 1);
    const bought = submit({
      kind: "add_stake",
      netuid: 1,
      hotkey: "validators/1",
      amountRao: 10n * TAO,
    });
    expect(bought).toMatchObject({ applied: true, feeRao: 5_035_477n });
    const alphaRao = chain.book.stakeRao("validators/1", "ann", 1);
    expect(Number(alphaRao) / 1e9).toBeCloseTo(200 * (1 - 33 / 65_535), 1);
    const before = chain.ledger.balanceRao("ann");
    submit({ kind: "remove_stake", netuid: 1, hotkey: "validators/1", amountRao: alphaRao });
    const back = Number(chain.ledger.balanceRao("ann") - before) / 1e9;
    expect(back).toBeGreaterThan(9.98);
    expect(back).toBeLessThan(10);
    chain.checkBooks();
  });

  test("refuses with the chain's own error names and changes nothing", () => {
    const { chain, submit, sink } = start();
    chain.advanceTo(START_BLOCK + 1);
    const hotkey = "validators/1";
    const cases: [BittensorAction, string][] = [
      [
        { kind: "add_stake", netuid: 1, hotkey, amountRao: 2_000n * TAO },
        "NotEnoughBalanceToStake",
      ],
      [{ kind: "add_stake", netuid: 1, hotkey, amountRao: 1n }, "AmountTooLow"],
      [{ kind: "add_stake", netuid: 9, hotkey, amountRao: TAO }, "SubnetNotExists"],
      [
        { kind: "add_stake", netuid: 1, hotkey: "nobody", amountRao: TAO },
        "HotKeyAccountNotExists",
      ],
      [{ kind: "remove_stake", netuid: 1, hotkey, amountRao: TAO }, "NotEnoughStakeToWithdraw"],
      [
        { kind: "add_stake", netuid: 1, hotkey, amountRao: 900n * TAO, limitPriceRao: 50_100_000n },
        "SlippageTooHigh",
      ],
      [
        { kind: "set_weights", netuid: 3, hotkey, uids: [1], values: [1] },
        "HotKeyNotRegisteredInSubNet",
      ],
    ];
    for (const [action, reason] of cases) {
      expect(submit(action)).toEqual({ applied: false, reason });
    }
    expect(chain.book.stakeRao(hotkey, "ann", 1)).toBe(0n);
    expect(sink.objects("actions").map(({ refusal }) => refusal)).toEqual(
      cases.map(([, reason]) => reason),
    );
  });

  test("keeps root dividends in the fund until they are claimed, which sells them", () => {
    const { chain } = start();
    chain.advanceTo(START_BLOCK + 800);
    const rootBefore = chain.state.subnet.taoReserveRao[0];
    const claim = chain.submit(
      { ...ann, id: "root_stakers", role: "root" },
      { kind: "claim_root", netuid: 0, share: 0.5 },
    );
    expect(claim.applied && claim.receivedRao).toBeGreaterThan(0n);
    expect(chain.state.subnet.taoReserveRao[0]).toBeGreaterThan(rootBefore);
    chain.checkBooks();
  });

  test("changes its parameters in the block that a change names", () => {
    const { chain } = start((setup) => ({
      ...setup,
      parameters: [
        ...setup.parameters,
        {
          fromBlock: START_BLOCK + 50,
          parameters: { ...setup.parameters[0].parameters, gate: "none" as const },
        },
      ],
    }));
    chain.advanceTo(START_BLOCK + 49);
    expect(chain.parameters.gate).toBe("rank");
    chain.advanceTo(START_BLOCK + 50);
    expect(chain.parameters.gate).toBe("none");
    // Without a gate the shares are those of price and burn: 0.05 : 0.6 / 2 : 0.5.
    const shares = [1, 2, 3].map((netuid) => chain.state.share[netuid]);
    expect(shares[0]).toBeCloseTo(0.05 / 0.85, 3);
    expect(shares[1]).toBeCloseTo(0.3 / 0.85, 3);
  });

  test("notices one rao that appears from nowhere, in the same block", () => {
    const { chain } = start();
    chain.advanceTo(START_BLOCK + 10);
    chain.state.subnet.taoReserveRao[2] += 1n;
    expect(() => chain.advanceTo(START_BLOCK + 11)).toThrow(/not conserved/);
  });

  test("notices alpha that is booked to nobody, at the next recount", () => {
    const { chain } = start();
    chain.book.deposit("validators/1", "ann", 1, 5n);
    expect(() => chain.checkBooks()).toThrow(/alpha of subnet 1.*off by 5/);
  });

  test("does not start from a state whose parts do not add up", () => {
    const short = (setup: ChainSetup): ChainSetup => ({
      ...setup,
      genesis: { ...setup.genesis, stakes: setup.genesis.stakes.slice(1) },
    });
    expect(() => start(short)).toThrow(/subnet 0: 0 alpha rao are granted/);
  });
});
