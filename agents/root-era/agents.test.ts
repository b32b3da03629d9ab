import { describe, expect, test } from "vitest";
import type { Outcome } from "../../sim/agent.ts";
import type { RootEraAction } from "../../sim/bittensor/root-era/actions.ts";
import type { RootEraView } from "../../sim/bittensor/root-era/view.ts";
import { randomSource } from "../../sim/random.ts";
import type { RootEraAgent } from "./agent.ts";
import { rootEraAgents } from "./config.ts";
import { Delegator, drawnValidator } from "./delegator.ts";
import { Operator } from "./operator.ts";
import { RootValidator, type RootValidatorPlace } from "./root-validator.ts";
import { SubnetMiners } from "./subnet-miners.ts";
import { BribingOwner, SubnetOwners } from "./subnet-owners.ts";
import { SubnetValues } from "./subnet-values.ts";

const TAO = 1_000_000_000n;
const config = rootEraAgents.parse({});
const applied: Outcome = { applied: true, feeRao: 0n };

/** A view with only the given parts; reading anything else fails the test. */
const viewOf = (parts: Partial<RootEraView>): RootEraView =>
  new Proxy(parts, {
    get(target, name) {
      if (name in target) return target[name as keyof typeof target];
      throw new Error(`the test's view does not show ${String(name)}`);
    },
  }) as RootEraView;

function wake(
  agent: RootEraAgent,
  view: RootEraView,
  answer: (action: RootEraAction) => Outcome = () => applied,
): RootEraAction[] {
  const asked: RootEraAction[] = [];
  const actions = agent.act(view, randomSource("test").stream(agent.id))[Symbol.iterator]();
  for (let step = actions.next(applied); !step.done; ) {
    asked.push(step.value);
    step = actions.next(answer(step.value));
  }
  return asked;
}

const place: RootValidatorPlace = {
  id: "validator/0",
  hotkey: "validator/0",
  firstBlock: 1,
  strategy: "proportional",
  favours: [],
  favourShare: 0,
  favourFromBlock: 0,
  startWeights: new Map(),
};

describe("a root validator", () => {
  const values = new SubnetValues();
  values.startFromShares(
    new Map([
      [1, 0.8],
      [2, 0.2],
    ]),
    [1, 2],
  );
  const noiseless = { ...config.root_validators, value_noise: 0 };
  const view = viewOf({
    block: 10_000,
    hasRoot: true,
    netuids: [1, 2],
    isSeated: () => true,
    stakeRao: () => 100n * TAO,
  });
  const weightsIn = (actions: RootEraAction[]) => {
    const call = actions.find((action) => action.kind === "set_root_weights");
    if (call?.kind !== "set_root_weights") throw new Error("no weights");
    const total = call.values.reduce((sum, value) => sum + value, 0);
    return new Map(call.netuids.map((netuid, i) => [netuid, call.values[i] / total]));
  };

  test("weighs subnets by what they are worth", () => {
    const weights = weightsIn(wake(new RootValidator(place, noiseless, values), view));
    expect(weights.get(1)).toBeCloseTo(0.8, 3);
    expect(weights.get(2)).toBeCloseTo(0.2, 3);
  });

  test("in a cabal puts the agreed part on the subnet that pays, from the agreed day on", () => {
    const bought = { ...place, strategy: "cabal", favours: [2], favourShare: 0.5 } as const;
    const member = new RootValidator({ ...bought, favourFromBlock: 9_000 }, noiseless, values);
    expect(weightsIn(wake(member, view)).get(2)).toBeCloseTo(0.6, 3);
    const later = new RootValidator({ ...bought, favourFromBlock: 11_000 }, noiseless, values);
    expect(weightsIn(wake(later, view)).get(2)).toBeCloseTo(0.2, 3);
  });

  test("keeps what it weighs on root's own netuid", () => {
    const startWeights = new Map([
      [0, 0.4],
      [1, 0.6],
    ]);
    const weights = weightsIn(
      wake(new RootValidator({ ...place, startWeights }, noiseless, values), view),
    );
    expect(weights.get(0)).toBeCloseTo(0.4, 2);
  });

  test("asks for a seat that its stake can take", () => {
    const outside = (stake: number) =>
      wake(
        new RootValidator(place, noiseless, values),
        viewOf({
          block: 10_000,
          hasRoot: true,
          isSeated: () => false,
          totalStakeTao: () => stake,
          leastSeatTao: 50,
          stakeRao: () => 0n,
        }),
      ).map(({ kind }) => kind);
    expect(outside(60)).toEqual(["root_register"]);
    expect(outside(50)).toEqual([]);
  });
});

