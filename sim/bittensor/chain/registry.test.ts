import { expect, test } from "vitest";
import { actor, exampleSetup } from "./example-setup.ts";
import { Registry, registryOf } from "./registry.ts";

const subnet = (netuid: number) => ({
  netuid,
  owner: actor(`owner/${netuid}`),
  registeredAtBlock: 100,
  lockedRao: 5n,
  emissionEnabled: true,
  aggregate: {
    netuid,
    owner: actor(`owner/${netuid}`),
    miners: actor(`miners/${netuid}`),
    validators: actor(`validators/${netuid}`),
  },
});

test("netuids stay in ascending order as subnets come and go", () => {
  const registry = new Registry();
  const { netuids } = registry;
  for (const netuid of [7, 2, 9, 4]) registry.addSubnet(subnet(netuid));
  expect(netuids).toEqual([2, 4, 7, 9]);
  registry.removeSubnet(4);
  registry.addSubnet(subnet(1));
  expect(netuids).toEqual([1, 2, 7, 9]);
  expect(() => registry.addSubnet(subnet(7))).toThrow(/netuid 7 is taken/);
  expect(() => registry.removeSubnet(4)).toThrow(/netuid 4 is not in use/);
});

test("a takeover changes owner coldkey and hotkey; the old hotkey goes on existing", () => {
  const registry = new Registry();
  registry.addSubnet(subnet(2));
  registry.setOwner(2, { hotkey: "king", coldkey: "ann" });
  expect(registry.ownerOf(2)).toEqual({ hotkey: "king", coldkey: "ann" });
  expect(registry.subnet(2)?.aggregate?.owner).toEqual({ hotkey: "king", coldkey: "ann" });
  expect(registry.coldkeyOf("king")).toBe("ann");
  expect(registry.coldkeyOf("owner/2")).toBe("owner/2");
  expect(() => registry.setOwner(3, actor("king"))).toThrow(/netuid 3 is not in use/);
});

test("hotkeys belong to one coldkey at a time", () => {
  const registry = new Registry();
  for (const hotkey of ["a", "b"]) registry.setHotkey({ hotkey, coldkey: "ann" });
  registry.setHotkey({ hotkey: "a", coldkey: "bob" });
  expect(registry.coldkeyOf("a")).toBe("bob");
  expect(registry.hotkeysOf("ann")).toEqual(["b"]);
  expect(registry.hasHotkey("c")).toBe(false);
});

test("a run starts with every actor and neuron of its setup", () => {
  const registry = registryOf(exampleSetup());
  expect(registry.netuids).toEqual([1, 2, 3]);
  expect(registry.coldkeyOf("miners/2")).toBe("miners/2");
  expect(registry.coldkeyOf("miner/3/2")).toBe("miner/3/2");
  expect(registry.subnet(3)?.aggregate).toBeNull();
  const setup = exampleSetup();
  expect(() => registryOf({ ...setup, aggregates: [] })).toThrow(/subnet 1 has neither/);
});
