/**
 * A case: validators and servers, who weighs whom from which epoch on, and the parameters. It is run
 * under several versions of Yuma side by side.
 */
import { z } from "zod";
import { yumaVersions } from "../../sim/bittensor/yuma/versions.ts";

const MOST_EPOCHS = 1_000;
const MOST_NAMES = 256;
const MOST_STAKE_TAO = 21_000_000;

const name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$/)
  .meta({ description: "letters, digits, blanks, dots, hyphens; at most 40 characters" });
const epoch = z
  .int()
  .min(0)
  .max(MOST_EPOCHS - 1)
  .meta({ unit: "epoch" });
const fraction = z.number().min(0).max(1);
const stakeRow = z.record(name, z.number().min(0).max(MOST_STAKE_TAO));
const weightRow = z.record(name, z.number().min(0).max(1_000_000));

const hyperparameters = z.strictObject({
  kappa: fraction.optional().meta({ description: "share of stake that must support a weight" }),
  bonds_penalty: fraction
    .optional()
    .meta({ description: "1 = bonds from clipped weights, 0 = from weights as set" }),
  bonds_moving_average: fraction
    .optional()
    .meta({ description: "share of the old bonds that stays each epoch" }),
  alpha_low: fraction.optional().meta({ description: "liquid alpha's lowest" }),
  alpha_high: fraction.optional().meta({ description: "liquid alpha's highest" }),
  alpha_sigmoid_steepness: z.number().min(0).max(300).optional(),
});

export type CaseHyperparameters = z.output<typeof hyperparameters>;

const shape = z.strictObject({
  version: z.literal(1),
  title: z.string().min(1).max(200),
  description: z.string().max(2_000).default(""),
  epochs: z.int().min(1).max(MOST_EPOCHS),
  versions: z
    .array(z.enum(yumaVersions.map((one) => one.name) as [string, ...string[]]))
    .min(1)
    .default(["yuma1-textbook", "yuma2", "yuma3", "yuma3-liquid"]),
  hyperparameters: hyperparameters.prefault({}),
  emission_per_epoch: z
    .number()
    .positive()
    .max(1_000_000)
    .default(100)
    .meta({ description: "alpha paid each epoch, half of it to validators" }),
  metagraph: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: "stakes and weights of a captured subnet, the same in every epoch" }),
  validators: z.array(name).min(1).max(MOST_NAMES).optional(),
  servers: z.array(name).min(1).max(MOST_NAMES).optional(),
  stake_unit: z.enum(["TAO", "share"]).default("TAO"),
  total_stake_tao: z.number().positive().max(MOST_STAKE_TAO).default(1_000),
  stakes: z
    .array(z.strictObject({ epoch, row: stakeRow }))
    .min(1)
    .optional()
    .meta({ description: "rows of stakes, each from its epoch on" }),
  weights: z
    .array(z.strictObject({ epoch, rows: z.record(name, weightRow) }))
    .min(1)
    .optional()
    .meta({ description: "rows of weights, each from its epoch on until it changes" }),
  copiers: z
    .array(
      z.strictObject({
        validator: name,
        lag_epochs: z.int().min(0).max(100),
      }),
    )
    .default([])
    .meta({ description: "validators who set the consensus of so many epochs before the last" }),
  reset_bonds: z.array(z.strictObject({ epoch, server: name })).default([]),
});

type CaseShape = z.output<typeof shape>;

/** Throws nothing itself; what fits no schema becomes an issue with its path. */
export const caseSchema = shape.superRefine((one, context) => {
  const issue = (path: (string | number)[], message: string) =>
    context.addIssue({ code: "custom", path, message });
  if (one.metagraph !== undefined) checkMetagraphCase(one, issue);
  else checkNamedCase(one, issue);
  if ((one.hyperparameters.alpha_low ?? 0) > (one.hyperparameters.alpha_high ?? 1)) {
    issue(["hyperparameters", "alpha_low"], "is above alpha_high; at most alpha_high");
  }
});

type Issue = (path: (string | number)[], message: string) => void;

const NAMED = ["validators", "servers", "stakes", "weights"] as const;

function checkMetagraphCase(one: CaseShape, issue: Issue): void {
  for (const field of NAMED) {
    if (one[field]) issue([field], "stands beside metagraph; leave one of the two out");
  }
  if (one.copiers.length > 0) issue(["copiers"], "needs named validators; leave metagraph out");
  if (one.reset_bonds.length > 0)
    issue(["reset_bonds"], "needs named servers; leave metagraph out");
}

function checkNamedCase(one: CaseShape, issue: Issue): void {
  const { validators, servers, stakes, weights } = one;
  for (const field of NAMED) {
    if (!one[field]) issue([field], "is missing; a case has this or a metagraph");
  }
  if (!validators || !servers || !stakes || !weights) return;
  checkUnique(validators, "validators", issue);
  checkUnique(servers, "servers", issue);
  const known = (list: readonly string[], who: string, path: (string | number)[]) => {
    if (list.includes(who)) return;
    issue(
      path,
      `no ${path[0] === "reset_bonds" ? "server" : "such name"}; one of ${list.join(", ")}`,
    );
  };
  const inTime = (at: number, path: (string | number)[]) => {
    if (at >= one.epochs) issue([...path, "epoch"], `${at} never comes; below ${one.epochs}`);
  };
  stakes.forEach(({ epoch: at, row }, k) => {
    inTime(at, ["stakes", k]);
    for (const who of Object.keys(row)) known(validators, who, ["stakes", k, "row", who]);
    for (const who of validators) {
      if (!(who in row))
        issue(["stakes", k, "row"], `has no stake of ${who}; one for each validator`);
    }
  });
  if (!stakes.some(({ epoch: at }) => at === 0)) {
    issue(["stakes"], "none from epoch 0 on; the first row has epoch 0");
  }
  weights.forEach(({ epoch: at, rows }, k) => {
    inTime(at, ["weights", k]);
    for (const [who, row] of Object.entries(rows)) {
      known(validators, who, ["weights", k, "rows", who]);
      for (const to of Object.keys(row)) known(servers, to, ["weights", k, "rows", who, to]);
    }
  });
  one.copiers.forEach(({ validator }, k) => {
    known(validators, validator, ["copiers", k, "validator"]);
  });
  one.reset_bonds.forEach(({ epoch: at, server }, k) => {
    inTime(at, ["reset_bonds", k]);
    known(servers, server, ["reset_bonds", k, "server"]);
  });
}

function checkUnique(names: readonly string[], field: string, issue: Issue): void {
  names.forEach((who, k) => {
    if (names.indexOf(who) < k) issue([field, k], "is listed twice; each name once");
  });
}

export type CaseFile = z.output<typeof caseSchema>;
