/** Checks of voting_power.json. */
import { votingPowerRao } from "../../sim/bittensor/staking/voting-power.ts";
import { differs, type RecordCheck } from "../format.ts";

export const votingPowerChecks: Readonly<Record<string, RecordCheck>> = {
  "ema(stake, prev, alpha)": (record) => {
    let power = BigInt(record.prev ?? 0);
    for (let epoch = 0; epoch < (record.epochs ?? 1); epoch++) {
      power = votingPowerRao(BigInt(record.stake), power, BigInt(record.alpha));
    }
    return differs("ema", record.ema, power);
  },
};
