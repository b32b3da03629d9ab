/** Voting power is a subnet owner's choice (spec/token-economics.md section 5.7). */
export interface TrackVotingPower {
  readonly kind: "enable_voting_power_tracking" | "disable_voting_power_tracking";
  readonly netuid: number;
}
