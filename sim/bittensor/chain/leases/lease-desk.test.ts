import { expect, test } from "vitest";
import { MemorySink } from "../../../records.ts";
import type { BittensorAction } from "../actions.ts";
import { BittensorChain } from "../chain.ts";
import { exampleSetup, START_BLOCK } from "../example-setup.ts";

const TAO = 1_000_000_000n;

function start(endBlock: number | null) {
  const setup = exampleSetup();
  const lease = {
    netuid: 1,
    beneficiary: "bea",
    percent: 30,
    endBlock,
    contributions: [
      { coldkey: "carl", contributedRao: 300n * TAO },
      { coldkey: "dora", contributedRao: 100n * TAO },
    ],
    raisedRao: 500n * TAO,
  };
  const sink = new MemorySink();
  const chain = new BittensorChain({ ...setup, leases: [lease] }, sink);
  const by = (id: string, action: BittensorAction) =>
    chain.submit(
      { id, role: "owner", wake: { firstBlock: 0, everyBlocks: 1 }, act: () => [] },
      action,
    );
  const stakeOf = (coldkey: string) => Number(chain.book.stakeRao("owner/1", coldkey, 1)) / 1e9;
  return { chain, sink, by, stakeOf };
}

test("contributors share a part of the owner cut by what they gave, the beneficiary has the rest", () => {
  const { chain, stakeOf } = start(null);
  chain.advanceTo(START_BLOCK + 720);
  const cut = Number(chain.rewards.totalRao(1, "owner")) / 1e9;
  expect(cut).toBeGreaterThan(60);
  expect(stakeOf("carl") / cut).toBeCloseTo(0.3 * 0.6, 6);
  expect(stakeOf("dora") / cut).toBeCloseTo(0.3 * 0.2, 6);
  expect(stakeOf("bea") / cut).toBeCloseTo(0.3 * 0.2, 6);
  expect(stakeOf("lease/1") / cut).toBeCloseTo(0.7, 6);
  chain.checkBooks();
});

test("ends for its beneficiary alone, and not before its end", () => {
  const perpetual = start(null);
  const terminate = { kind: "terminate_lease" as const, netuid: 1, hotkey: "bea/hot" };
  expect(perpetual.by("bea", terminate)).toMatchObject({ reason: "LeaseHasNoEndBlock" });
  const { chain, sink, by } = start(START_BLOCK + 500);
  expect(by("bea", { ...terminate, netuid: 2 })).toMatchObject({ reason: "LeaseDoesNotExist" });
  expect(by("carl", terminate)).toMatchObject({ reason: "ExpectedBeneficiaryOrigin" });
  expect(by("bea", terminate)).toMatchObject({ reason: "LeaseHasNotEnded" });
  chain.advanceTo(START_BLOCK + 500);
  expect(by("bea", terminate)).toMatchObject({ reason: "BeneficiaryDoesNotOwnHotkey" });
  by("bea", { kind: "try_associate_hotkey", netuid: 0, hotkey: "bea/hot" });
  expect(by("bea", terminate).applied).toBe(true);
  expect(chain.registry.ownerOf(1)).toEqual({ hotkey: "bea/hot", coldkey: "bea" });
  expect(sink.objects("subnet_events")).toMatchObject([
    { block: START_BLOCK + 500, netuid: 1, event: "owner_changed", coldkey: "bea" },
  ]);
  chain.advanceTo(START_BLOCK + 1_000);
  expect(chain.book.stakeRao("bea/hot", "bea", 1)).toBeGreaterThan(0n);
  chain.checkBooks();
});
