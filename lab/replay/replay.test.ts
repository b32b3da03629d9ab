import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runCoinbase } from "../../sim/bittensor/coinbase/block.ts";
import { exampleSubnet } from "../../sim/bittensor/coinbase/examples.ts";
import type { CoinbaseState, CoinbaseSubnet } from "../../sim/bittensor/coinbase/state.ts";
import { alphaForTao, taoForAlpha } from "../../sim/bittensor/pools/balancer.ts";
import { poolAfter } from "../../sim/bittensor/pools/swap.ts";
import { coinbaseParamsAt } from "../../sim/bittensor/rules/coinbase-params.ts";
import { readBlockPair } from "../captures/block-pair.ts";
import { replayBlock } from "./replay.ts";

const BLOCK = 9_000_000;
const folder = mkdtempSync(join(tmpdir(), "hivelab-replay-"));
afterAll(() => rmSync(folder, { recursive: true }));

const subnet = (netuid: number, price: number): CoinbaseSubnet =>
  exampleSubnet(netuid, {
    protocolAlphaRao: 7n,
    movingPriceBits: BigInt(Math.round(price * 2 ** 32)),
    firstEmissionBlock: 8_000_000,
  });

const before: CoinbaseState = {
  block: BLOCK - 1,
  totalIssuanceRao: 11_300_000_000_000_000n,
  rootTaoRao: 5_400_000_000_000_000n,
  gateBarBits: 0n,
  subnets: [subnet(1, 0.6), subnet(2, 0.5), subnet(5, 0.3)],
};
const params = coinbaseParamsAt(BLOCK);
const after = runCoinbase(before, params).state;

const hex = (value: bigint, bytes: number): string => {
  const digits = value.toString(16).padStart(2 * bytes, "0");
  return `0x${digits.match(/../g)!.reverse().join("")}`;
};

const columns: Record<string, [bytes: number, read: (s: CoinbaseSubnet) => bigint]> = {
  "SubtensorModule.SubnetTAO": [8, (s) => s.taoRao],
  "SubtensorModule.SubnetAlphaIn": [8, (s) => s.alphaInRao],
  "SubtensorModule.SubnetAlphaOut": [8, (s) => s.alphaOutRao],
  "SubtensorModule.SubnetProtocolAlpha": [8, (s) => s.protocolAlphaRao],
  "SubtensorModule.SubnetMovingPrice": [16, (s) => s.movingPriceBits],
  "SubtensorModule.RootProp": [16, (s) => s.rootProportionBits ?? 0n],
  "SubtensorModule.FirstEmissionBlockNumber": [8, (s) => BigInt(s.firstEmissionBlock)],
  "SubtensorModule.SubnetTaoInEmission": [8, (s) => s.lastBlock.taoInRao],
  "SubtensorModule.SubnetAlphaInEmission": [8, (s) => s.lastBlock.alphaInRao],
  "SubtensorModule.SubnetExcessTao": [8, (s) => s.lastBlock.excessTaoRao],
  "SubtensorModule.SubnetAlphaOutEmission": [8, (s) => s.lastBlock.alphaOutRao],
  "Swap.SwapBalancer": [8, (s) => s.quoteWeight],
};

/** A capture of two states in the file format. */
function captureOf(start: CoinbaseState, end: CoinbaseState) {
  const list = (state: CoinbaseState, read: (s: CoinbaseSubnet) => string) =>
    Array.from({ length: 8 }, (_, netuid) => {
      const found = state.subnets.find((s) => s.netuid === netuid);
      return found ? read(found) : null;
    });
  const item = (read: (s: CoinbaseSubnet) => string) => ({
    before: list(start, read),
    after: list(end, read),
  });
  const scalar = (read: (state: CoinbaseState) => string) => ({
    before: read(start),
    after: read(end),
  });
  return {
    block: BLOCK,
    spec: 455,
    scalars: {
      "System.Number": scalar((s) => hex(BigInt(s.block), 4)),
      "SubtensorModule.TotalIssuance": scalar((s) => hex(s.totalIssuanceRao, 8)),
      "SubtensorModule.SubnetTAO[0]": scalar((s) => hex(s.rootTaoRao, 8)),
      "SubtensorModule.EmissionGateBar": scalar((s) => hex(s.gateBarBits, 16)),
    },
    items: {
      "SubtensorModule.NetworksAdded": item(() => "0x01"),
      "SubtensorModule.SubtokenEnabled": item(() => "0x01"),
      ...Object.fromEntries(
        Object.entries(columns).map(([name, [bytes, read]]) => [
          name,
          item((s) => hex(read(s), bytes)),
        ]),
      ),
    },
  };
}

