import { describe, expect, test } from "vitest";
import { flockFromWei } from "../../sim/flock/amounts.ts";
import { flockParameters } from "../../sim/flock/parameters.ts";
import {
  createFlockWorld,
  type FlockView,
  type OperatorView,
  runFlockDays,
} from "../../sim/flock/world/world.ts";
import { randomSource } from "../../sim/random.ts";
import { MemorySink } from "../../sim/records.ts";
import { expectedFrom } from "./beliefs.ts";
import { dayOfDate, flockSection, overridesOf } from "./config.ts";
import { bestLock, type LockTaste, lockGain, lockGrid } from "./locking.ts";
import { flockPopulation } from "./population.ts";

const small = {
  arrival_days: 5,
  nodes: { count: 8 },
  validators: { count: 8 },
  delegators: { count: 20 },
};

function run(config: object, days: number, seed = "population") {
  const random = randomSource(seed);
  const population = flockPopulation(flockSection.parse({ ...small, ...config }), random);
  const world = createFlockWorld({ ...population, random });
  const sink = new MemorySink();
  runFlockDays(world, days, sink);
  return { world, sink };
}

describe("the choice of a lock", () => {
  const { gmflock } = flockParameters();
  const patient: LockTaste = {
    horizonDays: 365,
    surprisesPerYear: 0,
    waitCostPerYear: 1,
    requiredPerYear: 0,
    matured: "roll",
  };
  const choose = (taste: Partial<LockTaste>, daily = 0.0012) =>
    bestLock(lockGrid(gmflock), daily, { ...patient, ...taste }, gmflock).lockDays;

  test("from fee and multiplier alone is the longest lock", () => {
    expect(choose({})).toBe(365);
    expect(choose({}, 1e-5)).toBe(365);
  });

  test("shortens with a nearer horizon, with surprises and with a poorer yield", () => {
    expect(choose({ horizonDays: 90 }, 0.0003)).toBe(90);
    expect(choose({ surprisesPerYear: 4 })).toBeLessThan(choose({ surprisesPerYear: 2 }));
    expect(choose({ surprisesPerYear: 2 }, 0.0006)).toBeLessThan(choose({ surprisesPerYear: 2 }));
  });

  test("one who knows that a matured lock keeps its gmFLOCK gains more by the same lock", () => {
    const gain = (matured: "keep" | "roll") =>
      lockGain(90, 0.001, { ...patient, matured }, gmflock);
    expect(gain("keep") - gain("roll")).toBeCloseTo(gmflock.feeFraction * (365 / 90 - 1), 12);
  });
});

