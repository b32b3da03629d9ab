import { describe, expect, test } from "vitest";
import { replayNextBlock } from "./next-block.ts";

// Source of these facts: spec/measured-chain.md sections 1.2 and 1.3, and the capture itself.
const SOLD_ALPHA_RAO = 129_040_000_000n;
const PAID_TAO_RAO = 500_348_308n;
const FEES_RAO = 2_604_223n;
const TOTAL_ISSUANCE_AFTER_RAO = 11_287_741_789_853_892n;
const GATE_BAR_AFTER_BITS = 154_769_685_573_786_590n;

describe.each(["readable", "kernel"] as const)("block 8,957,880 of Finney, %s form", (form) => {
  const block = replayNextBlock(form);

  test("is the chain's in all of 1,375 numbers but those that one user's sale moved", () => {
    expect(block.compared).toBe(125 * 11);
    expect(block.differences).toEqual([
      { netuid: 26, column: "tao_reserve_rao", difference: PAID_TAO_RAO },
      { netuid: 26, column: "alpha_in_rao", difference: -SOLD_ALPHA_RAO },
      { netuid: 26, column: "alpha_out_rao", difference: SOLD_ALPHA_RAO },
    ]);
  });

  test("refreshes the bar to the chain's", () => {
    expect(block.gateBarBits).toBe(GATE_BAR_AFTER_BITS);
  });

  test("issues what the chain issued, but for the fees that users paid", () => {
    expect(block.totalIssuanceRao - TOTAL_ISSUANCE_AFTER_RAO).toBe(FEES_RAO);
  });
});
