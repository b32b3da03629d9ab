/** The part of a scenario that says which chain is simulated, from where, and for how long. */
import { z } from "zod";
import { numberField } from "../agents/fields.ts";
import { callsSection } from "./calls/section.ts";
import { detailedSubnet } from "./detailed-section.ts";
import { leasesSection } from "./leases-section.ts";
import { reference } from "./reference.ts";
import { registrationSection } from "./registration-section.ts";
import { rulesSection } from "./rules-section.ts";

export const chainSection = z
  .strictObject({
    kind: z.literal("bittensor").default("bittensor").meta({ description: "which chain" }),
    state: reference(
      "the state that the chain starts from: the name of a folder under data/, or the path of a folder like it",
    ).default("finney-8957880"),
    horizon_days: numberField({
      unit: "days",
      min: 1 / 7_200,
      max: 7_305,
      meaning: "how long to simulate: from one block (1/7200) to 20 years",
    }).default(30),
    arithmetic: z.enum(["exact", "float64"]).default("exact").meta({
      description: "how pools are computed: to the last bit of the chain, or faster",
    }),
    other_fees_tao_per_block: numberField({
      unit: "TAO per block",
      min: 0,
      max: 1,
      meaning:
        "transaction fees of everybody who is no agent of the scenario; recycled since August 2026. Captured blocks show 0.0026 (block 8,957,880) and 0.0019 (9,240,382)",
    }).default(0.0023),
    rules: rulesSection.prefault({}),
    registration: registrationSection.prefault({}),
    leases: leasesSection,
    calls: callsSection,
    detailed_subnets: z
      .array(detailedSubnet)
      .max(16)
      .default(() => [detailedSubnet.parse({ netuid: 15, metagraph: "metagraph-sn15" })])
      .meta({
        description:
          "subnets that are simulated neuron by neuron; the others have one actor a role",
      }),
  })
  .meta({ description: "the chain: where it starts, how long it runs, which rules hold" });

export type ChainSection = z.infer<typeof chainSection>;
