/** Cells of the guarantee map per second on one thread: an epoch of 512 neurons from empty bonds each. */
import { FULL_PENALTY, mainSetting } from "../lab/guarantees/plan.ts";
import { RetentionExperiment } from "../sim/bittensor/yuma/guarantees/retention.ts";
import { SERVERS, twoTeams, VALIDATORS } from "../sim/bittensor/yuma/guarantees/two-teams.ts";
import { GRID_STEPS, weightRows } from "../sim/bittensor/yuma/guarantees/weight-rows.ts";
import type { BenchSuite, Rate } from "./suite.ts";
import { floatEpoch } from "./yuma-yardstick.ts";

const YARDSTICK = `float64 JavaScript, ${VALIDATORS} x ${SERVERS}`;
const SETTING = mainSetting(0.4);
/** From the first choice of the minor team to the last. */
const MINOR_STEPS = Array.from({ length: GRID_STEPS / 5 + 1 }, (_, k) => 5 * k);

export const suite: BenchSuite = {
  name: "guarantee map",
  rates: () => {
    const teams = twoTeams({ majorStake: 0.6, weightDeviation: SETTING.sigma, seed: 0n });
    const experiment = new RetentionExperiment(teams);
    const cells = (name: string, yuma3: boolean): Rate => ({
      name,
      unit: "cells/s",
      perRun: MINOR_STEPS.length,
      reference: YARDSTICK,
      run() {
        experiment.run(
          { bondsPenalty: FULL_PENALTY, kappa: SETTING.kappa, yuma3 },
          [36],
          MINOR_STEPS,
        );
      },
    });
    const stake = Float64Array.from(teams.stakeRao, Number);
    const total = stake.reduce((sum, value) => sum + value, 0);
    const state = {
      ...{ validators: VALIDATORS, miners: SERVERS },
      stake: stake.map((value) => value / total),
      weights: Float64Array.from(weightRows(teams, 36)),
      bonds: new Float64Array(VALIDATORS * SERVERS),
    };
    const yardstick: Rate = {
      ...{ name: YARDSTICK, unit: "cells/s", reference: null },
      run() {
        state.bonds.fill(0);
        floatEpoch(state);
      },
    };
    return [yardstick, cells("exact Yuma 2", false), cells("exact Yuma 3", true)];
  },
};
