/**
 * The rule-sets that the coinbase kernel can run, as parameters. What is not set here is the same
 * in all of them. Source: spec/recent-rules.md sections 1 and 6, spec/measured-chain.md section 2.
 */
import type { ChainParameters } from "./parameters.ts";

export interface KernelRuleSet {
  readonly name: "R5" | "R6" | "R7" | "R8";
  readonly title: string;
  readonly firstBlock: number;
  readonly date: string;
  readonly source: string;
  readonly parameters: ChainParameters;
}

/** What has been live since July 2026 at the latest; see recent-rules.md section 1.4. */
const common: ChainParameters = {
  arithmetic: "exact",
  gate: "none",
  gateRank: 32,
  gateQuantile: 0.75,
  gateExponent: 3,
  gateRefreshBlocks: 360,
  burnPenalty: true,
  rootProportionPenalty: false,
  movingAlphaBits: 1_288_490n,
  movingHalvingBlocks: 201_600,
  taoWeight: 3_320_413_933_267_719_290n,
  ownerCut: 11_796,
  maxEpochsPerBlock: 2,
  buyFirst: true,
  dueBySteps: true,
  swapFee: 33,
  emissionSwitch: true,
  rootDividendsSold: true,
  // Twice what a limit order costs since spec 467 halved the weight fee (measured-chain.md 3).
  transactionFeeRao: 1_701_072n,
};

export const kernelRuleSets: readonly KernelRuleSet[] = [
  {
    name: "R5",
    title: "price average x root proportion x (1 - miner burn)",
    firstBlock: 8_466_531,
    date: "2026-06-23",
    source: "spec 421",
    parameters: { ...common, rootProportionPenalty: true, buyFirst: false, dueBySteps: false },
  },
  {
    name: "R6",
    title: "price average x (1 - miner burn)",
    firstBlock: 8_636_191,
    date: "2026-07-16",
    source: "spec 432",
    parameters: common,
  },
  {
    name: "R7",
    title: "R6 through the Hill gate, bar at three quarters of the mass",
    firstBlock: 8_713_794,
    date: "2026-07-27",
    source: "spec 440",
    parameters: { ...common, gate: "mass" },
  },
  {
    name: "R8",
    title: "R6 through the Hill gate, bar at rank 32",
    firstBlock: 8_765_684,
    date: "2026-08-03",
    source: "spec 441",
    parameters: { ...common, gate: "rank", rootDividendsSold: false },
  },
];

/** The rule-set of that name, or null. */
export const kernelRuleSet = (name: string): KernelRuleSet | null =>
  kernelRuleSets.find((set) => set.name === name) ?? null;

/** The rule-set in force at a block; null before the first. */
export const kernelRuleSetAt = (block: number): KernelRuleSet | null =>
  kernelRuleSets.findLast((set) => set.firstBlock <= block) ?? null;
