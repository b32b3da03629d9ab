import { describe, expect, test } from "vitest";
import { MemorySink } from "../../records.ts";
import type { PoolKind } from "../rules/rule-set.ts";
import { ruleLayers, type StartOverrides } from "../rules/timeline.ts";
import type { BittensorAction } from "./actions.ts";
import { BittensorChain } from "./chain.ts";
import { exampleSetup, START_BLOCK } from "./example-setup.ts";
import type { ChainParameters } from "./parameters.ts";
import { chainParametersAt, changesBetween } from "./rule-parameters.ts";

const TAO = 1_000_000_000n;
/** dTAO's eras one after the other, so many blocks each. */
const STEP = 500;
const order = ruleLayers.filter(({ name }) => name !== "R0" && name !== "R1");
const squeezed: StartOverrides = Object.fromEntries([
  ["R1", 1],
  ["R2", 2],
  ...order.slice(1).map(({ name }, i) => [name, START_BLOCK + STEP * (i + 1)] as const),
]);
const end = START_BLOCK + STEP * (order.length + 1);

function start(starts: StartOverrides, arithmetic: ChainParameters["arithmetic"] = "exact") {
  const setup = exampleSetup();
  const blocks = [START_BLOCK + 1, ...changesBetween(START_BLOCK + 1, end, starts)];
  const parameters = blocks.map((fromBlock) => ({
    fromBlock,
    parameters: { ...(chainParametersAt(fromBlock, starts) as ChainParameters), arithmetic },
  }));
  return new BittensorChain({ ...setup, parameters }, new MemorySink());
}

const person = (id: string) => ({
  id,
  role: "delegator",
  wake: { firstBlock: 0, everyBlocks: 1 },
  act: () => [],
});

describe("a chain through all eras of dTAO", () => {
  test("keeps every book while agents stake, unstake, swap and claim in each", () => {
    const chain = start(squeezed);
    const ann = person("ann");
    const kinds = new Set<PoolKind>();
    for (let block = START_BLOCK + STEP / 2; block < end; block += STEP / 2) {
      chain.advanceTo(block);
      kinds.add(chain.parameters.era.pool);
      const hotkey = "validators/1";
      const orders: BittensorAction[] = [
        { kind: "add_stake", netuid: 1, hotkey, amountRao: 20n * TAO },
        { kind: "remove_stake", netuid: 1, hotkey, amountRao: 50n * TAO },
        { kind: "swap_stake", netuid: 1, toNetuid: 2, hotkey, amountRao: 40n * TAO },
      ];
      for (const order of orders) expect(chain.submit(ann, order).applied).toBe(true);
      chain.submit(person("root_stakers"), { kind: "claim_root", netuid: 0, share: 0.3 });
      chain.checkBooks();
    }
    expect([...kinds]).toEqual(["constant product", "concentrated", "balancer"]);
  });

  test("runs the same blocks in float64, to a part in a million", () => {
    const [exact, float] = (["exact", "float64"] as const).map((arithmetic) => {
      const chain = start(squeezed, arithmetic);
      chain.advanceTo(end);
      return chain;
    });
    for (const netuid of exact.netuids) {
      for (const column of ["taoReserveRao", "alphaInRao", "alphaOutRao"] as const) {
        const [a, b] = [exact, float].map(({ state }) => Number(state.subnet[column][netuid]));
        expect(Math.abs(a - b) / a).toBeLessThan(1e-6);
      }
    }
  });
});

describe("a change of pools in the middle of a run", () => {
  const at = (name: string) => squeezed[name] as number;

  test.each(["concentrated pools", "balancer pools"])("to %s leaves the price", (name) => {
    const chain = start(squeezed);
    chain.advanceTo(at(name) - 1);
    const before = chain.netuids.map((netuid) => chain.pools.spotPrice(netuid));
    chain.advanceTo(at(name));
    for (const [i, netuid] of chain.netuids.entries()) {
      // One block's chain buys moved it, by far less than a percent.
      expect(chain.pools.spotPrice(netuid) / before[i]).toBeCloseTo(1, 3);
    }
  });

  test("gives weights that hold the price, not the reserves' ratio", () => {
    const change = at("balancer pools");
    const chain = start(squeezed);
    chain.advanceTo(change - 1);
    // A price that is not the ratio of the reserves, as years of swaps left it on the chain.
    chain.state.subnet.sqrtPriceLow[1] -= chain.state.subnet.sqrtPriceLow[1] / 10n;
    const price = chain.pools.spotPrice(1);
    chain.advanceTo(change);
    expect(chain.parameters.era.pool).toBe("balancer");
    expect(chain.pools.spotPrice(1) / price).toBeCloseTo(1, 3);
    expect(chain.state.subnet.quoteWeightParts[1]).not.toBe(500_000_000_000_000_000n);
  });
});

