import { expect, test } from "vitest";
import { MemorySink } from "../../records.ts";
import type { PoolKind } from "../rules/rule-set.ts";
import { ruleLayers, type StartOverrides } from "../rules/timeline.ts";
import type { BittensorAction } from "./actions.ts";
import { BittensorChain } from "./chain.ts";
import { exampleSetup, START_BLOCK } from "./example-setup.ts";
import type { ChainParameters } from "./parameters.ts";
import { chainParametersAt, changesBetween } from "./rule-parameters.ts";

const TAO = 1_000_000_000n;
/** dTAO's rules one after the other, so many blocks each. */
const STEP = 400;
const layers = ruleLayers.filter(({ name }) => name !== "R0" && name !== "R1" && name !== "R2");
const starts: StartOverrides = Object.fromEntries([
  ["R1", 1],
  ["R2", 2],
  ...layers.map(({ name }, index) => [name, START_BLOCK + STEP * (index + 1)] as const),
]);
const end = START_BLOCK + STEP * (layers.length + 1);

test("subnets are registered, traded and pruned under the rules of every era, and the books hold", () => {
  const setup = exampleSetup();
  const first = START_BLOCK + 1;
  const parameters = [first, ...changesBetween(first, end, starts)].map((fromBlock) => ({
    fromBlock,
    parameters: chainParametersAt(fromBlock, starts) as ChainParameters,
  }));
  const overrides = {
    subnetLimit: 4,
    rateLimitBlocks: 0,
    immunityBlocks: 0,
    minLockRao: 5n * TAO,
    lockIntervalBlocks: 100,
    startCallDelayBlocks: 0,
    newSubnetsEmit: true,
  };
  const chain = new BittensorChain(
    { ...setup, parameters, subnetRules: { fixedBlock: null, starts, overrides } },
    new MemorySink(),
  );
  const ann = { id: "ann", role: "owner", wake: { firstBlock: 0, everyBlocks: 1 }, act: () => [] };
  const done = (action: BittensorAction) => expect(chain.submit(ann, action).applied).toBe(true);
  const founded = new Map<PoolKind, number>();
  for (let block = START_BLOCK + STEP / 2; block < end; block += STEP) {
    chain.advanceTo(block);
    const hotkey = `ann/${block}`;
    done({ kind: "register_network", netuid: 0, hotkey });
    chain.advanceTo(block + 30);
    const netuid = chain.netuids.find((n) => chain.registry.ownerOf(n)?.hotkey === hotkey) ?? 0;
    done({ kind: "start_call", netuid });
    done({ kind: "add_stake", netuid, hotkey, amountRao: TAO });
    const amountRao = chain.book.stakeRao(hotkey, "ann", netuid) / 2n;
    done({ kind: "remove_stake", netuid, hotkey, amountRao });
    expect(chain.pools.spotPrice(netuid)).toBeGreaterThan(0);
    const { pool } = chain.parameters.era;
    founded.set(pool, (founded.get(pool) ?? 0) + 1);
    chain.checkBooks();
  }
  expect([...founded.keys()]).toEqual(["constant product", "concentrated", "balancer"]);
});
