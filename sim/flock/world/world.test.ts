import { describe, expect, test } from "vitest";
import { type Account, ConservationError, Ledger } from "../../ledger/ledger.ts";
import { randomSource } from "../../random.ts";
import { MemorySink } from "../../records.ts";
import { flockFromWei, weiFromFlock } from "../amounts.ts";
import { type FlockOverrides, flockParameters } from "../parameters.ts";
import {
  createFlockWorld,
  type FlockAction,
  type FlockAgent,
  type FlockView,
  runFlockDays,
} from "./world.ts";

type Script = (view: FlockView) => Iterable<FlockAction>;

const person = (
  id: string,
  role: FlockAgent["role"],
  initialFlock: number,
  act: Script,
  more: Partial<FlockAgent> = {},
): FlockAgent => ({
  id,
  role,
  initialFlock,
  wake: { firstDay: 0, everyDays: 1 },
  act,
  ...more,
});

const START = 200;
const days = (view: FlockView) => view.day - START;
const lockAll = (view: FlockView, lockDays: number): FlockAction => ({
  kind: "lock",
  flockWei: view.self.flockWei(),
  lockDays,
});

/** Locks at once, stakes as soon as there is a task, then does `work`; claims every day. */
const operator = (lockDays: number, work: FlockAction[]): Script =>
  function* (view) {
    if (view.self.locks().length === 0) yield lockAll(view, lockDays);
    if (view.self.operator()?.task === null && view.tasks.length > 0) {
      yield { kind: "stake", task: 0, gmflockWei: view.self.freeGmflockWei() };
      yield* work;
    } else yield { kind: "claim_rewards" };
  };

const node = (id: string, skill: number) =>
  person(id, "node", 10_000, operator(365, [{ kind: "train", computeUsd: 500 }]), { skill });

const validator = (id: string, noise: number) =>
  person(id, "validator", 10_000, operator(90, []), {
    validate(batch) {
      for (let k = 0; k < batch.count; k++) batch.submit(k, batch.measure(k, noise));
    },
  });

const delegatorTo = (id: string, operator: number) =>
  person(id, "delegator", 5000, function* (view) {
    if (days(view) === 1) {
      yield lockAll(view, 60);
      yield { kind: "delegate", operator, gmflockWei: view.self.freeGmflockWei() };
    }
    if (days(view) === 40) yield { kind: "claim_pool", operator };
    if (days(view) === 70) {
      const gmflockWei = view.self.delegations()[0].gmflockWei;
      yield { kind: "undelegate", operator, gmflockWei };
      yield { kind: "redeem" };
      yield { kind: "sell", flockWei: view.self.flockWei() };
    }
  });

const creator = person("creator", "creator", 0, function* (view) {
  if (days(view) === 1) yield { kind: "create_task" };
});

/** One task; two nodes, the first the better; two validators, the first the closer. */
function smallWorld(overrides: FlockOverrides = {}, ledger?: Ledger) {
  const agents = [
    creator,
    node("good", 1),
    node("bad", 0),
    validator("close", 0.01),
    validator("far", 0.2),
    delegatorTo("patron", 0),
  ];
  return createFlockWorld({
    parameters: flockParameters(overrides),
    startDay: START,
    agents,
    random: randomSource("small world"),
    ledger,
  });
}

function run(count: number, overrides: FlockOverrides = {}) {
  const world = smallWorld(overrides);
  const sink = new MemorySink();
  runFlockDays(world, count, sink, { everyDays: 1, tables: ALL });
  return { world, sink };
}

const ALL = new Set([
  "flock_supply",
  "flock_flows",
  "flock_operators",
  "flock_delegators",
  "flock_locks",
  "flock_tasks",
  "flock_market",
  "flock_refusals",
]);

const wallet = (world: ReturnType<typeof smallWorld>, index: number) =>
  flockFromWei(world.ledger.balance(world.participants[index].flock));

