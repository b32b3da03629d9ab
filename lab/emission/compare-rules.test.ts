import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { shareRules } from "../../sim/bittensor/rules/timeline.ts";
import { readEmissionState } from "../captures/emission-state.ts";
import { compareRules, computableRules, observedShares, taoPerDay } from "./compare-rules.ts";

const folder = mkdtempSync(join(tmpdir(), "hivelab-emission-"));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};

const hex = (value: bigint, bytes: number): string =>
  `0x${value
    .toString(16)
    .padStart(2 * bytes, "0")
    .match(/../g)!
    .reverse()
    .join("")}`;
const fixed = (value: number): bigint => BigInt(Math.round(value * 2 ** 32));
const byNetuid = <T>(read: (netuid: number) => T): Record<string, T> =>
  Object.fromEntries(netuids.map((netuid) => [netuid, read(netuid)]));

/** Forty subnets with falling prices; the third is switched off, the fourth burns half. */
const netuids = Array.from({ length: 40 }, (_, i) => i + 1);
const price = (netuid: number): number => 0.08 / netuid;
const burned = (netuid: number): number => (netuid === 4 ? 0.5 : 0);

const storage = {
  block_number: 8_766_001,
  values: {
    emission_gate_bar: null,
    emission_bar_quantile: hex(3n << 62n, 16),
    emission_gate_exponent: null,
    total_issuance: hex(11_200_000_000_000_000n, 8),
  },
  maps: {
    moving_price: byNetuid((netuid) => hex(fixed(price(netuid)), 16)),
    miner_burned: byNetuid((netuid) => hex(fixed(burned(netuid)), 16)),
    emission_enabled: { 3: "0x00", 4: "0x01" },
    first_emission_block: byNetuid(() => hex(5_000_000n, 8)),
    subtoken_enabled: byNetuid(() => "0x01"),
    registration_allowed: { 40: "0x00" },
    tao_in_emission: byNetuid(() => hex(0n, 8)),
    excess_tao: byNetuid(() => hex(0n, 8)),
  },
};
const state = readEmissionState(write("storage.json", storage));

/** The same capture with what the chain would have paid under a rule. */
function paidBy(rule: string) {
  const paid = compareRules(state).find((one) => one.rule === rule)!;
  const rao = new Map(
    state.subnets.map(({ netuid }, i) => [netuid, (paid.shareBits[i] * 500_000_000n) >> 64n]),
  );
  const half = (part: bigint) =>
    byNetuid((netuid) => hex(((rao.get(netuid) ?? 0n) * part) / 10n, 8));
  const maps = { ...storage.maps, tao_in_emission: half(3n), excess_tao: half(7n) };
  return readEmissionState(write("paid.json", { ...storage, maps }));
}

describe("rules on one captured state", () => {
  test("are those that the file has the inputs for", () => {
    expect(computableRules(state).map(({ name }) => name)).toEqual(["R2", "R6", "R7", "R8"]);
    const flow = shareRules.filter(({ name }) => name === "R3");
    expect(() => compareRules(state, flow)).toThrow("R3 reads flows, which the file lacks");
    expect(state.leftOut).toEqual([{ netuid: 40, why: "registration closed" }]);
  });

  test("the one that the chain followed is told by its error", () => {
    const compared = compareRules(paidBy("R8"));
    const error = (rule: string) => compared.find((one) => one.rule === rule)!.error!;
    expect(error("R8").meanAbsolute).toBeLessThan(5e-9);
    for (const rule of ["R2", "R6", "R7"]) expect(error(rule).meanAbsolute).toBeGreaterThan(1e-4);
    expect(compared.find(({ inForce }) => inForce)?.rule).toBe("R8");
  });

  test("a switched-off subnet gets nothing, but in the eras before the switch", () => {
    const share = (rule: string) => compareRules(state).find((one) => one.rule === rule)!.shares[2];
    expect(share("R2")).toBeGreaterThan(0.05);
    expect([share("R6"), share("R7"), share("R8")]).toEqual([0, 0, 0]);
  });

  test("a share is worth its part of 3,600 TAO a day after the halving", () => {
    expect(taoPerDay(state, 0.25)).toBe(900);
    expect(observedShares(state)).toBeNull();
  });
});

