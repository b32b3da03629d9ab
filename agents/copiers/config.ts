/** What a scenario may set about validators that copy weights. */
import { z } from "zod";
import { subnetField } from "../entrants/config.ts";
import { countField } from "../fields.ts";

export const copiersConfig = z
  .strictObject({
    count: countField(
      64,
      "how many of the subnet's validators, drawn among those with stake, copy weights instead of scoring miners",
    ).default(0),
    netuid: subnetField(),
  })
  .meta({ description: "validators that copy the weights that others have set" });

export type CopiersConfig = z.infer<typeof copiersConfig>;
