import { describe, expect, test } from "vitest";
import type { BittensorAction } from "./actions.ts";
import { exampleSetup, START_BLOCK } from "./example-setup.ts";
import { type Changes, start, TAO } from "./neurons/testing.ts";
import { nullStep } from "./null-step.ts";

/** Epochs run at START + 357 + 360 k: netuid 3 starts three blocks into its tempo. */
const EPOCH = START_BLOCK + 357;
const [{ subnet: example }] = exampleSetup().detailed;
const second = "validator/3/3";
const row = { columns: [1, 2], values: [65_535, 21_845] };
const two: NonNullable<Changes["subnet"]> = {
  neurons: [
    ...example.neurons,
    { hotkey: second, coldkey: second, role: "validator", registeredAtBlock: 0 },
  ],
  weights: [row, { columns: [], values: [] }, { columns: [], values: [] }, row],
};

function running(changes: Changes = {}) {
  const world = start({
    ...changes,
    parameters: { nullConsensus: true, ...changes.parameters },
    subnet: { ...two, ...changes.subnet },
  });
  return {
    ...world,
    to: (block: number) => world.chain.advanceTo(block),
    by: (coldkey: string, action: BittensorAction) => world.submit(coldkey, action, "validator"),
    paid: (hotkey: string) => world.chain.book.hotkeyStakeRao(hotkey, 3),
  };
}
const leave = (mode: "null" | "yuma"): BittensorAction => ({
  kind: "sudo_set_epoch_consensus",
  netuid: 3,
  mode,
});
const weigh = (hotkey: string, values: number[]): BittensorAction => ({
  kind: "set_weights",
  netuid: 3,
  hotkey,
  uids: [1, 2],
  values,
});

describe("a subnet under null consensus", () => {
  test("pays miners by the weights of the one with the most stake, unclipped, to the last rao", () => {
    const { to, by, subnet, paid, chain } = running({ parameters: { taoWeight: 0n } });
    to(EPOCH + 1);
    by("ann", { kind: "add_stake", netuid: 3, hotkey: second, amountRao: 900n * TAO });
    expect(by("owner/3", leave("null"))).toMatchObject({ applied: true });
    expect(subnet.validatorPermit).toEqual([true, false, false, false]);
    expect(by(second, weigh(second, [0, 1]))).toMatchObject({ reason: "NeuronNoValidatorPermit" });
    expect(by("validator/3/0", weigh("validator/3/0", [1, 3]))).toMatchObject({ applied: true });
    const bonds = subnet.bonds;
    const before = [paid("miner/3/1"), paid("miner/3/2"), paid(second)];
    to(EPOCH + 360);
    const last = subnet.last;
    const server = [...(last?.serverEmissionRao ?? [])];
    const pot = server.reduce((sum, rao) => sum + rao, 0n);
    // Weights are stored upscaled: 21,845 and 65,535.
    expect(server).toEqual([0n, pot - (pot * 65_535n) / 87_380n, (pot * 65_535n) / 87_380n, 0n]);
    // All who have stake share the validators' budget: miners too, for what they have mined before.
    for (const [k, miner] of ["miner/3/1", "miner/3/2"].entries()) {
      expect(paid(miner) - before[k]).toBeGreaterThan(server[k + 1]);
      expect(last?.validatorEmissionRao[k + 1]).toBeGreaterThan(0n);
    }
    expect([...(last?.consensus ?? []), ...(last?.validatorTrust ?? [])]).toEqual(
      new Array(8).fill(0),
    );
    expect(subnet.bonds).toEqual(bonds);
    // Stake earns without work: the second validator's weights count for nothing.
    expect(last?.validatorEmissionRao[3]).toBeGreaterThan(0n);
    expect(paid(second)).toBeGreaterThan(before[2]);
    chain.checkBooks();
  });

  test("goes back to Yuma with its bonds, masked by the last Yuma epoch", () => {
    const { to, by, subnet, chain } = running();
    to(EPOCH + 1);
    const lastYuma = subnet.lastStepBlock;
    by("owner/3", leave("null"));
    to(EPOCH + 720);
    expect(subnet.lastStepBlock).toBe(lastYuma);
    expect(subnet.epochCount).toBe(3);
    to(EPOCH + 721);
    expect(by("owner/3", leave("yuma"))).toMatchObject({ applied: true });
    to(EPOCH + 1_080);
    expect(subnet.lastStepBlock).toBe(EPOCH + 1_080);
    expect(Array.from(subnet.last?.incentive ?? [])).toEqual([0, 49_151, 16_383, 0]);
    chain.checkBooks();
  });

  test("in float64 pays what it pays in exact arithmetic", () => {
    const run = (arithmetic: "exact" | "float64") => {
      const { to, paid, chain } = running({
        subnet: { consensus: "null" },
        parameters: { arithmetic },
      });
      to(EPOCH + 720);
      chain.checkBooks();
      return Number(paid("miner/3/1"));
    };
    expect(run("float64") / run("exact")).toBeCloseTo(1, 9);
  });

  test("is the owner's choice, where the rules have it and no commitment waits", () => {
    const { to, by, subnet } = running({ parameters: { nullConsensus: false } });
    to(EPOCH + 1);
    expect(by("ann", leave("null"))).toMatchObject({ reason: "NotSubnetOwner" });
    expect(by("owner/3", leave("null"))).toMatchObject({ reason: "CallDisabled" });
    expect(subnet.consensus).toBe("yuma");
  });
});

test("each mechanism divides its part of the miners' budget; without stake all miners share alike", () => {
  const step = {
    n: 3,
    totalStakeBits: [5n << 64n, 0n, 0n],
    blockAtRegistration: [0, 0, 0],
    mechanisms: [
      { weights: [{ columns: [1], values: [9] }, row, row], lastUpdate: [7, 7, 7] },
      { weights: [{ columns: [2], values: [9] }, row, row], lastUpdate: [7, 7, 7] },
    ],
    split: [16_384, 49_151],
    serverRao: 1_000n,
    emissionRao: 2_100n,
    rootRao: 100n,
    bonds: [],
  };
  const both = nullStep(step);
  expect([...both.serverEmissionRao]).toEqual([0n, 251n, 749n]);
  expect([...both.validatorEmissionRao]).toEqual([1_100n, 0n, 0n]);
  expect([...both.dividends]).toEqual([65_535, 0, 0]);
  const nobody = nullStep({
    ...step,
    mechanisms: [step.mechanisms[0]],
    totalStakeBits: [0n, 0n, 0n],
  });
  expect([...nobody.serverEmissionRao]).toEqual([667n, 667n, 666n]);
  expect([...nobody.validatorEmissionRao]).toEqual([0n, 0n, 0n]);
});