describe("delegators", () => {
  const validator = (hotkey: string, stakeTao: number, take: number) => ({
    hotkey,
    stakeTao,
    take,
    onRoot: true,
  });

  test("choose large validators, and those with low takes", () => {
    const stream = randomSource("test").stream("draws");
    const choice = [validator("dear", 1_000, 0.18), validator("cheap", 1_000, 0)];
    let cheap = 0;
    for (let i = 0; i < 2_000; i++) {
      if (drawnValidator(choice, 10, stream)?.hotkey === "cheap") cheap++;
    }
    // 0.82 to the power of 10 is 0.137.
    expect(cheap / 2_000).toBeCloseTo(1 / 1.137, 1);
    expect(drawnValidator([], 1, stream)).toBeNull();
  });

  test("stake what they have too much of, and leave dearer validators", () => {
    const view = viewOf({
      validators: [validator("cheap", 1e9, 0.05), validator("dear", 10, 0.18)],
      holdings: [{ hotkey: "dear", stakeRao: 100n * TAO }],
      balanceRao: 100n * TAO,
    });
    const [away, there, more] = wake(new Delegator("d", 1, config.delegators), view);
    expect(away).toMatchObject({ kind: "remove_stake", hotkey: "dear", amountRao: 5n * TAO });
    expect(there).toMatchObject({ kind: "add_stake", hotkey: "cheap", amountRao: 5n * TAO });
    // 80 % of 200 TAO should be staked, 100 are; a fifth of the rest at once.
    expect(more).toMatchObject({ kind: "add_stake", amountRao: 12n * TAO });
  });
});

describe("miners", () => {
  const at = (burnTao: number, balanceTao = 100n) =>
    viewOf({
      block: 1,
      netuids: [1],
      balanceRao: balanceTao * TAO,
      stakeRao: () => 0n,
      neurons: () => null,
      emissionTaoPerDay: () => 720,
      ownerCut: 0.18,
      minerPlaces: () => 192,
      burnRao: () => BigInt(Math.round(burnTao * 1e9)),
    });
  const registers = (view: RootEraView) =>
    wake(new SubnetMiners("miners", 1, config.miners), view).length > 0;

  test("buy a place while it costs less than it promises, and they can pay", () => {
    // A mean miner earns 1.54 TAO a day.
    expect(registers(at(0.2))).toBe(true);
    expect(registers(at(50))).toBe(false);
    expect(registers(at(0.2, 0n))).toBe(false);
  });
});

describe("owners", () => {
  const values = new SubnetValues();
  const view = (lockTao: bigint, balanceTao: bigint) =>
    viewOf({
      block: 1,
      hasRoot: true,
      blocksUntilSubnet: 0,
      netuids: [1, 2, 3],
      ownerCut: 0.18,
      emissionTaoPerDay: () => 200,
      lockCostRao: lockTao * TAO,
      balanceRao: balanceTao * TAO,
    });
  const found = (lockTao: bigint, balanceTao: bigint) =>
    wake(new SubnetOwners("owners", 1, config.owners, values), view(lockTao, balanceTao), () => ({
      ...applied,
      receivedRao: 4n,
    })).filter(({ kind }) => kind === "register_network").length;

  test("found a subnet when the lock is worth so many days of an owner's cut", () => {
    // 45 days of 36 TAO.
    expect(found(1_600n, 5_000n)).toBe(1);
    expect(found(1_700n, 5_000n)).toBe(0);
    expect(found(1_600n, 1_500n)).toBe(0);
  });

  test("pay a cabal by its members' stake, from the agreed day on", () => {
    const members = [
      { coldkey: "a", hotkey: "a" },
      { coldkey: "b", hotkey: "b" },
    ];
    const owner = new BribingOwner({
      id: "cabal",
      hotkey: "cabal/miners",
      firstBlock: 1,
      fromBlock: 100,
      members,
      bribeShare: 0.5,
      sellShare: 0,
    });
    const seen = (block: number, tao: bigint) =>
      viewOf({
        block,
        balanceRao: tao * TAO,
        stakeRao: () => 0n,
        totalStakeTao: (hotkey: string) => (hotkey === "a" ? 30 : 10),
      });
    expect(wake(owner, seen(50, 10n))).toEqual([]);
    expect(wake(owner, seen(99, 20n))).toEqual([]);
    expect(wake(owner, seen(150, 30n))).toMatchObject([
      { kind: "transfer", to: "a", amountRao: 3_750_000_000n },
      { kind: "transfer", to: "b", amountRao: 1_250_000_000n },
    ]);
  });
});

test("an operator gathers its stake with its validator once there is root", () => {
  const operator = new Operator(
    {
      id: "operator/1",
      role: "validator",
      hotkeys: ["neuron/1", "neuron/2"],
      validator: "neuron/2",
      firstBlock: 1,
    },
    config.operators,
    4,
  );
  const view = (hasRoot: boolean) =>
    viewOf({
      hasRoot,
      isSeated: () => false,
      stakeRao: () => 5n * TAO,
      holdings: [
        { hotkey: "neuron/1", stakeRao: 5n * TAO },
        { hotkey: "neuron/2", stakeRao: 7n * TAO },
      ],
    });
  expect(wake(operator, view(false))).toEqual([]);
  const moves = wake(operator, view(true));
  expect(moves.map(({ kind }) => kind)).toEqual(["remove_stake", "add_stake"]);
  expect(moves[1]).toMatchObject({ hotkey: "neuron/2", amountRao: 5n * TAO });
  expect(wake(operator, view(true))).toEqual([]);
});
