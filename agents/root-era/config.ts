/** What a scenario may set about those who live before dTAO, under `agents:`. */
import { z } from "zod";
import { countField, daysField, numberField, shareField, taoField, wholeField } from "../fields.ts";

const sellEvery = (what: string) => daysField(`days between two sales of one ${what}`);

const rootValidators = z
  .strictObject({
    count: wholeField({
      unit: "validators",
      min: 1,
      max: 512,
      meaning:
        "validators with whom others may stake, where the state does not list them: the largest hotkey of each of the richest operators",
    }).default(96),
    weigh_every_days: daysField("days between two weight settings of one root validator").default(
      3,
    ),
    value_noise: numberField({
      unit: "ln",
      min: 0,
      max: 5,
      meaning:
        "standard deviation of the natural logarithm of a subnet's value as a validator sees it",
    }).default(0.5),
    memory_share: shareField(
      "part of its former weights that a root validator keeps when it weighs subnets again",
    ).default(0.9),
    self_interested_share: shareField(
      "part of root validators, by count, that favour subnets which pay them",
    ).default(0.2),
    self_weight_share: shareField(
      "part of its weights that a self-interested validator puts on its own two subnets",
    ).default(0.3),
    take_share: numberField({
      unit: "1",
      min: 0,
      max: 0.18,
      meaning: "take of validators whose take is not known",
    }).default(0.18),
    sell_share: shareField("part of its earnings that a validator sells").default(0.3),
    sell_every_days: sellEvery("validator").default(7),
  })
  .meta({ description: "root validators: weigh subnets by value, by interest, or as a cabal" });

const cabal = z
  .strictObject({
    members: wholeField({
      unit: "validators",
      min: 0,
      max: 64,
      meaning: "root validators who have agreed to favour one subnet; 0 for none",
    }).default(0),
    first_rank: wholeField({
      unit: "rank by stake",
      min: 1,
      max: 64,
      meaning: "the members are the root validators from this rank on",
    }).default(1),
    netuid: wholeField({
      unit: "netuid",
      min: 1,
      max: 4_096,
      meaning: "the subnet that they favour; it belongs to the cabal from the start of the run",
    }).default(1),
    weight_share: shareField("part of their weights that members put on it").default(0.5),
    delay_days: numberField({
      unit: "days",
      min: 0,
      max: 3_652.5,
      meaning: "day of the run on which they begin",
    }).default(7),
    mining_share: shareField("part of the subnet's incentive that its owner mines itself").default(
      0,
    ),
    bribe_share: shareField(
      "part of the owner's income from the subnet that goes to the members, by their stake",
    ).default(0.5),
  })
  .meta({ description: "root validators who sell their weights to a subnet's owner" });

const delegators = z
  .strictObject({
    count: countField(10_000, "delegators; in 2023 the richest holders of free TAO").default(100),
    wealth_tao: taoField(
      "free TAO of all of them, where the state does not say who holds how much",
    ).default(300_000),
    wealth_spread: numberField({
      unit: "ln",
      min: 0,
      max: 5,
      meaning: "standard deviation of the natural logarithm of their wealth, where it is drawn",
    }).default(1.5),
    staked_share: shareField("part of its wealth that a delegator wants to have staked").default(
      0.8,
    ),
    move_share: shareField(
      "part of what is out of place that is put right at one waking; of stake with a dearer validator, how much moves",
    ).default(0.05),
    take_sensitivity: numberField({
      unit: "1",
      min: 0,
      max: 100,
      meaning: "power of (1 - take) in the choice of a validator; its stake counts once",
    }).default(4),
    rebalance_every_days: daysField("days between two looks of one delegator").default(7),
    market_staked_share_per_day: shareField(
      "part of sold TAO that its buyers stake each day",
    ).default(0.02),
  })
  .meta({ description: "delegators: choose validators by size and take" });

const miners = z
  .strictObject({
    sell_share: shareField("part of their earnings that miners sell").default(0.7),
    sell_every_days: sellEvery("subnet's miners").default(7),
    capital_tao: taoField("free TAO that miners begin with, for places in subnets").default(5_000),
    register_every_blocks: wholeField({
      unit: "blocks",
      min: 1,
      max: 50_400,
      meaning: "blocks between two looks at the prices of places in subnets",
    }).default(120),
    payback_days: numberField({
      unit: "days",
      min: 0,
      max: 365,
      meaning: "days of a mean miner's income that a place in a subnet is worth to a newcomer",
    }).default(1),
    skill_spread: numberField({
      unit: "ln",
      min: 0,
      max: 5,
      meaning: "standard deviation of the natural logarithm of miners' skill",
    }).default(0.5),
  })
  .meta({ description: "miners: sell what they earn, and buy places in subnets" });

const owners = z
  .strictObject({
    sell_share: shareField("part of their cut that owners sell").default(0.3),
    sell_every_days: sellEvery("owner").default(7),
    capital_tao: taoField("free TAO that founders of subnets begin with").default(30_000),
    payback_days: numberField({
      unit: "days",
      min: 0,
      max: 3_652.5,
      meaning: "days of a middling subnet's owner's cut that founders lock for a new subnet",
    }).default(45),
    value_spread: numberField({
      unit: "ln",
      min: 0,
      max: 5,
      meaning: "standard deviation of the natural logarithm of new subnets' values",
    }).default(1),
    value_drift_per_day: numberField({
      unit: "ln per square root of a day",
      min: 0,
      max: 1,
      meaning: "how fast subnets' values wander",
    }).default(0.02),
  })
  .meta({ description: "owners: sell their cut, and found subnets when the lock pays" });

const operators = z
  .strictObject({
    sell_share: shareField("part of their earnings that operators of neurons sell").default(0.4),
    sell_every_days: sellEvery("operator").default(30),
  })
  .meta({ description: "operators of the neurons of March 2023" });

export const rootEraAgents = z
  .strictObject({
    root_validators: rootValidators.prefault({}),
    cabal: cabal.prefault({}),
    delegators: delegators.prefault({}),
    miners: miners.prefault({}),
    owners: owners.prefault({}),
    operators: operators.prefault({}),
  })
  .meta({ description: "who lives in the network, and how they behave" });

export type RootEraAgentsConfig = z.infer<typeof rootEraAgents>;
