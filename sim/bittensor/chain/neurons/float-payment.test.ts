import { expect, test } from "vitest";
import { MemorySink } from "../../../records.ts";
import { BittensorChain } from "../chain.ts";
import { exampleSetup, START_BLOCK } from "../example-setup.ts";
import { rewardRoles } from "../rewards.ts";

const TAO = 1_000_000_000n;

/** Two validators who share root and alpha unevenly, one of them with nominators, and an owner who mines. */
function chainIn(arithmetic: "exact" | "float64"): BittensorChain {
  const setup = exampleSetup();
  const [{ subnet, owner }] = setup.detailed;
  const [{ fromBlock, parameters }] = setup.parameters;
  const other = { hotkey: "validator/3/3", coldkey: "other", role: "validator" };
  const mining = { hotkey: "owner/mines", coldkey: owner.coldkey, role: "miner" };
  const neurons = [other, mining].map((neuron) => ({ ...neuron, registeredAtBlock: 0 }));
  const weights = [
    { columns: [1, 2, 4], values: [65_535, 21_845, 1_000] },
    { columns: [], values: [] },
    { columns: [], values: [] },
    { columns: [1, 2], values: [65_535, 65_535] },
  ];
  const stakes = setup.genesis.stakes.flatMap((grant) => {
    if (grant.netuid !== 3) return [grant];
    const nominated = 700_000n * TAO + 7n;
    return [
      { ...grant, stakeRao: grant.stakeRao - nominated },
      { netuid: 3, hotkey: other.hotkey, coldkey: "nominator", stakeRao: nominated - 11n },
      { netuid: 3, hotkey: other.hotkey, coldkey: "other", stakeRao: 11n },
    ];
  });
  return new BittensorChain(
    {
      ...setup,
      genesis: { ...setup.genesis, stakes },
      parameters: [{ fromBlock, parameters: { ...parameters, arithmetic } }],
      detailed: [
        { owner, subnet: { ...subnet, neurons: [...subnet.neurons, ...neurons], weights } },
      ],
    },
    new MemorySink(),
  );
}

test("float64 pays every role and holder what fixed point pays, to nine digits, and keeps every rao", () => {
  const [exact, float] = [chainIn("exact"), chainIn("float64")];
  for (const chain of [exact, float]) {
    chain.advanceTo(START_BLOCK + 3_000);
    chain.checkBooks();
  }
  const near = (found: bigint, wanted: bigint) => {
    const off = Math.abs(Number(found - wanted));
    expect(off).toBeLessThanOrEqual(10 + 1e-9 * Number(wanted));
  };
  for (const role of rewardRoles) {
    expect(exact.rewards.totalRao(3, role)).toBeGreaterThan(TAO);
    near(float.rewards.totalRao(3, role), exact.rewards.totalRao(3, role));
  }
  const holders = exact.book.stakersOf(3);
  expect(float.book.stakersOf(3)).toHaveLength(holders.length);
  for (const { hotkey, coldkey, stakeRao } of holders) {
    near(float.book.stakeRao(hotkey, coldkey, 3), stakeRao);
  }
  expect(float.detailed.get(3)?.last?.consensus).toEqual(exact.detailed.get(3)?.last?.consensus);
});
