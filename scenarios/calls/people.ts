/** The coldkeys that there are when a run starts: who can sign a scenario's calls. */
import type { AgentsConfig } from "../../agents/config.ts";
import type { BittensorState } from "../bittensor-state.ts";
import type { ChainSection } from "../chain-section.ts";
import { aggregateOf, neuronsOf, ROOT_STAKERS, stakersOf } from "../genesis.ts";
import type { Metagraph } from "../metagraph.ts";

export interface PeoplePlan {
  readonly agents: AgentsConfig;
  readonly chain: Pick<ChainSection, "leases">;
  readonly state: Pick<BittensorState, "subnets">;
  readonly metagraphs: ReadonlyMap<number, Metagraph>;
}

const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}/${index}`);

export function coldkeysAtStart({ agents, chain, state, metagraphs }: PeoplePlan): Set<string> {
  const ofSubnet = (netuid: number): string[] => {
    const { owner, miners, validators } = aggregateOf(netuid);
    const metagraph = metagraphs.get(netuid);
    const workers = metagraph ? neuronsOf(netuid, metagraph) : [miners, validators];
    return [owner.coldkey, stakersOf(netuid), ...workers.map(({ coldkey }) => coldkey)];
  };
  const [first = 0] = metagraphs.keys();
  const { delegators, founders, takeover, entrants, spammers } = agents;
  return new Set([
    ...state.subnets.flatMap(({ netuid }) => ofSubnet(netuid)),
    ROOT_STAKERS,
    ...numbered("delegator", delegators.count),
    ...numbered("founder", founders.count),
    ...numbered("takeover", takeover.count),
    ...numbered(`entrant/${entrants.netuid ?? first}`, entrants.count),
    ...numbered(`spammer/${spammers.netuid ?? first}`, spammers.count),
    ...chain.leases.flatMap(({ netuid, contributors }) =>
      numbered(`contributor/${netuid}`, contributors),
    ),
  ]);
}
