/** Checks of the flow groups of golden/economics. */
import {
  type FlowAverages,
  type FlowParams,
  flowShares,
  netFlows,
  nextFlowAverages,
} from "../../sim/bittensor/emission/flow.ts";
import { powerNormalised } from "../../sim/bittensor/emission/power-normalise.ts";
import { differs, firstDifference, type RecordCheck } from "../format.ts";

type Row = readonly [netuid: number, user: string, protocol: string];

const emission_shares_flow: RecordCheck = (record) => {
  const params: FlowParams = {
    smoothingFactor: BigInt(record.smoothing_factor),
    cutoffBits: BigInt(record.cutoff_i64f64),
    exponentBits: BigInt(record.exponent_u64f64),
    netFlow: record.net_flow_enabled,
  };
  let averages: FlowAverages[] = [];
  for (const step of record.steps) {
    const rows = step.flows_user_protocol as Row[];
    averages = rows.map(([, user, protocol], i) =>
      nextFlowAverages(
        {
          userFlowRao: BigInt(user),
          protocolFlowRao: BigInt(protocol),
          flowAverages: averages[i],
        },
        params,
      ),
    );
    const users = averages.map(({ userBits }) => userBits);
    const shares = flowShares(params.netFlow ? netFlows(averages) : users, params);
    const difference = firstDifference(
      [`${step.block}: ema_user`, step.ema_user_i64f64, users],
      [
        `${step.block}: ema_protocol`,
        step.ema_protocol_i64f64,
        averages.map((a) => a.protocolBits),
      ],
      [`${step.block}: shares`, step.shares_u64f64, shares.map((share, i) => [rows[i][0], share])],
    );
    if (difference) return difference;
  }
  return null;
};

export const economicsFlowChecks: Readonly<Record<string, RecordCheck>> = {
  emission_shares_flow,
  inplace_pow_normalize: (record) => {
    const rows = record.in as [number, string][];
    const out = powerNormalised(
      rows.map(([, bits]) => BigInt(bits)),
      BigInt(record.p),
    );
    return differs(
      "out",
      record.out,
      out.map((bits, i) => [rows[i][0], bits]),
    );
  },
};
