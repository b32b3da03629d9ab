/** November 2025: root's alpha accrues and is claimed; TAO above the cap buys alpha. */
import type { RuleLayer } from "./rule-set.ts";

export const rootClaims: RuleLayer = {
  name: "root claims",
  summary: "root dividends accrue as alpha and are claimed; TAO above the alpha cap buys alpha",
  firstBlock: 6_820_000,
  date: "2025-11-06",
  spec: "342",
  certainty: "approximate",
  evidence:
    "opentensor/subtensor specs 342 to 347; block from where the root-pot gap of issue 3157 begins",
  changes: {
    rootDividends: "claimed",
    rootSellFlag: true,
    surplus: "chain buy",
    boughtAlpha: "recycled",
  },
};