describe("a FLock population", () => {
  test("starts with what had been emitted, divided as configured", () => {
    const { agents } = flockPopulation(flockSection.parse({}), randomSource("wealth"));
    const flock = (role: string) =>
      agents
        .filter((a) => a.role === role)
        .reduce((sum, { initialFlock }) => sum + initialFlock, 0);
    expect(agents.length).toBe(1 + 185 + 247 + 1280 + 1);
    // 118 daily mints of the contract's counter.
    const emitted = 35_937_005.33;
    expect(flock("node") / emitted).toBeCloseTo(0.3, 6);
    expect(flock("validator") / emitted).toBeCloseTo(0.3, 6);
    expect(flock("delegator") / emitted).toBeCloseTo(0.4, 6);
  });

  test("locks, stakes, trains, validates, delegates, claims", () => {
    const { sink } = run({}, 40);
    const reasons = new Set(sink.objects("flock_flows").map(({ reason }) => reason));
    for (const reason of [
      "locked",
      "staked in a task",
      "training compute",
      "validation compute",
      "delegated",
      "reward claimed",
      "pool reward claimed",
    ]) {
      expect(reasons).toContain(reason);
    }
  });

  test("a whale's lock ends in a dump", () => {
    const { sink } = run({ whale: { share: 0.02, lock_days: 20, dump_days: 3 } }, 40);
    const sold = sink.objects("flock_market").map(({ sold_whales }) => Number(sold_whales));
    expect(sold.filter((flock) => flock > 0).length).toBe(3);
    expect(Math.max(...sold)).toBeGreaterThan(1e6);
  });

  test("and after it the whale is gone", () => {
    const { world } = run({ whale: { share: 0.02, lock_days: 10, dump_days: 2 } }, 40);
    const whale = world.participants.find(({ agent }) => agent.role === "whale")!;
    expect(whale.locks).toEqual([]);
    expect(world.ledger.balance(whale.flock)).toBe(0n);
  });

  test("asks for nothing that the contracts refuse", () => {
    const { sink } = run(
      {
        whale: { share: 0.02, lock_days: 10, dump_days: 3 },
        alliance: { count: 6 },
        marketplace: { offerings: true },
        parameters: {
          alliance: { active_tasks: 1, clients: 6, rounds: 8 },
          marketplace: { revenue_usd_per_day: 2000 },
          arena: { task_days: 20 },
        },
      },
      70,
    );
    expect(sink.objects("flock_refusals")).toEqual([]);
  });

  test("claims as soon as the gain exceeds gas, and not before", () => {
    const claims = (gas_usd: number) =>
      run({ parameters: { market: { gas_usd } } }, 30)
        .sink.objects("flock_flows")
        .filter(({ reason }) => reason === "pool reward claimed")
        .reduce((sum, { movements }) => sum + Number(movements), 0);
    const [cheap, dear] = [claims(0.02), claims(1000)];
    expect(cheap).toBeGreaterThan(20);
    expect(dear).toBeLessThan(cheap / 2);
  });

  test("has a creator who locks what a task's stake needs", () => {
    const parameters = { arena: { creator_stake_per_day_gmflock: 100 } };
    const { world } = run({ parameters }, 20);
    expect(world.tasks.length).toBeGreaterThan(0);
    for (const task of world.tasks) {
      expect(flockFromWei(task.creatorStakeWei)).toBe(100 * world.parameters.arena.taskDays);
    }
    expect(world.refusals.size).toBe(0);
  });

  test("lazy validators earn without computing, colluders lift their ring", () => {
    const spent = (config: object) =>
      run({ validators: { count: 8, ...config } }, 30)
        .sink.objects("flock_operators")
        .filter(({ role, day }) => role === "validator" && day === 147)
        .reduce((sum, { spent_usd }) => sum + Number(spent_usd), 0);
    expect(spent({ lazy_share: 1 })).toBe(0);
    expect(spent({ lazy_share: 0 })).toBeGreaterThan(0);
    const ringRank = (colluding: number) =>
      run({ validators: { count: 8, colluding_share: colluding, ring_share: 0.25 } }, 30)
        .sink.objects("flock_operators")
        .filter(({ operator, day }) => Number(operator) < 2 && day === 147)
        .reduce((sum, { standing }) => sum + Number(standing), 0);
    expect(ringRank(0.75)).toBeLessThan(ringRank(0));
  });

  test("FL Alliance runs its rounds, and its poison is voted down", () => {
    const alliance = { count: 10, malicious_share: 0.2, attack: "sign_flip", strength: 8 };
    const parameters = { alliance: { active_tasks: 1, clients: 10, rounds: 12 } };
    const { sink } = run({ alliance, parameters }, 30);
    const rounds = sink.objects("flock_alliance");
    expect(rounds.length).toBeGreaterThan(12);
    expect(rounds.some(({ accepted }) => accepted === false)).toBe(true);
    expect(Number(rounds[11].accuracy)).toBeGreaterThan(0.8);
    expect(Number(rounds[11].paid)).toBeGreaterThan(0);
  });

  test("marketplace revenue pays trainers, buys FLOCK back and burns it", () => {
    const parameters = { marketplace: { revenue_usd_per_day: 2000, minimum_raise_flock: 1000 } };
    const { world, sink } = run({ parameters, marketplace: { offerings: true } }, 60);
    const first = sink.objects("flock_models").filter(({ model }) => model === 0);
    expect(first.at(-1)?.status).toBe("launched");
    expect(flockFromWei(world.ledger.balance(world.accounts.burn))).toBeGreaterThan(0);
    expect(world.models[0].offering?.burnedTokens).toBeGreaterThan(0n);
  });

  test("the bootstrap emission goes to users who hold the token of the model that they use", () => {
    const marketplace = {
      revenue_usd_per_day: 2000,
      minimum_raise_flock: 1000,
      bootstrap_flock_per_day: 500,
    };
    const { world, sink } = run(
      { parameters: { marketplace }, marketplace: { offerings: true } },
      60,
    );
    const paid = sink
      .objects("flock_flows")
      .filter(({ reason }) => reason === "bootstrap emission")
      .map(({ amount }) => Number(amount));
    expect(paid.length).toBeGreaterThan(5);
    expect(Math.max(...paid)).toBeCloseTo(500, 6);
    const users = world.participants.filter(({ agent }) => agent.role === "user");
    expect(users.every(({ flock }) => world.ledger.balance(flock) > 0n)).toBe(true);
  });

  test("the treasury burns fees", () => {
    const { world } = run({ treasury: { burn_share: 0.5, every_days: 10 } }, 30);
    expect(world.ledger.balance(world.accounts.burn)).toBeGreaterThan(0n);
  });
});

describe("what a delegator expects of an operator", () => {
  const parameters = flockParameters();
  const view = { circulatingFlock: 2e8, emissionFlock: 3e5, parameters } as FlockView;
  const operator = { sigma: 0.4, dailyReturn: 0.0006, grossReturn: 0.001, historyDays: 30 };
  const beliefs = { crowdShare: 0.47, historyDays: 7 };
  const expected = (changed: Partial<OperatorView>) =>
    expectedFrom(view, { ...operator, ...changed } as OperatorView, beliefs);

  test("is by the sharing ratio of today, not by that of the past two weeks", () => {
    expect(expected({})).toBeCloseTo(0.0006, 12);
    expect(expected({ sigma: 0.9 })).toBeCloseTo(0.0001, 12);
    expect(expected({ sigma: 1 })).toBe(0);
  });

  test("is never more than the crowd's arrival would leave", () => {
    const crowd = 3e5 / (0.47 * 2e8);
    expect(expected({ grossReturn: 1 })).toBeCloseTo(0.6 * crowd, 12);
    expect(expected({ historyDays: 2 })).toBeCloseTo(0.6 * crowd, 12);
  });
});

describe("a FLock configuration", () => {
  test("names parameters in snake_case", () => {
    const { parameters } = flockSection.parse({
      parameters: { gmflock: { full_lock_days: 180 }, arena: { rank_ratio: 0.9 } },
    });
    expect(overridesOf(parameters)).toEqual({
      gmflock: { fullLockDays: 180 },
      arena: { rankRatio: 0.9 },
    });
    expect(() => flockSection.parse({ parameters: { gmflock: { fee: 1 } } })).toThrow();
    expect(() => flockSection.parse({ parameters: { arena: { gamma: 0.7 } } })).toThrow();
  });

  test("counts days from the launch", () => {
    expect(["2024-12-31", "2025-04-28", "2025-12-31"].map(dayOfDate)).toEqual([0, 118, 365]);
  });
});
