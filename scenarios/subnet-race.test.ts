import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MemorySink } from "../sim/records.ts";
import { type BuiltWorld, buildWorld } from "./build-world.ts";
import { temporaryProject } from "./testing/temporary-project.ts";

/** A race in haste: a registration every ten minutes of a day, and pruning after an hour. */
const text = `version: 1
title: race
chain:
  horizon_days: 0.3
  arithmetic: float64
  registration:
    rate_limit_blocks: 50
    lock_interval_blocks: 800
    min_lock_tao: 300
    immunity_days: 0.05
    emission_after_days: 0.01
agents:
  founders:
    count: 12
    wealth_tao: 4000
    look_every_days: 0.01
    expected_price: 1
    expected_price_spread: 0.5
    new_idea_every_days: 0.1
    subnets_max: 2
    promote_tao: 20
recording: { every_blocks: 1800 }
`;

const MIN_LOCK_RAO = 300_000_000_000n;
const project = temporaryProject();
const sink = new MemorySink();
let built: BuiltWorld;
beforeAll(() => {
  built = buildWorld(project.load(project.write("race.yaml", text)), { sink });
  built.world.run();
});
afterAll(() => project.remove());

describe("a race for the slots", () => {
  const of = (kind: string) => sink.objects("subnet_events").filter(({ event }) => event === kind);

  test("prunes a subnet for every registration and keeps the books", () => {
    expect(of("registered").length).toBeGreaterThan(5);
    expect(of("pruned")).toHaveLength(of("registered").length);
    expect(of("started").length).toBeGreaterThan(0);
    expect(of("emission_enabled").length).toBeGreaterThan(0);
    built.chain.checkBooks();
    expect(built.chain.netuids.length + built.chain.subnets.waiting).toBe(128);
  });

  test("asks of each founder what the lock before and the blocks since say", () => {
    const locks = of("registered").map(({ block, tao_rao: rao }) => ({
      block: Number(block),
      rao: BigInt(rao as bigint),
    }));
    // 800 stored blocks are 400 at half a TAO of emission.
    for (const [index, { block, rao }] of locks.slice(1).entries()) {
      const before = locks[index];
      const fallen = (before.rao / 400n) * BigInt(block - before.block);
      const cost = 2n * before.rao - fallen;
      expect(rao).toBe(cost > MIN_LOCK_RAO ? cost : MIN_LOCK_RAO);
    }
  });

  test("pays those who hold alpha, at something like its price", () => {
    for (const { tao_rao: paid, alpha_rao: alpha, price } of of("pruned")) {
      if (alpha === 0n) expect(paid).toBe(0n);
      else {
        // An old subnet's pool counts no alpha of its own, so that the spot price can be passed.
        const recovery = Number(paid) / (Number(alpha) * Number(price));
        expect(recovery).toBeGreaterThan(0.2);
        expect(recovery).toBeLessThan(1.6);
      }
    }
  });

  test("tells in the report's notes what stands for what", () => {
    expect(built.assumptions.join(" ")).toContain("Root switches its emission on 0.01 days after");
  });
});