describe("a FLock world", () => {
  test("pays the better node and the closer validator more", () => {
    const { world } = run(25);
    expect(wallet(world, 1)).toBeGreaterThan(wallet(world, 2));
    expect(wallet(world, 3)).toBeGreaterThan(2 * wallet(world, 4));
  });

  test("holds back 90 % of the nodes' reward until the task ends, then lets it vest", () => {
    const before = run(29).world;
    const pot = flockFromWei(before.tasks[0].lockedWei);
    expect(pot).toBeGreaterThan(1e6);
    const { world } = run(40);
    expect(world.tasks[0]).toMatchObject({ finishedDay: START + 31, lockedWei: 0n });
    const granted = world.operators.flatMap(({ grants }) => grants.map((grant) => grant.amountWei));
    expect(granted.length).toBe(2);
    expect(flockFromWei(granted.reduce((sum, wei) => sum + wei, 0n))).toBeGreaterThan(0.8 * pot);
    expect(wallet(run(60).world, 1)).toBeGreaterThan(wallet(world, 1));
  });

  test("shares a node's reward with its delegator, who pays his fee and goes home", () => {
    const { world, sink } = run(71);
    const rows = sink.objects("flock_delegators");
    const claimed = (day: number) => Number(rows[day - 1].claimed);
    expect(claimed(39)).toBe(0);
    expect(claimed(40)).toBeGreaterThan(1000);
    expect(world.participants[5].locks).toEqual([]);
    expect(Number(rows[70].sold)).toBeCloseTo(claimed(40) + 5000 * (1 - 0.0513), 6);
    const fee = sink
      .objects("flock_flows")
      .find(({ day, reason }) => day === START + 40 && reason === "pool reward claimed");
    expect(Number(fee?.amount)).toBeCloseTo(claimed(40), 6);
  });

  test("keeps every wei: minted is held somewhere, on every day", () => {
    const { world, sink } = run(80, { arena: { slashRate: 0.1, slashDistance: 0.05 } });
    const flows = sink.objects("flock_flows").map(({ reason }) => reason);
    for (const reason of ["emission", "locked", "gmFLOCK fee", "claim fee", "gmFLOCK slashed"]) {
      expect(flows).toContain(reason);
    }
    expect(world.ledger.held("FLOCK")).toBe(world.grossMintedWei);
  });

  test.each([
    ["redeemed", "both sides", "gmflock/principal holds"],
    ["pool reward claimed", "both sides", "arena/delegation pools holds"],
    ["arena reward locked", "one side", "do not balance"],
  ])("sees one corrupted movement: %s, a wei too much on %s", (reason, sides, message) => {
    class Corrupt extends Ledger {
      corrupted = false;
      reason = "";
      override move(from: number, to: number, amount: bigint, why: string): void {
        this.reason = why;
        super.move(from, to, amount, why);
      }
      protected override post(source: Account, target: Account, amount: bigint): void {
        super.post(source, target, amount);
        if (this.corrupted || this.reason !== reason || amount === 0n) return;
        this.corrupted = true;
        target.balance += 1n;
        if (sides === "both sides") source.balance -= 1n;
      }
    }
    const world = smallWorld({}, new Corrupt());
    const runOn = () => runFlockDays(world, 75, new MemorySink());
    expect(runOn).toThrow(ConservationError);
    expect(runOn).toThrow(message);
  });

  test("refuses what the contracts refuse, and says why", () => {
    const { sink } = run(35);
    const reasons = sink.objects("flock_refusals").map(({ action }) => action);
    expect(reasons).toContain("claim_rewards NothingToClaim");
    const asked: string[] = [];
    const try_ = (view: FlockView, action: FlockAction) => {
      asked.push(action.kind);
      return view.day === START + 2 ? [action] : [];
    };
    const world = createFlockWorld({
      parameters: flockParameters(),
      startDay: START,
      random: randomSource("refusals"),
      agents: [
        creator,
        person("poor", "delegator", 1, (view) =>
          try_(view, { kind: "lock", flockWei: weiFromFlock(2), lockDays: 9 }),
        ),
        person("odd", "delegator", 1, (view) =>
          try_(view, { kind: "lock", flockWei: 1n, lockDays: 0 }),
        ),
        person("idle", "node", 1, (view) => try_(view, { kind: "stake", task: 0, gmflockWei: 0n })),
        person("early", "node", 1, (view) => try_(view, { kind: "unstake" })),
        person("bold", "user", 1, (view) => try_(view, { kind: "create_task" })),
        person("sly", "user", 1, (view) => try_(view, { kind: "burn_fees", flockWei: 1n })),
      ],
    });
    runFlockDays(world, 3, new MemorySink(), { everyDays: 100, tables: new Set() });
    expect([...world.refusals.keys()].sort()).toEqual([
      "burn_fees NotAdmin",
      "create_task NotProtocolManager",
      "lock InsufficientBalance",
      "lock ZeroLock",
      "stake BelowMinimumStake",
      "unstake NotStaked",
    ]);
  });

  test("a switch of the rule-set: under v1 plain FLOCK is staked, without fee or vesting", () => {
    const { world, sink } = run(40, { arena: { rules: "v1" } });
    const lock = sink.objects("flock_locks")[0];
    expect(lock).toMatchObject({ fee: 0, lock_days: 0, gmflock: lock.flock });
    expect(world.operators.flatMap(({ grants }) => grants).every((g) => g.durationDays === 0)).toBe(
      true,
    );
  });

  test("with gamma at zero v1 and v2 divide one task alike", () => {
    const tasks = (rules: "v1" | "v2") =>
      run(10, { arena: { rules }, gmflock: { epsilon: 0, feeFraction: 0 } })
        .sink.objects("flock_tasks")
        .map(({ node_reward, validator_reward }) => [node_reward, validator_reward]);
    for (const [k, [nodes, validators]] of tasks("v1").entries()) {
      const [otherNodes, otherValidators] = tasks("v2")[k];
      expect(Number(nodes)).toBeCloseTo(Number(otherNodes), 6);
      expect(Number(validators)).toBeCloseTo(Number(otherValidators), 6);
    }
  });

  test("the same seed gives the same rows", () => {
    const rows = () => [...run(45).sink.tables.values()].map(({ rows }) => rows);
    expect(rows()).toEqual(rows());
  });

  test("wallets cannot hold more than circulates", () => {
    const rich = person("rich", "delegator", 1e9, () => []);
    const make = () =>
      createFlockWorld({
        parameters: flockParameters(),
        startDay: START,
        agents: [rich],
        random: randomSource("rich"),
      });
    expect(make).toThrow(/initialFlock/);
  });
});