const path = join(folder, "pair.json");
const replayOf = (capture: unknown) => {
  writeFileSync(path, JSON.stringify(capture));
  return replayBlock(readBlockPair(path));
};
const withSubnet = (changed: CoinbaseSubnet): CoinbaseState => ({
  ...after,
  subnets: after.subnets.map((s) => (s.netuid === changed.netuid ? changed : s)),
});

describe("a captured block, replayed", () => {
  test("agrees in every item when nothing else happened", () => {
    const replay = replayOf(captureOf(before, after));
    expect(replay.items.map(({ agree }) => agree)).toEqual(replay.items.map(() => 3));
    expect(replay).toMatchObject({ rule: "R8", orders: [], agrees: true });
  });

  test("lists a user's sale apart, with the fee that is sold behind it", () => {
    const [pool] = after.subnets;
    const sold = 129_040_000_000n;
    const fee = (sold * ((33n << 64n) / 65_535n)) >> 64n;
    const first = taoForAlpha(pool, sold - fee);
    const second = taoForAlpha(poolAfter(pool, "sell", sold - fee, first), fee);
    const changed = {
      ...pool,
      taoRao: pool.taoRao - first - second,
      alphaInRao: pool.alphaInRao + sold,
      alphaOutRao: pool.alphaOutRao - sold,
    };
    const replay = replayOf(captureOf(before, withSubnet(changed)));
    expect(replay.agrees).toBe(true);
    expect(replay.orders).toMatchObject([{ netuid: 1, kind: "sale", exact: true }]);
  });

  test("tells a registration by the alpha that vanishes", () => {
    const pool = after.subnets[1];
    const changed = {
      ...pool,
      taoRao: pool.taoRao + 499_749n,
      alphaInRao: pool.alphaInRao - alphaForTao(pool, 499_749n),
    };
    const { orders } = replayOf(captureOf(before, withSubnet(changed)));
    expect(orders).toMatchObject([{ netuid: 2, kind: "registration", exact: true }]);
  });

  test("does not pass a moving price that is off by one unit", () => {
    const [, , last] = after.subnets;
    const wrong = { ...last, movingPriceBits: last.movingPriceBits + 1n };
    const replay = replayOf(captureOf(before, withSubnet(wrong)));
    expect(replay.agrees).toBe(false);
    expect(replay.items.find(({ item }) => item === "SubnetMovingPrice")).toMatchObject({
      agree: 2,
      largestDifference: 1n,
      where: 5,
    });
  });

  test("names fees as the reason of a lower issuance, and takes a higher one as wrong", () => {
    const issuance = (delta: bigint) =>
      replayOf(captureOf(before, { ...after, totalIssuanceRao: after.totalIssuanceRao + delta }));
    expect(issuance(-2_604_223n).scalars[1].explanation).toContain("fees");
    expect(issuance(-2_604_223n).agrees).toBe(true);
    expect(issuance(1n).agrees).toBe(false);
  });

  test("bad input is told by its field", () => {
    const capture = captureOf(before, after);
    const broken = structuredClone(capture) as {
      items: Record<string, { before: (string | null)[] }>;
    };
    broken.items["SubtensorModule.SubnetTAO"].before[2] = "12";
    expect(() => replayOf(broken)).toThrow(
      'pair.json: items.SubtensorModule.SubnetTAO.before[2]: "12" is not right here',
    );
    expect(() => replayOf({ ...capture, block: BLOCK + 1 })).toThrow(
      `scalars.System.Number.before: is block ${BLOCK - 1}; block ${BLOCK}`,
    );
    expect(() => replayOf([])).toThrow("block: is missing");
  });
});
