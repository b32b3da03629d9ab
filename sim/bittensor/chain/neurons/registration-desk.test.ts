import { describe, expect, test } from "vitest";
import * as layout from "../../coinbase/kernel/assembly/layout.ts";
import { exampleSetup, START_BLOCK } from "../example-setup.ts";
import { newSubnetRegistration } from "./registration-terms.ts";
import { start, TAO } from "./testing.ts";

const register = (hotkey: string, netuid = 3) =>
  ({ kind: "burned_register", netuid, hotkey }) as const;

/** Three places, one of them free of immunity at most. */
const full = (immunityBlocks: number, minNonImmuneUids = 0) => ({
  maxAllowedUids: 3,
  registration: {
    ...newSubnetRegistration,
    replacement: { immunityBlocks, immuneOwnerUids: 1, minNonImmuneUids },
  },
});

describe("burned_register", () => {
  test("buys alpha with the price and recycles it, to the last rao", () => {
    const { chain, submit, subnet, sink } = start();
    chain.advanceTo(START_BLOCK + 10);
    const before = { ...poolOf(chain), ann: chain.ledger.balanceRao("ann") };
    const priceRao = chain.neurons.registrations.priceRao(3) as bigint;
    const outcome = submit("ann", register("ann's"));
    expect(outcome).toMatchObject({ applied: true });
    const after = poolOf(chain);
    const feeRao = outcome.applied ? outcome.feeRao : 0n;
    const [row] = sink.objects("registrations");
    const alphaRao = row.recycled_rao as bigint;
    expect(alphaRao).toBeGreaterThan(1_900_000_000n);
    expect(after.tao - before.tao).toBe(priceRao - feeRao);
    expect(before.alphaIn - after.alphaIn).toBe(alphaRao);
    expect(after.alphaOut).toBe(before.alphaOut);
    expect(after.recycled - before.recycled).toBe(alphaRao);
    const spent = before.ann - chain.ledger.balanceRao("ann");
    expect(spent).toBe(priceRao + chain.parameters.transactionFeeRao);
    expect(subnet.uidOf.get("ann's")).toBe(3);
    expect(chain.registry.coldkeyOf("ann's")).toBe("ann");
    chain.checkBooks();
    chain.advanceTo(START_BLOCK + 800);
    chain.checkBooks();
    expect(row).toMatchObject({ netuid: 3, uid: 3, hotkey: "ann's", cost_rao: priceRao });
  });

  test("costs 1.26 times as much the next time, and half after 360 blocks", () => {
    const { chain, submit } = start();
    chain.advanceTo(START_BLOCK + 1);
    const price = () => Number(chain.neurons.registrations.priceRao(3));
    const first = price();
    submit("ann", register("a"));
    expect(price() / first).toBeCloseTo(1.26, 8);
    submit("ann", register("b"));
    expect(price() / first).toBeCloseTo(1.26 * 1.26, 8);
    chain.advanceTo(START_BLOCK + 361);
    expect(price() / first).toBeCloseTo((1.26 * 1.26) / 2, 5);
  });

  test("moves by the older rule after an interval, and is capped in block and interval", () => {
    const { chain, submit } = start({ parameters: { registrationPrice: "adjusted" } });
    chain.advanceTo(START_BLOCK + 1);
    expect(submit("ann", register("a"))).toMatchObject({ applied: true });
    expect(submit("ann", register("b"))).toMatchObject({ reason: "TooManyRegistrationsThisBlock" });
    for (let block = 2; block <= 6; block++) {
      chain.advanceTo(START_BLOCK + block);
      expect(submit("ann", register(`m${block}`))).toMatchObject({ applied: true });
    }
    chain.advanceTo(START_BLOCK + 7);
    expect(submit("ann", register("c"))).toMatchObject({
      reason: "TooManyRegistrationsThisInterval",
    });
    // Six against a target of two: (6 + 2) / (2 * 2) of the price.
    const price = () => chain.neurons.registrations.priceRao(3);
    expect(price()).toBe(TAO);
    chain.advanceTo(START_BLOCK + 100);
    expect(price()).toBe(2n * TAO);
    chain.advanceTo(START_BLOCK + 200);
    expect(price()).toBe(TAO);
  });

  test("before dTAO destroys the TAO", () => {
    const { chain, submit } = start({ parameters: { registrationPays: "burned TAO" } });
    chain.advanceTo(START_BLOCK + 1);
    const { globals } = chain.state;
    const before = globals[layout.TOTAL_ISSUANCE_RAO];
    const priceRao = chain.neurons.registrations.priceRao(3) as bigint;
    const pool = poolOf(chain);
    submit("ann", register("a"));
    const feeRao = chain.parameters.transactionFeesRecycled
      ? chain.parameters.transactionFeeRao
      : 0n;
    expect(before - globals[layout.TOTAL_ISSUANCE_RAO]).toBe(priceRao + feeRao);
    expect(poolOf(chain)).toEqual(pool);
    chain.checkBooks();
  });

  test("on a full subnet takes the place of who earned least, and leaves that one its stake", () => {
    const { chain, submit, subnet, sink } = start({ subnet: full(1) });
    chain.advanceTo(START_BLOCK + 800);
    const stakeRao = chain.book.hotkeyStakeRao("validator/3/0", 3);
    expect(subnet.emissionRao(2)).toBeLessThan(subnet.emissionRao(1));
    const heldRao = chain.book.hotkeyStakeRao("miner/3/2", 3);
    expect(heldRao).toBeGreaterThan(0n);
    submit("ann", register("a"));
    expect(subnet.neurons.map(({ hotkey }) => hotkey)).toEqual(["validator/3/0", "miner/3/1", "a"]);
    expect(chain.book.hotkeyStakeRao("miner/3/2", 3)).toBe(heldRao);
    expect(sink.objects("registrations")).toMatchObject([{ replaced_hotkey: "miner/3/2", uid: 2 }]);
    chain.advanceTo(START_BLOCK + 1_200);
    expect(chain.book.hotkeyStakeRao("miner/3/2", 3)).toBe(heldRao);
    expect(chain.book.hotkeyStakeRao("validator/3/0", 3)).toBeGreaterThan(stakeRao);
    chain.checkBooks();
  });

  test("spares the immune while enough others are left, and the owner always", () => {
    const owner = { hotkey: "miner/3/2", coldkey: "miner/3/2" };
    const { chain, submit, subnet } = start({
      subnet: full(5_000),
      setup: (setup) => ({
        ...setup,
        detailed: setup.detailed.map((entry) => ({ ...entry, owner })),
      }),
    });
    chain.advanceTo(START_BLOCK + 1);
    // No epoch has run: all have earned nothing, so the earliest registered and lowest uid goes.
    submit("ann", register("a"));
    expect(subnet.neurons[0].hotkey).toBe("a");
    submit("ann", register("b"));
    expect(subnet.neurons[1].hotkey).toBe("b");
    // Both newcomers are immune, the owner is spared: the earlier of the immune gives way.
    submit("ann", register("c"));
    expect(subnet.neurons.map(({ hotkey }) => hotkey)).toEqual(["c", "b", "miner/3/2"]);
  });

  test("is refused with the chain's own names and then changes nothing", () => {
    const { chain, submit, subnet } = start();
    chain.advanceTo(START_BLOCK + 1);
    const before = chain.ledger.balanceRao("ann");
    const cases = [
      [register("a", 0), "RegistrationNotPermittedOnRootSubnet"],
      [register("a", 9), "SubnetNotExists"],
      [register("a", 1), "SubNetRegistrationDisabled"],
      [register("miner/3/1"), "HotKeyAlreadyRegisteredInSubNet"],
      [register("validators/1"), "NonAssociatedColdKey"],
      [
        { kind: "register_limit", netuid: 3, hotkey: "a", limitPriceRao: TAO / 2n },
        "RegistrationPriceLimitExceeded",
      ],
    ] as const;
    for (const [action, reason] of cases) {
      expect(submit("ann", action)).toEqual({ applied: false, reason });
    }
    expect(submit("poor", register("p"))).toMatchObject({ reason: "NotEnoughBalanceToStake" });
    expect(chain.ledger.balanceRao("ann")).toBe(before);
    expect(subnet.neurons).toHaveLength(3);
  });

  test("fails where every place is protected", () => {
    const { chain, submit } = start({
      subnet: {
        ...full(5_000),
        maxAllowedUids: 1,
        neurons: exampleNeurons().slice(1, 2),
        weights: [],
      },
      setup: (setup) => ({
        ...setup,
        genesis: {
          ...setup.genesis,
          stakes: setup.genesis.stakes.map((stake) => ({
            ...stake,
            hotkey: stake.netuid === 1 || stake.netuid === 2 ? stake.hotkey : "miner/3/1",
          })),
        },
        detailed: setup.detailed.map((entry) => ({
          ...entry,
          owner: { hotkey: "miner/3/1", coldkey: "miner/3/1" },
        })),
      }),
    });
    chain.advanceTo(START_BLOCK + 1);
    expect(submit("ann", register("a"))).toMatchObject({ reason: "NoNeuronIdAvailable" });
  });
});

