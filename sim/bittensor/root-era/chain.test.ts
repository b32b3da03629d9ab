import { describe, expect, test } from "vitest";
import type { Agent } from "../../agent.ts";
import { fromFloat, I64F64, toFloat, U64F64 } from "../../fixed/fixed-point.ts";
import { ConservationError, Ledger } from "../../ledger/ledger.ts";
import { MemorySink } from "../../records.ts";
import { rootWeightShares } from "../emission/root-weights.ts";
import type { RootEraAction } from "./actions.ts";
import { LAST_ROOT_ERA_BLOCK } from "./calendar.ts";
import { RootEraChain } from "./chain.ts";
import { EXAMPLE_BLOCK, exampleSetup, TAO } from "./example-setup.ts";
import { minersOf } from "./setup.ts";
import { EraLedger } from "./tao-ledger.ts";
import type { RootEraView } from "./view.ts";

const agent = (id: string): Agent<RootEraView, RootEraAction> => ({
  id,
  role: "delegator",
  wake: { firstBlock: 1, everyBlocks: 1 },
  act: () => [],
});

const chainOf = (change: Parameters<typeof exampleSetup>[0] = {}) => {
  const sink = new MemorySink();
  return { chain: new RootEraChain(exampleSetup(change), sink), sink };
};

describe("emission before dTAO", () => {
  test("is divided by root validators' weights, to the bit of the rule", () => {
    const { chain } = chainOf();
    const params = {
      rhoBits: fromFloat(I64F64, 10),
      kappaBits: fromFloat(I64F64, 32_767 / 65_535),
    };
    const wanted = rootWeightShares(
      [
        { stakeRao: 3_000n * TAO, weights: [1, 2, 1, 0] },
        { stakeRao: 1_000n * TAO, weights: [0, 1, 1, 2] },
      ],
      4,
      params,
    );
    const ours = [0, 1, 2, 3].map((netuid) => chain.root.standings.get(netuid)?.shareBits ?? 0n);
    expect(ours).toEqual(wanted);
    expect(toFloat(U64F64, wanted[1])).toBeGreaterThan(0.4);
    expect(chain.subnets.get(1)?.emissionRao).toBe(Number((TAO * wanted[1]) >> 64n));
  });

  test("that root weighs on its own netuid reaches nobody", () => {
    const { chain } = chainOf();
    const share = toFloat(I64F64, chain.root.standings.get(0)?.shareBits ?? 0n);
    chain.advanceTo(EXAMPLE_BLOCK + 20_000);
    const offered = Number(chain.offeredRao) / 1e9;
    const unissued = offered - Number(chain.emittedRao) / 1e9;
    expect(offered).toBe(20_000);
    expect(unissued / offered).toBeCloseTo(share, 2);
  });

  test("gives the owner 18 %, and miners and validators the same", () => {
    const { chain } = chainOf();
    chain.advanceTo(EXAMPLE_BLOCK + 7_300);
    const paid = (role: "owner" | "miner" | "validator" | "delegator") =>
      Number(chain.epochs.rewards.totalRao(1, role));
    const validators = paid("validator") + paid("delegator");
    expect(paid("owner") / (paid("owner") + paid("miner") + validators)).toBeCloseTo(
      11_796 / 65_535,
      9,
    );
    expect(Math.abs(paid("miner") - validators)).toBeLessThanOrEqual(64);
    expect(chain.ledger.balanceRao("owner/1")).toBe(BigInt(paid("owner")));
  });

  test("pays dividends by stake, the take to the validator and the rest to its stakers", () => {
    const { chain } = chainOf();
    chain.advanceTo(EXAMPLE_BLOCK + 361);
    const [big, small] = chain.epochs.dividendsRao;
    expect(big / small).toBeCloseTo(3, 3);
    const take = Math.floor((big * 11_796) / 65_535);
    const shared = BigInt(big - take);
    const annGained = chain.stakes.stakeRao(0, "ann") - 2_000n * TAO;
    // Two thirds, but the stakes are taken at the division, once for all epochs of the day.
    expect(Number(annGained)).toBeCloseTo((Number(shared) * 2) / 3, -1);
  });

  test("is credited at each hotkey's turn in 7,200 blocks since September 2024", () => {
    const { chain } = chainOf({ block: 4_000_000 });
    const before = chain.ledger.totalIssuanceRao;
    chain.advanceTo(4_000_000 + 7_000);
    expect(chain.epochs.waitingRao).toBeGreaterThan(0n);
    const owners = [1, 2, 3].reduce((sum, n) => sum + chain.ledger.balanceRao(`owner/${n}`), 0n);
    expect(chain.ledger.totalIssuanceRao - before - owners).toBeLessThan(chain.epochs.drainedRao);
  });

  test("goes to the operators' table before there are root weights", () => {
    const { chain } = chainOf({ block: 200_000, seats: [] });
    const rates = [1, 2, 3].map((netuid) => chain.subnets.get(netuid)?.emissionRao);
    expect(rates).toEqual([142_223_000, 0, 857_777_000]);
    chain.advanceTo(200_400);
    expect(chain.emittedRao).toBe(400n * TAO);
    expect(chain.subnets.get(3)?.emittedRao).toBe(400n * 857_777_000n);
  });
});

