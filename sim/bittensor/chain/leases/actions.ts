/** What a lease's beneficiary may ask (spec/token-economics.md section 5.7). */

/** After its end a lease's beneficiary takes the subnet over, with a hotkey of its own. */
export interface TerminateLease {
  readonly kind: "terminate_lease";
  readonly netuid: number;
  readonly hotkey: string;
}