describe("collateral", () => {
  const HALF = 32_768;
  const half = {
    subnet: { collateral: { lockShareU16: HALF, drainRatioBits: 1n << 63n } },
  };

  test("is the part of the price that is staked with the miner, and locked", () => {
    const { chain, submit, subnet, sink } = start(half);
    chain.advanceTo(START_BLOCK + 10);
    const outcome = submit("ann", register("a"));
    const [row] = sink.objects("registrations");
    const lockedRao = subnet.collateral.lockedRao("a");
    const sell = { kind: "remove_stake", netuid: 3, hotkey: "a", amountRao: lockedRao } as const;
    expect(submit("ann", sell)).toMatchObject({ reason: "StakeUnavailable" });
    expect(outcome).toMatchObject({ applied: true, receivedRao: lockedRao });
    expect(Number(lockedRao) / Number(row.recycled_rao)).toBeCloseTo(1, 4);
    expect(chain.book.stakeRao("a", "ann", 3)).toBe(lockedRao);
    chain.checkBooks();
  });

  test("is there already for a miner that comes back, as far as it is worth", () => {
    const { chain, submit, subnet, sink } = start({
      subnet: { ...half.subnet, ...full(1) },
      setup: (setup) => setup,
    });
    chain.advanceTo(START_BLOCK + 10);
    submit("ann", register("a"));
    const lockedRao = subnet.collateral.lockedRao("a");
    chain.advanceTo(START_BLOCK + 20);
    for (const hotkey of ["b", "c", "d"]) submit("ann", register(hotkey));
    expect(subnet.uidOf.has("a")).toBe(false);
    chain.advanceTo(START_BLOCK + 2_000);
    submit("ann", register("a"));
    // The price has fallen: what is locked covers the part that would be.
    expect(subnet.collateral.lockedRao("a")).toBe(lockedRao);
    expect(sink.objects("registrations").at(-1)).toMatchObject({ collateral_rao: 0n });
    chain.checkBooks();
  });

  test("drains by what the miner earns, at the ratio of its registration", () => {
    const { chain, submit, subnet } = start(half);
    chain.advanceTo(START_BLOCK + 10);
    submit("ann", register("a"));
    const uid = subnet.uidOf.get("a") as number;
    const lockedRao = subnet.collateral.lockedRao("a");
    subnet.collateral.settle("a", 1_000n, 1_000n);
    expect(subnet.collateral.lockedRao("a")).toBe(lockedRao - 500n);
    subnet.setWeights(0, { columns: [uid], values: [65_535] }, START_BLOCK + 20);
    chain.advanceTo(START_BLOCK + 400);
    expect(chain.book.stakeRao("a", "ann", 3)).toBeGreaterThan(100n * TAO);
    expect(subnet.collateral.lockedRao("a")).toBe(0n);
  });

  test("grows by the miner's own will, and keeps back pay while it is under its minimum", () => {
    const { chain, submit, subnet } = start();
    chain.advanceTo(START_BLOCK + 400);
    const miner = "miner/3/1";
    const heldRao = chain.book.stakeRao(miner, miner, 3);
    const ask = (kind: "add_collateral" | "set_min_collateral", amountRao: bigint, who = miner) =>
      submit(who, { kind, netuid: 3, hotkey: miner, amountRao });
    expect(ask("add_collateral", TAO, "ann")).toMatchObject({ reason: "NonAssociatedColdKey" });
    expect(ask("add_collateral", heldRao + 1n)).toMatchObject({
      reason: "NotEnoughStakeToWithdraw",
    });
    expect(ask("add_collateral", TAO)).toMatchObject({ applied: true });
    expect(ask("set_min_collateral", 5n * TAO)).toMatchObject({ applied: true });
    chain.advanceTo(START_BLOCK + 800);
    expect(subnet.collateral.lockedRao(miner)).toBe(5n * TAO);
  });

  test("is not there before spec 437", () => {
    const { chain, submit, subnet } = start({ ...half, parameters: { minerCollateral: false } });
    chain.advanceTo(START_BLOCK + 10);
    submit("ann", register("a"));
    expect(subnet.collateral.lockedRao("a")).toBe(0n);
    const action = { kind: "add_collateral", netuid: 3, hotkey: "a", amountRao: 1n } as const;
    expect(submit("ann", action)).toMatchObject({ reason: "CallDisabled" });
  });
});

