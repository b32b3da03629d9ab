/** The agent of the world before dTAO, and the roles that its agents have. */
import type { Agent, Outcome } from "../../sim/agent.ts";
import type { RootEraAction } from "../../sim/bittensor/root-era/actions.ts";
import type { RootEraView } from "../../sim/bittensor/root-era/view.ts";

export type RootEraAgent = Agent<RootEraView, RootEraAction>;
/** What `act` returns: each `yield` of an action answers with its outcome. */
export type EraActions = Generator<RootEraAction, void, Outcome>;

/** The coldkey to whom sellers pay their TAO; it stakes a part of it again. */
export const MARKET = "market";
