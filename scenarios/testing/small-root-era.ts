/** A small state from just before dTAO, for tests: three validators, four subnets, 350 blocks left. */
import { LAST_ROOT_ERA_BLOCK } from "../../sim/bittensor/root-era/calendar.ts";
import type { TemporaryProject } from "./temporary-project.ts";

export const SMALL_STATE_BLOCK = LAST_ROOT_ERA_BLOCK - 350;

const TAO = "000000000";
const about = {
  format: "hivelab-root-state-1",
  source: "made up for tests",
  block: SMALL_STATE_BLOCK,
  total_issuance_rao: `8350000${TAO}`,
  staked_rao: `6500000${TAO}`,
  last_lock_rao: `300${TAO}`,
  last_lock_block: SMALL_STATE_BLOCK - 20_000,
};
const validators = ["3000000", "2000000", "900000"].map(
  (tao, uid) => `${uid},${tao}${TAO},11796,${uid + 1}000${TAO}`,
);
const weights = ["0,0,1000", "0,1,5000", "0,2,4000", "1,1,3000", "1,3,7000", "2,2,1000", "2,4,500"];
const subnets = [1, 2, 3, 4].map(
  (netuid) =>
    `${netuid},${3_000_000 + netuid},360,256,64,${netuid === 1 ? "" : `200${TAO}`},1${TAO},500000,100${TAO},1,`,
);

/** Writes the state and a scenario of so many days with it; returns the scenario's path. */
export function smallCrossing(project: TemporaryProject, days: number, more = ""): string {
  const files = {
    "small/about.json": JSON.stringify(about),
    "small/validators.csv": `uid,stake_rao,take_u16,own_stake_rao\n${validators.join("\n")}\n`,
    "small/root-weights.csv": `uid,netuid,weight_e4\n${weights.join("\n")}\n`,
    "small/root-subnets.csv": `netuid,registered_at_block,tempo_blocks,max_uids,max_validators,lock_rao,burn_rao,min_burn_rao,max_burn_rao,target_registrations,adjustment_alpha_u64\n${subnets.join("\n")}\n`,
  };
  for (const [path, text] of Object.entries(files)) project.write(path, text);
  return project.write(
    "crossing.yaml",
    `version: 1\ntitle: Small crossing\nchain:\n  from: ${SMALL_STATE_BLOCK}\n  state: ./small\n  horizon_days: ${days}\nagents:\n  delegators: { count: 4, wealth_tao: 20000, rebalance_every_days: 0.02 }\n  miners: { sell_every_days: 0.02 }\nrecording: { every_blocks: 100 }\n${more}`,
  );
}