describe("a list of subnets", () => {
  const row = (netuid: number, economics: object) => ({ netuid, block: 8_766_001, economics });
  const list = {
    chain_state: {
      block: 8_766_001,
      total_issuance_tao: 11_200_000,
      emission_gate_bar: null,
      emission_bar_quantile: 0.75,
      emission_gate_exponent: null,
    },
    subnets: [
      row(0, { tao_in_pool_tao: 5_400_000, alpha_price_tao: 0 }),
      ...netuids.map((netuid) =>
        row(netuid, {
          alpha_price_tao: 0.5,
          moving_price_pinned: Number(fixed(price(netuid))) / 2 ** 64,
          miner_burned_fraction: burned(netuid),
          emission_enabled: netuid !== 3,
          subtoken_enabled: true,
          registration_allowed_pinned: netuid !== 40,
          first_emission_block: 5_000_000,
          tao_in_emission_tao: 0,
          alpha_in_pool: 1_000_000,
          alpha_out_pool: 1_000_000,
        }),
      ),
    ],
  };

  test("gives the same shares as the storage it was made from", () => {
    const listed = readEmissionState(write("list.json", list));
    const shares = (rule: string, of: typeof state) =>
      compareRules(of).find((one) => one.rule === rule)!.shareBits;
    for (const rule of ["R2", "R6", "R7", "R8"]) {
      expect(shares(rule, listed)).toEqual(shares(rule, state));
    }
    expect(computableRules(listed).map(({ name }) => name)).toContain("R5");
  });

  test("without the pipeline's fields assumes nothing burned and all switched on, and says so", () => {
    const bare = netuids.map((netuid) => row(netuid, { alpha_price_tao: price(netuid) }));
    const listed = readEmissionState(write("bare.json", { subnets: bare }));
    const gate = compareRules(listed).find(({ rule }) => rule === "R8")!;
    expect(gate.assumed).toEqual(["miner burned", "emission switch"]);
    expect(gate.shares[2]).toBeGreaterThan(0);
  });

  test("with a wrong number is told by its field", () => {
    const wrong = [row(1, { alpha_price_tao: -1 })];
    expect(() => readEmissionState(write("wrong.json", { subnets: wrong }))).toThrow(
      "subnets[0].economics.alpha_price_tao: -1 is not right here; a number of at least 0",
    );
  });
});

describe("a root metagraph", () => {
  test("gives the shares of root validators' weights", () => {
    const csv = "stake,block_number,w_0,w_1\n600,4336135,25.0,75\n400,4336135,50,50\n";
    const root = readEmissionState(write("root.csv", csv));
    const [rule] = compareRules(root);
    expect(rule).toMatchObject({ rule: "R1", inForce: true });
    expect(rule.shares[1]).toBeCloseTo(0.65, 6);
    expect(taoPerDay(root, 1)).toBe(7_200);
  });

  test("with a wrong cell is told by line and column", () => {
    const csv = "stake,block_number,w_0\n600,4336135,x\n";
    expect(() => readEmissionState(write("bad.csv", csv))).toThrow(
      'bad.csv:2:13: w_0: "x" is not right here; a weight of at least 0',
    );
  });
});

test("a file of no known format is refused", () => {
  expect(() => readEmissionState(write("other.json", { a: 1 }))).toThrow(
    "holds neither `maps` of raw storage nor a list `subnets`",
  );
  expect(() => readEmissionState(write("broken.json", '{"a":\n  }'))).toThrow(
    /broken\.json:2:\d+: is not JSON from here on/,
  );
});
