/** R2 (February 2025, dTAO): each subnet's token has a pool, and its price average is its share. */
import { priceShares } from "../emission/price-shares.ts";
import type { RuleLayer } from "./rule-set.ts";
import type { ShareRule } from "./share-rule.ts";

export const shares: ShareRule = ({ subnets }) => ({ shareBits: priceShares(subnets) });

export const price: RuleLayer = {
  name: "R2",
  summary: "price average over the sum of all",
  firstBlock: 4_920_351,
  date: "2025-02-13",
  spec: "233",
  certainty: "reported",
  evidence: "opentensor/subtensor e2b8367b8; block from NoBSRecruiter/tao-subnet-trader",
  changes: {
    shares,
    pool: "constant product",
    rootDividends: "sold",
    registrationPays: "recycled alpha",
    poolSeed: "minimum lock",
  },
};