describe("the sharing ratio", () => {
  const asked: { day: number; refusal: string | null }[] = [];
  const restless = person("restless", "node", 10_000, function* (view) {
    if (view.self.locks().length === 0) yield lockAll(view, 365);
    const me = view.self.operator();
    if (!me) return;
    if (me.task !== null && view.tasks[me.task].finished) yield { kind: "unstake" };
    else if (me.task === null && days(view) === 2) {
      yield { kind: "stake", task: 0, gmflockWei: view.self.freeGmflockWei() };
      yield { kind: "train", computeUsd: 10 };
    }
    asked.push({ day: days(view), refusal: view.self.sigmaRefusal(0.5) });
  });
  const world = createFlockWorld({
    parameters: flockParameters(),
    startDay: START,
    random: randomSource("restless"),
    agents: [creator, restless, validator("v", 0.1)],
  });
  runFlockDays(world, 40, new MemorySink(), { everyDays: 100, tables: new Set() });

  test("is frozen two days before and after a task's end, also for who has left it", () => {
    // The task was opened on day 1 and is expected to end on day 31.
    const frozen = asked.filter(({ refusal }) => refusal === "SigmaFrozen").map(({ day }) => day);
    expect(frozen).toEqual([29, 30, 31, 32, 33]);
    expect(world.operators[0].task).toBeNull();
  });
});
