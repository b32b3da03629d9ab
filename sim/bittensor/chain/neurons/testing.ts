/** A running chain for tests of this folder: the example network, whose third subnet has neurons. */
import { MemorySink } from "../../../records.ts";
import type { BittensorAction } from "../actions.ts";
import { BittensorChain, type ChainSetup } from "../chain.ts";
import type { DetailedSubnet, DetailedSubnetGenesis } from "../detailed-subnet.ts";
import { exampleSetup } from "../example-setup.ts";
import type { ChainParameters } from "../parameters.ts";

export const TAO = 1_000_000_000n;

export interface Changes {
  readonly subnet?: Partial<DetailedSubnetGenesis>;
  readonly parameters?: Partial<ChainParameters>;
  readonly setup?: (setup: ChainSetup) => ChainSetup;
}

export interface Running {
  readonly chain: BittensorChain;
  readonly sink: MemorySink;
  readonly subnet: DetailedSubnet;
  /** An action of a coldkey, whose agent has the role given. */
  submit(
    coldkey: string,
    action: BittensorAction,
    role?: string,
  ): ReturnType<BittensorChain["submit"]>;
}

export function start({
  subnet = {},
  parameters = {},
  setup = (same) => same,
}: Changes = {}): Running {
  const example = exampleSetup();
  const sink = new MemorySink();
  const chain = new BittensorChain(
    setup({
      ...example,
      detailed: example.detailed.map((entry) => ({
        ...entry,
        subnet: { ...entry.subnet, ...subnet },
      })),
      parameters: example.parameters.map((dated) => ({
        ...dated,
        parameters: { ...dated.parameters, ...parameters },
      })),
    }),
    sink,
  );
  const agent = (id: string, role: string) => ({
    id,
    role,
    wake: { firstBlock: 0, everyBlocks: 1 },
    act: () => [],
  });
  return {
    chain,
    sink,
    subnet: chain.detailed.get(3) as DetailedSubnet,
    submit: (coldkey, action, role = "miner") => chain.submit(agent(coldkey, role), action),
  };
}
