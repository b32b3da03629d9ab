/** R4 (May 2026): users' flow less what the protocol itself put in; the emission switch. */
import { flowShares, netFlows, nextFlowAverages } from "../emission/flow.ts";
import { switchDisabledOff } from "../emission/shares.ts";
import type { RuleLayer } from "./rule-set.ts";
import type { ShareRule } from "./share-rule.ts";

export const shares: ShareRule = ({ subnets }, { flow }) => {
  const flowAverages = subnets.map((subnet) => nextFlowAverages(subnet, flow));
  const flows = flow.netFlow ? netFlows(flowAverages) : flowAverages.map((a) => a.userBits);
  return { shareBits: switchDisabledOff(subnets, flowShares(flows, flow)), flowAverages };
};

export const netFlow: RuleLayer = {
  name: "R4",
  summary: "average of users' flow less the protocol's, scaled; a switch per subnet",
  firstBlock: 8_283_784,
  date: "2026-05-28",
  spec: "411",
  certainty: "reported",
  evidence: "opentensor/subtensor 486037ba4; block from NoBSRecruiter/tao-subnet-trader",
  changes: { shares, emissionSwitch: true, convictionLocks: true },
};
