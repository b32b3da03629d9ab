/** Whether a design fits the parameters. */
import type { Path } from "../../scenarios/tree.ts";
import { levelCount } from "./axis.ts";
import { MAX_SOBOL_DIMENSIONS } from "./designs/joe-kuo.ts";
import type { PlanFaults } from "./faults.ts";
import type { PlanParameter } from "./plan.ts";
import { groupsOf } from "./points.ts";
import type { DesignFile, PlanFile } from "./schema.ts";

const MAX_DIMENSIONS: Readonly<Record<Exclude<DesignFile["kind"], "grid" | "zip">, number>> = {
  random: 10_000,
  latin_hypercube: 10_000,
  sobol: MAX_SOBOL_DIMENSIONS,
  saltelli: MAX_SOBOL_DIMENSIONS / 2,
  morris: 10_000,
};

export function checkDesign(
  { design, constraints }: Pick<PlanFile, "design" | "constraints">,
  parameters: readonly PlanParameter[],
  faults: PlanFaults,
): void {
  if (design.kind !== "grid" && design.kind !== "zip") {
    const isWhole = design.kind === "saltelli" || design.kind === "morris";
    if (isWhole && constraints.length > 0) {
      const remedy = "without them, or with `derived` values that always fit";
      faults.add(["constraints"], `a ${design.kind} design needs all of its points`, remedy);
    }
    if (parameters.length === 0) {
      faults.add(["parameters"], `a ${design.kind} design has nothing to vary`, "a parameter");
    }
    const most = MAX_DIMENSIONS[design.kind];
    if (parameters.length > most) {
      const problem = `${parameters.length} parameters are too many for ${design.kind}`;
      faults.add(["parameters"], problem, `at most ${most}`);
    }
    return;
  }
  checkSteps(parameters, faults);
  const names = parameters.map(({ name }) => name);
  const zips = design.kind === "grid" ? (design.zip ?? []) : [];
  const met = new Set<string>();
  let isKnown = true;
  zips.forEach((group, g) => {
    group.forEach((name, k) => {
      const at: Path = ["design", "zip", g, k];
      if (!names.includes(name)) {
        faults.add(at, `${name} is no parameter`, `one of ${names.join(", ")}`);
        isKnown = false;
      } else if (met.has(name)) {
        faults.add(at, `${name} is zipped twice`, "in one group");
        isKnown = false;
      }
      met.add(name);
    });
  });
  if (isKnown) checkLengths(design, parameters, faults);
}

function checkSteps(parameters: readonly PlanParameter[], faults: PlanFaults): void {
  for (const { name, axis } of parameters) {
    if (levelCount(axis) !== null) continue;
    faults.add(["parameters", name], "a grid needs to know how many values to take", "`steps`");
  }
}

function checkLengths(
  design: DesignFile,
  parameters: readonly PlanParameter[],
  faults: PlanFaults,
): void {
  const names = parameters.map(({ name }) => name);
  for (const [first, ...others] of groupsOf(design, names)) {
    const length = levelCount(parameters[first].axis);
    for (const other of others) {
      const own = levelCount(parameters[other].axis);
      if (own === null || length === null || own === length) continue;
      const problem = `${names[other]} has ${own} values, ${names[first]} has ${length}`;
      faults.add(["parameters", names[other]], problem, "as many for each that are zipped");
    }
  }
}
