/** R0 (March 2023): a table of emission values that the chain's operators set; the base of all. */
import type { RuleLayer, RuleSet } from "./rule-set.ts";
import { storedShares } from "./stored-shares.ts";

const rules: RuleSet = {
  shares: storedShares,
  closedSubnetsEmit: true,
  pool: "none",
  alphaInCap: "alpha emission",
  surplus: "injected",
  boughtAlpha: "recycled",
  injection: "weights, buy, reserves",
  rootDividends: "tao",
  rootSellFlag: false,
  registrationPrice: "adjusted",
  registrationPays: "burned TAO",
  poolSeed: "none",
  epochSchedule: "staggered",
  epochDueBySteps: "50400 blocks",
  emissionSwitch: false,
  newSubnetsEmit: true,
  swapFees: "none",
  transactionFees: "block author",
  convictionLocks: false,
  ownershipByConviction: "no",
  minerCollateral: false,
  mechanisms: false,
  leases: false,
  ownersSetTempo: false,
  nullConsensus: false,
};

/** Rao a block of the two first subnets: 142,223,000 for netuid 1 and 857,777,000 for netuid 3. */
export const firstEmissionTable: ReadonlyMap<number, bigint> = new Map([
  [1, 142_223_000n],
  [3, 857_777_000n],
]);

export const fixedTable: RuleLayer & { readonly changes: RuleSet } = {
  name: "R0",
  summary: "emission by a table that the operators set",
  firstBlock: 0,
  date: "2023-03-20",
  spec: "",
  certainty: "reported",
  evidence: "opentensor/subtensor hyperparameters.md",
  changes: rules,
};
