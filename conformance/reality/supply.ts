/**
 * The supply of TAO: where emission halves, and what became of the issuance from the first halving
 * to October 2026. Root dividends of November 2025 to May 2026 were credited without TAO moving into
 * root's pot, which the chain made good in September 2026.
 * Source: spec/token-economics.md section 1.1, spec/recent-rules.md section 5.
 */
import { countCell, textCell } from "../../scenarios/csv.ts";
import {
  blockEmissionRao,
  halvingThresholdRao,
} from "../../sim/bittensor/emission/block-emission.ts";
import { exactCheck, type RealityCheck, realityCheck } from "./check.ts";
import { publishedCell, readFacts } from "./facts.ts";

/** First issuances of each emission, in rao, as the rule's description lists them. */
const thresholds: readonly (readonly [halvings: number, rao: bigint])[] = [
  [1, 10_500_000_000_000_000n],
  [2, 15_750_000_000_000_000n],
  [3, 18_375_000_000_000_000n],
  [4, 19_687_500_000_000_000n],
  [5, 20_343_750_000_000_000n],
  [6, 20_671_875_000_000_000n],
  [7, 20_835_937_500_000_000n],
  [8, 20_917_968_750_000_000n],
  [9, 20_958_984_375_000_000n],
  [10, 20_979_492_187_500_000n],
  [20, 20_999_979_972_839_356n],
  [29, 20_999_999_960_884_452n],
  [30, 20_999_999_980_442_226n],
];

export const halvingChecks = (): RealityCheck[] =>
  thresholds.flatMap(([halvings, rao]) => {
    const emission = (times: bigint) => (times * 1_000_000_000n) >> BigInt(halvings);
    return [
      exactCheck(`halving ${halvings}: first issuance`, rao, halvingThresholdRao(halvings), 1e9),
      exactCheck(
        `halving ${halvings}: rao a block from there`,
        emission(1n),
        blockEmissionRao(rao),
      ),
      exactCheck(
        `halving ${halvings}: rao a block until there`,
        emission(2n),
        blockEmissionRao(rao - 1n),
      ),
    ];
  });

export interface SupplyTerms {
  readonly mintedTao: number;
  /** Root dividends credited without TAO. */
  readonly gapTao: number;
  /** Fees and dissolved pools. */
  readonly recycledTao: number;
  /** The gap, made good. */
  readonly repairTao: number;
}

const ROOT_POT_GAP_TAO = 172_001.438;
/** Between blocks 9,054,000 and 9,077,719. */
const REPAIR_BLOCK = 9_065_900;
/** Transaction fees are recycled from spec 445 on. */
const RECYCLING_FROM = 8_831_004;
/** Of minted TAO: the middle of the 1 to 3 per cent that captured intervals lost. */
const RECYCLED_PART = 0.02;
const TAO_PER_BLOCK = Number(blockEmissionRao(10_500_000_000_000_000n)) / 1e9;

const readGap = () =>
  readFacts("finney-supply", "root-pot-gap.csv", {
    block: countCell(0, 4_294_967_295),
    gap_tao: publishedCell,
  });

/** The root-pot gap at a block, straight between the measured blocks. */
export function rootPotGapTao(block: number): number {
  const points = readGap();
  const after = points.findIndex((point) => point.block >= block);
  if (after < 0) return points[points.length - 1].gap_tao.value;
  if (after === 0) return points[0].gap_tao.value;
  const [a, b] = [points[after - 1], points[after]];
  const part = (block - a.block) / (b.block - a.block);
  return a.gap_tao.value + part * (b.gap_tao.value - a.gap_tao.value);
}

/** What moved the issuance between two blocks after the first halving. */
export function supplyTerms(from: number, until: number): SupplyTerms {
  const recycling = Math.max(0, until - Math.max(from, RECYCLING_FROM));
  return {
    mintedTao: (until - from) * TAO_PER_BLOCK,
    gapTao: rootPotGapTao(until) - rootPotGapTao(from),
    recycledTao: recycling * TAO_PER_BLOCK * RECYCLED_PART,
    repairTao: from < REPAIR_BLOCK && until >= REPAIR_BLOCK ? rootPotGapTao(until) : 0,
  };
}

/** Published growth over what was minted, the gap's growth added and its repair taken off. */
const publishedRatios = [1.008, 0.987, 0.974];

export function supplyChecks(): RealityCheck[] {
  const anchors = readFacts("finney-supply", "issuance.csv", {
    block: countCell(0, 4_294_967_295),
    utc: textCell(30),
    issuance_tao: publishedCell,
  });
  const [halving, ...later] = anchors;
  return later.flatMap(({ block, utc, issuance_tao: captured }, i) => {
    const date = utc.slice(0, 10);
    const terms = supplyTerms(halving.block, block);
    const change = terms.mintedTao - terms.gapTao - terms.recycledTao + terms.repairTao;
    const before = anchors[i];
    const step = supplyTerms(before.block, block);
    const grown = captured.value - before.issuance_tao.value + step.gapTao - step.repairTao;
    const ratio = grown / step.mintedTao;
    const since = `${before.utc.slice(0, 10)} to ${date}`;
    const repaired = block > REPAIR_BLOCK ? ROOT_POT_GAP_TAO : 0;
    return [
      realityCheck(
        `issuance at ${date}`,
        captured.value,
        halving.issuance_tao.value + change,
        captured.value * 0.005,
      ),
      realityCheck(`root-pot gap at ${date}`, ROOT_POT_GAP_TAO, rootPotGapTao(block), 0),
      realityCheck(`root-pot repair by ${date}`, repaired, terms.repairTao, 0),
      realityCheck(`growth over minted, ${since}`, publishedRatios[i], ratio, 0.0015),
      ...(repaired > 0 ? [recycledCheck(since, 1 - ratio)] : []),
    ];
  });
}

/** 1 to 3 per cent of what was minted. */
const recycledCheck = (since: string, part: number): RealityCheck =>
  realityCheck(`recycled part of the minted, ${since}`, RECYCLED_PART, part, 0.01);
