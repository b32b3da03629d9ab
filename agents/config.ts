/** The kinds of agents that a scenario can configure, under `agents:`. One line a kind. */
import { z } from "zod";
import { copiersConfig } from "./copiers/config.ts";
import { delegatorsConfig } from "./delegators/config.ts";
import { entrantsConfig } from "./entrants/config.ts";
import { flockoffConfig } from "./flockoff/config.ts";
import { foundersConfig } from "./founders/config.ts";
import { holdersConfig } from "./holders/config.ts";
import { minersConfig } from "./miners/config.ts";
import { ownersConfig } from "./owners/config.ts";
import { rootConfig } from "./root/config.ts";
import { spammersConfig } from "./spammers/config.ts";
import { takeoverConfig } from "./takeover/config.ts";
import { undercuttersConfig } from "./undercutters/config.ts";
import { validatorsConfig } from "./validators/config.ts";

export const agentsConfig = z
  .strictObject({
    validators: validatorsConfig.prefault({}),
    miners: minersConfig.prefault({}),
    delegators: delegatorsConfig.prefault({}),
    owners: ownersConfig.prefault({}),
    founders: foundersConfig.prefault({}),
    takeover: takeoverConfig.prefault({}),
    root: rootConfig.prefault({}),
    flockoff: flockoffConfig.prefault({}),
    holders: holdersConfig.prefault({}),
    entrants: entrantsConfig.prefault({}),
    copiers: copiersConfig.prefault({}),
    spammers: spammersConfig.prefault({}),
    undercutters: undercuttersConfig.prefault({}),
  })
  .meta({ description: "who acts in the world, and how" });

export type AgentsConfig = z.infer<typeof agentsConfig>;