test("serve_axon is for the subnet's neurons, once in 50 blocks", () => {
  const { chain, submit } = start();
  const serve = (hotkey: string) => ({ kind: "serve_axon", netuid: 3, hotkey }) as const;
  chain.advanceTo(START_BLOCK + 1);
  expect(submit("ann", serve("miner/3/1"))).toMatchObject({ reason: "NonAssociatedColdKey" });
  expect(submit("validators/1", serve("validators/1"))).toMatchObject({
    reason: "HotKeyNotRegisteredInNetwork",
  });
  expect(submit("miner/3/1", serve("miner/3/1"))).toMatchObject({ applied: true });
  chain.advanceTo(START_BLOCK + 50);
  expect(submit("miner/3/1", serve("miner/3/1"))).toMatchObject({
    reason: "ServingRateLimitExceeded",
  });
  chain.advanceTo(START_BLOCK + 51);
  expect(submit("miner/3/1", serve("miner/3/1"))).toMatchObject({ applied: true });
  expect(chain.neurons.registrations.servedBlock(3, "miner/3/1")).toBe(START_BLOCK + 51);
});

const exampleNeurons = () => exampleSetup().detailed[0].subnet.neurons;

function poolOf(chain: ReturnType<typeof start>["chain"]) {
  const { subnet } = chain.state;
  return {
    tao: subnet.taoReserveRao[3],
    alphaIn: subnet.alphaInRao[3],
    alphaOut: subnet.alphaOutRao[3],
    recycled: subnet.alphaRecycledTotalRao[3],
  };
}
