import { describe, expect, test } from "vitest";
import { ParameterError } from "./parameter.ts";
import { FLOCK_PARAMETERS, type FlockOverrides, flockParameters } from "./parameters.ts";

describe("FLock parameters", () => {
  test("each has a unit, a grade, a source and a meaning, and a default within its bounds", () => {
    for (const [group, parameters] of Object.entries(FLOCK_PARAMETERS)) {
      for (const [name, parameter] of Object.entries(parameters)) {
        const field = `${group}.${name}`;
        expect(parameter.source, field).not.toBe("");
        expect(parameter.meaning, field).not.toBe("");
        expect(["C", "D", "3P", "R", "U"], field).toContain(parameter.grade);
        expect(
          () => flockParameters({ [group]: { [name]: parameter.value } }),
          field,
        ).not.toThrow();
      }
    }
  });

  test("overrides are laid over the defaults", () => {
    const changed = flockParameters({ gmflock: { epsilon: 1 } });
    expect(changed.gmflock).toMatchObject({ epsilon: 1, baseLockDays: 30 });
  });

  test.each([
    [{ gmflock: { epsilon: -1 } }, "gmflock.epsilon"],
    [{ arena: { gamma: 0.6 } }, "arena.gamma"],
    [{ alliance: { rounds: 1.5 } }, "alliance.rounds"],
    [{ gmflock: { transfer: "sometimes" } }, "gmflock.transfer"],
    [{ gmflock: { epsilom: 2 } }, "gmflock.epsilom"],
    [{ gmflok: {} }, "gmflok"],
  ])("a bad value is refused and named: %j", (overrides, field) => {
    expect(() => flockParameters(overrides as FlockOverrides)).toThrow(ParameterError);
    expect(() => flockParameters(overrides as FlockOverrides)).toThrow(field);
  });
});
