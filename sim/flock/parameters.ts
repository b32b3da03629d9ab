/**
 * Every number of FLock that could be otherwise: value, unit, bounds, grade and source. Nothing in
 * sim/flock holds such a number of its own. Sources are named as in spec/flock.md: TMv2, EXC, PMv2,
 * MP1, VEST, TOK are verified contract sources on Base; docs is docs.flock.io; RATE is a
 * third-party rating page; PUB is github FLock-io/public-contracts; "open" marks its section 10.
 */
import { type OverridesOf, parameterValues, type ValuesOf } from "./parameter.ts";
import { arena } from "./parameters/arena.ts";
import { alliance, market, marketplace, training } from "./parameters/markets.ts";
import { allocations, gmflock, supply } from "./parameters/token.ts";

export const FLOCK_PARAMETERS = {
  gmflock,
  supply,
  allocations,
  arena,
  alliance,
  marketplace,
  market,
  training,
} as const;

export type FlockParameters = ValuesOf<typeof FLOCK_PARAMETERS>;
export type FlockOverrides = OverridesOf<typeof FLOCK_PARAMETERS>;

/** The defaults with a scenario's changes. Throws ParameterError, which names the field. */
export const flockParameters = (overrides: FlockOverrides = {}): FlockParameters =>
  parameterValues(FLOCK_PARAMETERS, overrides);
