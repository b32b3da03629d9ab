/** What a scenario may set about a FLock world: when it starts, its parameters, who lives in it. */
import { z } from "zod";
import type { Parameter } from "../../sim/flock/parameter.ts";
import { FLOCK_PARAMETERS, type FlockOverrides } from "../../sim/flock/parameters.ts";
import {
  countField,
  daysField,
  flagField,
  numberField,
  shareField,
  wholeField,
} from "../fields.ts";
import { followerSection } from "./follower.ts";

const spreadField = (meaning: string) =>
  numberField({ unit: "ln", min: 0, max: 5, meaning: `${meaning}: sd of the natural logarithm` });
const yearlyField = (meaning: string, max = 100) =>
  numberField({ unit: "1/year", min: 0, max, meaning });

const tasteSection = z
  .strictObject({
    horizon_days: daysField("days until the money is wanted back, median").default(365),
    horizon_spread: spreadField("of the horizon").default(0.7),
    surprises_per_year: yearlyField("surprises a year that call for the money at once").default(
      0.5,
    ),
    wait_cost_per_year: yearlyField(
      "what a year's wait costs, as part of the amount, median",
    ).default(1),
    wait_cost_spread: spreadField("of that cost").default(0.7),
    required_per_year: yearlyField("yearly gain below which FLOCK is sold instead, median").default(
      0.2,
    ),
    required_spread: spreadField("of that gain").default(0.7),
    matured_locks: z.enum(["keep", "roll"]).default("keep").meta({
      description:
        "what holders do with a matured lock: keep it, since its gmFLOCK does not decay, or roll it and pay the fee again",
    }),
    lock_every_days: daysField("days between two decisions about locks").default(28),
    crowd_share: numberField({
      unit: "1",
      min: 0.001,
      max: 10,
      meaning:
        "gmFLOCK that everyone expects to be staked in the end, over circulating FLOCK; over 47 % was reported of plain FLOCK under v1, when v2 began",
    }).default(0.47),
    history_days: daysField("age from which a pool's displayed yield is believed").default(7),
  })
  .meta({ description: "how holders of FLOCK weigh time against yield; none of it is published" });

const operatorFields = {
  wealth_share: shareField("part of the FLOCK emitted before the start that they hold"),
  wealth_spread: spreadField("of wealth").default(1),
  sigma_every_days: numberField({
    unit: "days",
    min: 0,
    max: 3650,
    meaning: "days between two looks at the sharing ratio; 0 for never",
  }).default(30),
  sigma_step: shareField("by how much it is changed at a time").default(0.05),
};

const nodesSection = z
  .strictObject({
    count: countField(10_000, "training nodes").default(185),
    ...operatorFields,
    wealth_share: operatorFields.wealth_share.default(0.3),
    compute_cost: numberField({
      unit: "USD/USD",
      min: 0.01,
      max: 100,
      meaning: "price of a dollar's worth of compute, median over nodes",
    }).default(1),
    compute_cost_spread: spreadField("of that price").default(0.3),
  })
  .meta({ description: "training nodes of AI Arena" });

const validatorsSection = z
  .strictObject({
    count: countField(10_000, "Arena validators").default(247),
    ...operatorFields,
    wealth_share: operatorFields.wealth_share.default(0.3),
    noise: numberField({
      unit: "loss",
      min: 0,
      max: 10,
      meaning: "standard deviation of a measured loss, median over validators",
    }).default(0.03),
    noise_spread: spreadField("of that noise").default(0.5),
    lazy_share: shareField("part of them that upload the published score unmeasured").default(0),
    colluding_share: shareField("part of them that praise their ring's nodes").default(0),
    praise: numberField({
      unit: "loss",
      min: 0,
      max: 100,
      meaning: "what colluding validators take off the loss of their ring's models",
    }).default(0.3),
    guessed_loss: numberField({
      unit: "loss",
      min: 0,
      max: 100,
      meaning: "what lazy validators say of a model that nobody has scored yet",
    }).default(0.6),
    ring_share: shareField("part of the nodes that belong to the ring").default(0.05),
  })
  .meta({ description: "Arena validators" });

const delegatorsSection = z
  .strictObject({
    count: countField(100_000, "delegators").default(1280),
    wealth_share: shareField("part of the FLOCK emitted before the start that they hold").default(
      0.4,
    ),
    wealth_spread: spreadField("of wealth").default(1.5),
    looks_at: wholeField({
      unit: "operators",
      min: 1,
      max: 1000,
      meaning: "operators looked at in one decision",
    }).default(12),
    move_margin: shareField("part by which another operator must be better before a move").default(
      0.2,
    ),
    act_every_days: wholeField({
      unit: "days",
      min: 1,
      max: 365,
      meaning: "days between two wakings",
    }).default(7),
  })
  .meta({ description: "delegators" });

const whaleSection = z
  .strictObject({
    share: shareField(
      "part of circulating FLOCK at the start that it holds; 0 for no whale",
    ).default(0),
    lock_days: daysField("length of its one lock").default(90),
    dump_days: wholeField({
      unit: "days",
      min: 1,
      max: 365,
      meaning: "days over which it sells everything",
    }).default(5),
  })
  .meta({ description: "a whale who dumps when its lock matures" });

