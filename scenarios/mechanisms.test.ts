import { afterAll, describe, expect, test } from "vitest";
import { MemorySink } from "../sim/records.ts";
import { buildWorld } from "./build-world.ts";
import { splitU16, trimmedMetagraph } from "./mechanisms.ts";
import { temporaryProject } from "./testing/temporary-project.ts";

const project = temporaryProject();
afterAll(() => project.remove());
const written = (subnet: string, more = "") =>
  project.write(
    "x.yaml",
    `version: 1\ntitle: t\nchain:\n  horizon_days: 0.11\n  detailed_subnets:\n    - { netuid: 15, metagraph: metagraph-sn15, ${subnet} }\n${more}`,
  );

test("shares become parts of 65,535, what rounding leaves goes to the first", () => {
  expect(splitU16([0.8, 0.2])).toEqual([52_428, 13_107]);
  expect(splitU16([1 / 3, 1 / 3, 1 / 3])).toEqual([21_845, 21_845, 21_845]);
  expect(splitU16([0.1, 0.9])).toEqual([6_554, 58_981]);
});

test("of a metagraph the validators stay, and the miners with the highest weights; uids close up", () => {
  const metagraph = {
    block: 1,
    sources: [],
    stakeRao: BigUint64Array.of(0n, 10n, 0n, 30n, 0n),
    weights: [
      [],
      [
        { uid: 0, weightU16: 1 },
        { uid: 4, weightU16: 3 },
      ],
      [],
      [{ uid: 2, weightU16: 65_535 }],
      [],
    ],
  };
  const { stakeRao, weights } = trimmedMetagraph(metagraph, 4);
  // The mean weight of uid 0 is the least: it goes.
  expect([...stakeRao]).toEqual([10n, 0n, 30n, 0n]);
  expect(weights).toEqual([[{ uid: 3, weightU16: 3 }], [], [{ uid: 1, weightU16: 65_535 }], []]);
  expect(trimmedMetagraph(metagraph, 5)).toBe(metagraph);
});

test("validators judge in both mechanisms, and miners are paid by both", () => {
  const sink = new MemorySink();
  const path = written(
    "max_uids: 64, trim_to_uids: 64, mechanisms: 2, mechanism_split: [0.5, 0.5]",
  );
  const { world, chain, assumptions } = buildWorld(project.load(path), { sink });
  world.run();
  chain.checkBooks();
  expect(chain.detailed.get(15)?.neurons).toHaveLength(64);
  const applied = sink.objects("actions").filter((row) => row.applied);
  const count = (name: string) => applied.filter(({ action }) => action === name).length;
  expect(count("set_mechanism_weights")).toBeGreaterThan(10);
  expect(count("set_weights")).toBeGreaterThan(10);
  const rows = sink.objects("mechanism_neurons");
  const last = rows.filter(({ block }) => block === rows.at(-1)?.block);
  const best = (mechanism: number) =>
    last
      .filter((row) => row.mechanism === mechanism)
      .toSorted((a, b) => Number(b.incentive) - Number(a.incentive))
      .slice(0, 5)
      .map(({ uid }) => uid);
  expect(best(1)).not.toEqual(best(0));
  expect(assumptions.join(" ")).toContain("In subnet 15's further mechanisms every miner has");
});

describe("mechanisms that cannot be are told", () => {
  test("too many neurons, a split that is not whole, FLockOff's subnet", () => {
    expect(project.faultLines(written("mechanisms: 2, mechanism_split: [0.5, 0.4]"))).toEqual([
      "x.yaml:6:60: chain.detailed_subnets[0].mechanisms: 2 mechanisms of 256 neurons are more than the chain's 256 together; set max_uids and trim_to_uids to 128 or less",
      "x.yaml:6:80: chain.detailed_subnets[0].mechanism_split: sums to 0.9; at most one part a mechanism, together 1",
    ]);
    expect(project.faultLines(written("mechanisms: 1, mechanism_split: [0.5, 0.5]"))).toEqual([
      "x.yaml:6:80: chain.detailed_subnets[0].mechanism_split: has 2 parts for 1 mechanisms; at most one part a mechanism, together 1",
    ]);
    const flockoff = "agents:\n  flockoff: { netuid: 15 }\n";
    const small = "max_uids: 64, trim_to_uids: 64, mechanisms: 2";
    expect(project.faultLines(written(small, flockoff))).toEqual([
      "x.yaml:6:17: chain.detailed_subnets[0].netuid: 15 is FLockOff's, whose miners do one work; one mechanism, or another subnet",
    ]);
  });

  test("before September 2025, with the date", () => {
    const early = "max_uids: 64, trim_to_uids: 64, mechanisms: 2";
    const lines = project.faultLines(written(early), ["chain.rules.as_of=2025-08-20"]);
    expect(lines).toEqual([
      "x.yaml:6:92: chain.detailed_subnets[0].mechanisms: a subnet with several mechanisms is not there at block 6205200 (2025-08-13); possible from block 6507600 (2025-09-23) on",
    ]);
  });

  test("more than the chain's limit", () => {
    expect(
      project.faultLines(written("max_uids: 64, trim_to_uids: 16, mechanisms: 9")),
    ).toHaveLength(2);
  });
});
