/** August 2026: one hotkey alone must hold 18 per cent to take a subnet over. */
import type { RuleLayer } from "./rule-set.ts";

export const ownershipThreshold: RuleLayer = {
  name: "ownership threshold",
  summary: "a takeover needs 18 per cent of the free alpha on one hotkey",
  firstBlock: 8_861_759,
  date: "2026-08-16",
  spec: "447",
  certainty: "approximate",
  evidence: "RaoFoundation/subtensor PR 3077; spec 447 seen at this block, 445 at 8,837,719",
  changes: { ownershipByConviction: "one over 18 per cent" },
};
