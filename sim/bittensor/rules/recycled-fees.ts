/** August 2026: transaction fees are recycled. */
import type { RuleLayer } from "./rule-set.ts";

export const recycledFees: RuleLayer = {
  name: "recycled fees",
  summary: "transaction fees lower the issuance instead of paying the block's author",
  firstBlock: 8_831_004,
  date: "2026-08-12",
  spec: "445",
  certainty: "reported",
  evidence: "RaoFoundation/subtensor PR 3053; issuance of captured blocks before and after",
  changes: { transactionFees: "recycled" },
};
