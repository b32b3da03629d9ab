/** Weights on their way to the chain: in the open, or committed where the subnet wants that. */
import type { SetWeights } from "../../sim/bittensor/chain/actions.ts";
import type { CommitTimelockedWeights } from "../../sim/bittensor/chain/neurons/actions.ts";
import type { BittensorView } from "../../sim/bittensor/chain/view.ts";

export const submitWeights = (
  view: BittensorView,
  weights: Omit<SetWeights, "kind">,
): SetWeights | CommitTimelockedWeights => ({
  kind: view.commitReveal(weights.netuid) ? "commit_timelocked_weights" : "set_weights",
  ...weights,
});
