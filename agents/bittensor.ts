/** The agent of the Bittensor world, and the roles that its agents have. */
import type { Agent, Outcome } from "../sim/agent.ts";
import type { BittensorAction } from "../sim/bittensor/chain/actions.ts";
import type { BittensorView } from "../sim/bittensor/chain/view.ts";

export type BittensorAgent = Agent<BittensorView, BittensorAction>;

/** What `act` returns: each `yield` of an action answers with its outcome. */
export type Actions = Generator<BittensorAction, void, Outcome>;

export const bittensorRoles = ["miner", "validator", "delegator", "owner", "root"] as const;
export type BittensorRole = (typeof bittensorRoles)[number];
