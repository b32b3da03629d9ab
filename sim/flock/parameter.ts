/**
 * A parameter that carries where it comes from. FLock publishes little: what is not read in source
 * code is a value that a scenario may change, with a grade that says how far to trust the default.
 */

/**
 * C read in source code; D read in official documentation; 3P third party; R our own derivation
 * from other figures; U unverified: assumed or recalled.
 */
export type Grade = "C" | "D" | "3P" | "R" | "U";

export interface NumberParameter {
  readonly value: number;
  readonly unit: string;
  readonly grade: Grade;
  readonly source: string;
  readonly meaning: string;
  /** The bounds of what makes sense, both allowed. */
  readonly range: readonly [number, number];
  readonly integer: boolean;
}

export interface ChoiceParameter<Choice extends string = string> {
  readonly value: Choice;
  readonly choices: readonly Choice[];
  readonly unit: "";
  readonly grade: Grade;
  readonly source: string;
  readonly meaning: string;
}

export type Parameter = NumberParameter | ChoiceParameter;
export type ParameterGroups = Readonly<Record<string, Readonly<Record<string, Parameter>>>>;

type ValueOf<P> = P extends ChoiceParameter<infer Choice> ? Choice : number;
/** The plain values of groups of parameters: what the functions of sim/flock take. */
export type ValuesOf<Groups extends ParameterGroups> = {
  readonly [G in keyof Groups]: { readonly [K in keyof Groups[G]]: ValueOf<Groups[G][K]> };
};
export type OverridesOf<Groups extends ParameterGroups> = {
  readonly [G in keyof Groups]?: { readonly [K in keyof Groups[G]]?: ValueOf<Groups[G][K]> };
};

/** [value, unit, range, grade, source, meaning]; `integer` for counts. */
export const real = (
  value: number,
  unit: string,
  range: readonly [number, number],
  grade: Grade,
  source: string,
  meaning: string,
): NumberParameter => ({ value, unit, range, grade, source, meaning, integer: false });

export const whole = (
  ...[value, unit, range, grade, source, meaning]: Parameters<typeof real>
) => ({
  ...real(value, unit, range, grade, source, meaning),
  integer: true,
});

export const choice = <const Choice extends string>(
  value: Choice,
  choices: readonly Choice[],
  grade: Grade,
  source: string,
  meaning: string,
): ChoiceParameter<Choice> => ({ value, choices, unit: "", grade, source, meaning });

/** A value that is not what its parameter allows. `field` is `group.name`. */
export class ParameterError extends Error {
  override readonly name = "ParameterError";

  constructor(
    readonly field: string,
    readonly problem: string,
    readonly remedy: string,
  ) {
    super(`${field}: ${problem}; ${remedy}`);
  }
}

/** The defaults with the overrides laid over them. Throws ParameterError, which names the field. */
export function parameterValues<Groups extends ParameterGroups>(
  groups: Groups,
  overrides: OverridesOf<Groups> = {},
): ValuesOf<Groups> {
  for (const group of Object.keys(overrides)) {
    if (!(group in groups)) {
      throw new ParameterError(group, "no such group", `one of ${Object.keys(groups).join(", ")}`);
    }
  }
  const entries = Object.entries(groups).map(([group, parameters]) => [
    group,
    groupValues(group, parameters, (overrides as Record<string, object>)[group] ?? {}),
  ]);
  return Object.fromEntries(entries) as ValuesOf<Groups>;
}

function groupValues(
  group: string,
  parameters: Readonly<Record<string, Parameter>>,
  overrides: object,
): Record<string, number | string> {
  const values: Record<string, number | string> = {};
  for (const [name, parameter] of Object.entries(parameters)) values[name] = parameter.value;
  for (const [name, value] of Object.entries(overrides)) {
    const field = `${group}.${name}`;
    const parameter = parameters[name];
    if (!parameter) {
      const known = Object.keys(parameters).join(", ");
      throw new ParameterError(field, "no such parameter", `one of ${known}`);
    }
    refuseBad(field, parameter, value);
    values[name] = value;
  }
  return values;
}

function refuseBad(field: string, parameter: Parameter, value: unknown): void {
  if ("choices" in parameter) {
    if (parameter.choices.includes(value as string)) return;
    throw new ParameterError(
      field,
      `${value} is no choice`,
      `one of ${parameter.choices.join(", ")}`,
    );
  }
  const [low, high] = parameter.range;
  const kind = parameter.integer ? "a whole number" : "a number";
  const good = typeof value === "number" && value >= low && value <= high;
  if (!good || (parameter.integer && !Number.isInteger(value))) {
    throw new ParameterError(field, `${value} is out of range`, `${kind} from ${low} to ${high}`);
  }
}