describe("the flow of TAO", () => {
  test("begins to rule with averages at the price, so that nobody is left without emission", () => {
    const chain = start(squeezed);
    const change = squeezed.R3 as number;
    chain.advanceTo(change - 1);
    const shares = chain.netuids.map((netuid) => chain.state.share[netuid]);
    chain.advanceTo(change);
    for (const [i, netuid] of chain.netuids.entries()) {
      expect(chain.state.share[netuid]).toBeGreaterThan(shares[i] / 3);
    }
    const [first, second] = chain.netuids;
    chain.submit(person("ann"), {
      kind: "add_stake",
      netuid: first,
      hotkey: "validators/1",
      amountRao: 500n * TAO,
    });
    const before = [first, second].map((netuid) => chain.state.share[netuid]);
    chain.advanceTo(change + 1);
    expect(chain.state.share[first]).toBeGreaterThan(before[0]);
    expect(chain.state.share[second]).toBeLessThan(before[1]);
  });
});

describe("root dividends", () => {
  const withRoot = (rootDividends: ChainParameters["rootDividends"]) => {
    const setup = exampleSetup();
    const parameters = setup.parameters.map(({ fromBlock, parameters: all }) => ({
      fromBlock,
      parameters: { ...all, rootDividends },
    }));
    return { ...setup, parameters };
  };

  test("sold at once raise the root stake by themselves", () => {
    const chain = new BittensorChain(withRoot("sold"), new MemorySink());
    const before = chain.state.subnet.taoReserveRao[0];
    chain.advanceTo(START_BLOCK + 800);
    expect(chain.state.subnet.taoReserveRao[0]).toBeGreaterThan(before);
    chain.checkBooks();
  });

  test("that accrue wait, are claimed, and then are TAO on root", () => {
    const chain = new BittensorChain(withRoot("claimed"), new MemorySink());
    const before = chain.state.subnet.taoReserveRao[0];
    chain.advanceTo(START_BLOCK + 800);
    expect(chain.state.subnet.taoReserveRao[0]).toBe(before);
    const owed = chain.fund.claims.owedRao("root_stakers", 1);
    const held = chain.fund.claims.heldRao(1);
    expect(owed).toBeGreaterThan(0n);
    // The rate's floor keeps back 2^-32 of a rao for each rao of root stake and epoch.
    expect(held - owed).toBeLessThan(((5_000_000n * TAO) >> 32n) * 4n);
    const claim = chain.submit(person("root_stakers"), { kind: "claim_root", netuid: 0, share: 1 });
    expect(claim.applied && claim.receivedRao).toBeGreaterThan(0n);
    expect(chain.fund.claims.owedRao("root_stakers", 1)).toBeLessThan(10n);
    expect(chain.state.subnet.taoReserveRao[0]).toBeGreaterThan(before);
    chain.checkBooks();
  });

  test("that are kept become alpha of the claimer, and move no price", () => {
    const setup = { ...withRoot("claimed"), rootClaims: { kind: "keep" } as const };
    const chain = new BittensorChain(setup, new MemorySink());
    chain.advanceTo(START_BLOCK + 800);
    const price = chain.pools.spotPrice(1);
    const owed = chain.fund.claims.owedRao("root_stakers", 1);
    chain.submit(person("root_stakers"), { kind: "claim_root", netuid: 0, share: 1 });
    expect(chain.book.stakeRao("validator/3/0", "root_stakers", 1)).toBe(owed);
    expect(chain.pools.spotPrice(1)).toBe(price);
    chain.checkBooks();
  });

  test("are not owed to stake that comes later", () => {
    const chain = new BittensorChain(withRoot("claimed"), new MemorySink());
    chain.advanceTo(START_BLOCK + 800);
    chain.submit(person("ann"), {
      kind: "add_stake",
      netuid: 0,
      hotkey: "validator/3/0",
      amountRao: 500n * TAO,
    });
    expect(chain.fund.claims.owedRao("ann", 1)).toBeLessThan(2n);
    chain.advanceTo(START_BLOCK + 2_000);
    expect(chain.fund.claims.owedRao("ann", 1)).toBeGreaterThan(100n);
  });
});

test("ages count anew, of those who had started, from the block in which they did on the chain", () => {
  const restart = 5_228_683;
  const { genesis, ...setup } = exampleSetup();
  const parameters = [restart - 9, restart].map((fromBlock) => ({
    fromBlock,
    parameters: chainParametersAt(fromBlock) as ChainParameters,
  }));
  const subnets = genesis.subnets.map((subnet) => ({
    ...subnet,
    firstEmissionBlock: subnet.netuid === 2 ? 0 : 5_000_000 + subnet.netuid,
  }));
  const chain = new BittensorChain(
    { ...setup, parameters, genesis: { ...genesis, subnets, block: restart - 10 } },
    new MemorySink(),
  );
  const firsts = () => [1, 2, 3].map((netuid) => chain.state.subnet.firstEmissionBlock[netuid]);
  chain.advanceTo(restart - 1);
  expect(firsts()).toEqual([5_000_001n, 0n, 5_000_003n]);
  chain.advanceTo(restart);
  expect(firsts()).toEqual([BigInt(restart), 0n, BigInt(restart)]);
});
