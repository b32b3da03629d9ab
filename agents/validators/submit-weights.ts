/** Weights on their way to the chain: in the open, or committed where the subnet wants that. */
import type { SetWeights } from "../../sim/bittensor/chain/actions.ts";
import type {
  CommitTimelockedMechanismWeights,
  CommitTimelockedWeights,
  SetMechanismWeights,
} from "../../sim/bittensor/chain/neurons/actions.ts";
import type { BittensorView } from "../../sim/bittensor/chain/view.ts";

export const submitWeights = (
  view: BittensorView,
  weights: Omit<SetWeights, "kind">,
): SetWeights | CommitTimelockedWeights => ({
  kind: view.commitReveal(weights.netuid) ? "commit_timelocked_weights" : "set_weights",
  ...weights,
});

/** The same in a mechanism other than the first. */
export const submitMechanismWeights = (
  view: BittensorView,
  weights: Omit<SetMechanismWeights, "kind">,
): SetMechanismWeights | CommitTimelockedMechanismWeights => ({
  kind: view.commitReveal(weights.netuid)
    ? "commit_timelocked_mechanism_weights"
    : "set_mechanism_weights",
  ...weights,
});