describe("the books before dTAO", () => {
  test("balance whatever agents ask for", () => {
    const { chain, sink } = chainOf();
    const asked: [string, RootEraAction][] = [
      ["ann", { kind: "add_stake", netuid: 0, hotkey: "validator/1", amountRao: 400n * TAO }],
      ["ann", { kind: "add_stake", netuid: 0, hotkey: "validator/1", amountRao: 400n * TAO }],
      ["ann", { kind: "remove_stake", netuid: 0, hotkey: "validator/0", amountRao: TAO }],
      ["ann", { kind: "remove_stake", netuid: 0, hotkey: "validator/0", amountRao: 9_999n * TAO }],
      ["ann", { kind: "add_stake", netuid: 0, hotkey: minersOf(1), amountRao: TAO }],
      ["ann", { kind: "transfer", netuid: 0, to: "bob", amountRao: 5n * TAO }],
      ["ann", { kind: "root_register", netuid: 0, hotkey: "validator/0" }],
      ["founder", { kind: "burned_register", netuid: 2, limitRao: 2n * TAO }],
      ["founder", { kind: "burned_register", netuid: 2, limitRao: 2n * TAO }],
      ["founder", { kind: "burned_register", netuid: 3, limitRao: 1n }],
      ["founder", { kind: "register_network", netuid: 0, name: "four" }],
      ["founder", { kind: "register_network", netuid: 0, name: "five" }],
      ["validator/0", { kind: "set_take", netuid: 0, hotkey: "validator/0", takeU16: 20_000 }],
      [
        "validator/0",
        { kind: "set_root_weights", netuid: 0, hotkey: "validator/0", netuids: [4], values: [1] },
      ],
    ];
    chain.advanceTo(EXAMPLE_BLOCK + 400);
    // Nobody registered in the first interval of 360 blocks: 0.97 + 0.03 / 2 of the price.
    const burnRao = chain.subnets.get(2)?.burnRao;
    expect(burnRao).toBe(984_998_703n);
    const outcomes = asked.map(([id, action]) => chain.submit(agent(id), action));
    expect(outcomes.map((outcome) => (outcome.applied ? "applied" : outcome.reason))).toEqual([
      "applied",
      "NotEnoughBalanceToStake",
      "applied",
      "NotEnoughStakeToWithdraw",
      "NonAssociatedColdKey",
      "applied",
      "NonAssociatedColdKey",
      "applied",
      "TooManyRegistrationsThisBlock",
      "RegistrationPriceLimitExceeded",
      "applied",
      "NetworkTxRateLimitExceeded",
      "DelegateTakeTooHigh",
      "applied",
    ]);
    chain.advanceTo(EXAMPLE_BLOCK + 15_000);
    chain.record();
    chain.checkBooks();
    expect(chain.ledger.recycledRao).toBe(burnRao);
    expect(chain.netuids).toEqual([1, 2, 3, 4]);
    expect(sink.objects("root_subnets").length).toBe(4);
    expect(sink.objects("supply")[0].total_issuance_rao).toBe(chain.ledger.totalIssuanceRao);
  });

  test("tell when a rao is lost", () => {
    class LeakyLedger extends Ledger {
      protected override post(...[source, target, amount]: Parameters<Ledger["post"]>): void {
        super.post(source, target, target.name === "staked" && amount > 9n ? amount - 1n : amount);
      }
    }
    const make = () =>
      new RootEraChain(exampleSetup(), new MemorySink(), new EraLedger(new LeakyLedger()));
    expect(make).toThrow(ConservationError);
  });

  test("stop before the first block with pools", () => {
    const { chain } = chainOf({ block: LAST_ROOT_ERA_BLOCK - 1 });
    chain.advanceTo(LAST_ROOT_ERA_BLOCK);
    expect(() => chain.advanceTo(LAST_ROOT_ERA_BLOCK + 1)).toThrow(/has pools/);
  });
});

describe("a subnet that gives way", () => {
  test("has the least emission, returns its lock and loses its root weights", () => {
    const { chain } = chainOf({ overrides: { subnetLimit: 3 } });
    chain.advanceTo(EXAMPLE_BLOCK + 500);
    const emissions = [1, 2, 3].map((n) => chain.subnets.get(n)?.emissionRao ?? 0);
    const least = emissions.indexOf(Math.min(...emissions)) + 1;
    const owned = chain.ledger.balanceRao(`owner/${least}`);
    const outcome = chain.submit(agent("founder"), {
      kind: "register_network",
      netuid: 0,
      name: "new",
    });
    expect(outcome).toMatchObject({ applied: true, receivedRao: BigInt(least) });
    expect(chain.ledger.balanceRao(`owner/${least}`) - owned).toBe(100n * TAO);
    expect([...chain.root.rows.values()].some(({ netuids }) => netuids.includes(least))).toBe(
      false,
    );
    chain.checkBooks();
    chain.advanceTo(EXAMPLE_BLOCK + 8_000);
    expect(chain.subnets.get(least)?.start.ownerColdkey).toBe("founder");
  });
});