const allianceSection = z
  .strictObject({
    count: countField(10_000, "people of FL Alliance").default(50),
    malicious_share: shareField(
      "part of them that poison and vote against what they measure",
    ).default(0),
    attack: z
      .enum(["sign_flip", "label_flip", "noise"])
      .default("label_flip")
      .meta({ description: "how they poison" }),
    strength: numberField({
      unit: "1",
      min: 0,
      max: 100,
      meaning: "length of a poisoned update over that of an honest one",
    }).default(1),
    colluding_share: shareField("part of them that vote for their own people alone").default(0),
  })
  .meta({ description: "who takes part in FL Alliance; nobody where no FL task is active" });

const marketplaceSection = z
  .strictObject({
    user_count: countField(
      10_000,
      "model users, who pay marketplace.revenue_usd_per_day together",
    ).default(20),
    offerings: flagField("whether owners of models launch token offerings").default(false),
    raise_usd: numberField({
      unit: "USD",
      min: 0,
      max: 1e9,
      meaning: "what one user puts into a raise",
    }).default(500),
  })
  .meta({ description: "who pays for models" });

const treasurySection = z
  .strictObject({
    burn_share: shareField("part of the fees held that is burned each time").default(0),
    every_days: wholeField({
      unit: "days",
      min: 1,
      max: 3650,
      meaning: "days between two burns",
    }).default(30),
  })
  .meta({ description: "the admin of the token contract, where all fees go" });

const bridgeSection = z
  .strictObject({
    tao_price: numberField({
      unit: "USD/TAO",
      min: 0.01,
      max: 1e6,
      meaning: "price of TAO in USD, held constant; 268 was seen on 8 October 2026",
    }).default(268),
    sell_share: shareField(
      "part of their pay that researchers sell where they are paid in FLOCK",
    ).default(0.8),
    buyback_share: shareField(
      "part of what FLock's owner share of the subnet sells for that buys FLOCK",
    ).default(0),
  })
  .meta({
    description: "what connects FLock with its subnet; used where a scenario has a chain as well",
  });

/** camelCase to snake_case. */
const snake = (name: string): string =>
  name.replace(/[A-Z]/g, (upper) => `_${upper.toLowerCase()}`);
const camel = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

function parameterField(parameter: Parameter) {
  const description = `${parameter.meaning} (grade ${parameter.grade}: ${parameter.source}; default ${parameter.value})`;
  if ("choices" in parameter) {
    return z
      .enum(parameter.choices as [string, ...string[]])
      .meta({ description })
      .optional();
  }
  const [min, max] = parameter.range;
  const options = { unit: parameter.unit, min, max, meaning: description };
  return (parameter.integer ? wholeField(options) : numberField(options)).optional();
}

const parameterGroup = ([group, parameters]: [string, Readonly<Record<string, Parameter>>]) => [
  snake(group),
  z
    .strictObject(
      Object.fromEntries(
        Object.entries(parameters).map(([name, parameter]) => [
          snake(name),
          parameterField(parameter),
        ]),
      ),
    )
    .optional(),
];

type ParameterSettings = Record<string, Record<string, number | string>>;

/** Every parameter of sim/flock/parameters.ts, in snake_case; absent ones keep their default. */
const parametersSection = z
  .strictObject(Object.fromEntries(Object.entries(FLOCK_PARAMETERS).map(parameterGroup)))
  .meta({
    description: "rules and figures of the protocol that differ from their defaults",
  }) as unknown as z.ZodType<ParameterSettings, ParameterSettings>;

export const flockSection = z
  .strictObject({
    start: z.iso.date().default("2025-04-28").meta({
      unit: "date",
      description: "the day before the first simulated one; v2 was announced on 2025-04-28",
    }),
    horizon_days: wholeField({
      unit: "days",
      min: 1,
      max: 7305,
      meaning: "how long to simulate",
    }).default(365),
    arrival_days: wholeField({
      unit: "days",
      min: 0,
      max: 3650,
      meaning: "days over which everyone arrives; 63 is from the start to 2025-06-30",
    }).default(63),
    emitted_kept_share: shareField(
      "part of the emission before the start that is still in the hands of the people simulated",
    ).default(1),
    claim_margin: numberField({
      unit: "gas",
      min: 0,
      max: 1e6,
      meaning: "gas costs that a claim must be worth; 1 claims as soon as the gain exceeds gas",
    }).default(1),
    parameters: parametersSection.prefault({}),
    taste: tasteSection.prefault({}),
    nodes: nodesSection.prefault({}),
    validators: validatorsSection.prefault({}),
    delegators: delegatorsSection.prefault({}),
    whale: whaleSection.prefault({}),
    follower: followerSection.prefault({}),
    alliance: allianceSection.prefault({}),
    marketplace: marketplaceSection.prefault({}),
    treasury: treasurySection.prefault({}),
    bridge: bridgeSection.prefault({}),
  })
  .meta({ description: "a FLock world" });

export type FlockConfig = z.infer<typeof flockSection>;

/** The section's parameters as sim/flock takes them. */
export function overridesOf(parameters: FlockConfig["parameters"]): FlockOverrides {
  const groups = Object.entries(parameters).map(([group, values]) => [
    camel(group),
    Object.fromEntries(
      Object.entries(values ?? {})
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [camel(name), value]),
    ),
  ]);
  return Object.fromEntries(groups);
}

/** Days from the launch of the token to a date. */
export function dayOfDate(date: string): number {
  const [year, month, day] = date.split("-").map(Number);
  return (Date.UTC(year, month - 1, day) - Date.UTC(2024, 11, 31)) / 86_400_000;
}
