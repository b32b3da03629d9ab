import { describe, expect, test } from "vitest";
import { majorShare, RetentionExperiment } from "./retention.ts";
import { crossing, retentionLine, worstCase } from "./threshold.ts";
import { SERVERS, twoTeams, VALIDATORS } from "./two-teams.ts";
import { GRID_STEPS, weightRows } from "./weight-rows.ts";

describe("two teams", () => {
  const teams = twoTeams({ majorStake: 0.6, weightDeviation: 0.4, seed: 0n });

  test("hold their shares of validators, servers and stake", () => {
    const sum = (values: readonly bigint[]) => Number(values.reduce((a, b) => a + b, 0n));
    expect([teams.majorValidators, teams.majorServers]).toEqual([38, 268]);
    const major = sum(teams.stakeRao.slice(0, teams.majorValidators));
    expect(major / sum(teams.stakeRao)).toBeCloseTo(0.6, 7);
  });

  test("never leave a team without a member", () => {
    const { majorValidators, majorServers } = twoTeams({
      ...{ majorStake: 0.999, weightDeviation: 0, seed: 0n },
    });
    expect([majorValidators, majorServers]).toEqual([VALIDATORS - 1, SERVERS - 1]);
  });

  test("without deviation weigh every server of a team alike", () => {
    const even = twoTeams({ majorStake: 0.6, weightDeviation: 0, seed: 0n });
    const row = weightRows(even, 40).subarray(0, SERVERS);
    expect(new Set(row.subarray(0, even.majorServers)).size).toBe(1);
    expect(row[0]).toBe(65_535);
  });

  test("keep all emission where both give all weight to themselves and one is clipped", () => {
    const rules = { bondsPenalty: 65_534, kappa: 32_767, yuma3: false };
    const [cell] = new RetentionExperiment(teams).run(rules, [GRID_STEPS], [GRID_STEPS]);
    expect(cell).toEqual({
      ...{ majorStep: GRID_STEPS, minorStep: GRID_STEPS },
      ...{ ratio: 1, validatorRatio: 1, serverRatio: 1 },
    });
    expect(majorShare(cell, 0.25)).toBe(1);
  });
});

test("a retention line interpolates between grid points; the worst is the highest", () => {
  const at = (majorStep: number, minorStep: number, ratio: number) => ({
    ...{ majorStep, minorStep, ratio, validatorRatio: ratio, serverRatio: ratio },
  });
  const line = retentionLine(
    [at(25, 0, 0.5), at(30, 0, 0.7), at(25, 50, 0.6), at(30, 50, 0.9)],
    0.6,
  );
  expect(line[0].majorWeight).toBeCloseTo(0.55, 12);
  expect(line[1]).toEqual({ minorWeight: 1, majorWeight: 0.5 });
  expect(worstCase(line).minorWeight).toBe(0);
  expect(crossing([[0, 0.1]], 0.6)).toBeNull();
  expect(worstCase([...line, { minorWeight: 0.5, majorWeight: null }]).majorWeight).toBeNull();
});
