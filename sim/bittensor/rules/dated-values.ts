/**
 * The numbers of the chain's economy as they stood at each block: what the live chain had stored
 * where that is known, the code's default otherwise. A scenario may override any.
 */
import { fromFloat, U64F64 } from "../../fixed/fixed-point.ts";
import type { MovingPriceParams } from "../emission/moving-price.ts";
import {
  DEFAULT_OWNER_CUT_U16,
  DEFAULT_TAO_WEIGHT,
  defaultMovingPrice,
  defaultShareParams,
} from "./code-defaults.ts";
import type { ShareParams } from "./share-rule.ts";
import { ruleLayers, type StartOverrides } from "./timeline.ts";

export interface EconomyValues {
  /** SubnetMovingAlpha, I96F32: weight of a block's price on a mature subnet. */
  readonly movingAlphaBits: bigint;
  /** EMAPriceHalvingBlocks: age at which the weight is half of that; 0 for no slow start. */
  readonly movingHalvingBlocks: number;
  /** From this block count the ages of subnets that had started by then; 0 = from their start. */
  readonly agesFromBlock: number;
  /** TaoWeight, over 2^64 - 1. */
  readonly taoWeight: bigint;
  /** SubnetOwnerCut, over 65,535. */
  readonly ownerCutU16: number;
  /** EmissionBarRank; 0 sets the gate's bar by mass. */
  readonly gateRank: number;
  /** EmissionBarQuantile, U64F64. */
  readonly gateQuantileBits: bigint;
  /** EmissionGateExponent, U64F64. */
  readonly gateExponentBits: bigint;
  readonly gateRefreshBlocks: number;
  /** FlowEmaSmoothingFactor, over 2^63 - 1. */
  readonly flowSmoothing: bigint;
  /** TaoFlowCutoff, I64F64. */
  readonly flowCutoffBits: bigint;
  /** FlowNormExponent, U64F64. */
  readonly flowExponentBits: bigint;
  readonly netFlow: boolean;
  /** Swap fee, over 65,535. */
  readonly swapFeeU16: number;
  /** A subnet younger than this is not pruned. */
  readonly networkImmunityBlocks: number;
  /** At most one subnet registration in so many blocks. */
  readonly networkRateLimitBlocks: number;
  /** NetworkLockReductionInterval as stored: times the block emission in TAO. */
  readonly lockReductionBlocks: number;
  readonly minLockRao: bigint;
  /** Least stake weight for setting weights, rao. */
  readonly stakeThresholdRao: bigint;
  /** In 10^-6 of the minimum stake: smaller nominations are sold after an unstake. */
  readonly nominatorMinimumFactor: number;
  /** e-folding of locked alpha and of conviction. */
  readonly unlockRateBlocks: number;
  readonly maturityRateBlocks: number;
  readonly maxMechanisms: number;
  readonly childrenCooldownBlocks: number;
  readonly startCallDelayBlocks: number;
}

export type ValueCertainty =
  /** Read in captured chain state of that time. */
  | "captured"
  /** The code's default, or set by one of its migrations. */
  | "code"
  /** A third party reports it, or it is known at one of the interval's ends only. */
  | "reported";

export interface DatedValue<Name extends keyof EconomyValues = keyof EconomyValues> {
  readonly name: Name;
  readonly firstBlock: number;
  readonly value: EconomyValues[Name];
  readonly certainty: ValueCertainty;
  readonly source: string;
  /** The rule layer that it came with: it begins no earlier, and moves where a scenario moves it. */
  readonly layer?: string;
}

const dated = <Name extends keyof EconomyValues>(
  name: Name,
  firstBlock: number,
  value: EconomyValues[Name],
  certainty: ValueCertainty,
  source: string,
  layer?: string,
): DatedValue<Name> => ({ name, firstBlock, value, certainty, source, layer });

const DTAO = 4_920_351;
const CAPTURE_2025 = "storage of block 7,000,020";
const CAPTURE_2026 = "storage of block 8,766,000";
const POOL_FEES = "concentrated pools";
const CODE = "opentensor/subtensor, code default";
const { gate, flow } = defaultShareParams;

/** Oldest first for each name; the value at a block is the last that has begun. */
export const datedValues: readonly DatedValue[] = [
  dated("movingAlphaBits", 0, defaultMovingPrice.movingAlphaBits, "code", CODE),
  dated(
    "movingAlphaBits",
    DTAO,
    1_288_490n,
    "captured",
    `${CAPTURE_2025} and all later ones; in April 2025 shares follow from hourly prices with it; when it was set is open`,
    "R2",
  ),
  dated("movingHalvingBlocks", 0, 0, "code", "specs 233 to 245 have no slow start"),
  dated("movingHalvingBlocks", 5_071_500, 100_800, "code", "spec 246, 2025-03-06; block by date"),
  dated("movingHalvingBlocks", 5_107_500, 201_600, "code", "spec 252, 2025-03-11; block by date"),
  dated("agesFromBlock", 0, 0, "code", "no start call yet: ages counted from the registration"),
  dated(
    "agesFromBlock",
    5_228_683,
    5_228_683,
    "captured",
    "FirstEmissionBlockNumber of all that had started",
  ),
  dated("taoWeight", 0, DEFAULT_TAO_WEIGHT, "code", CODE),
  dated("taoWeight", DTAO, 3_320_413_933_267_719_290n, "captured", `0.18: ${CAPTURE_2025}`, "R2"),
  dated("ownerCutU16", 0, DEFAULT_OWNER_CUT_U16, "code", `${CODE}; unset in captures`),
  dated("gateRank", 0, 0, "code", "no rank before spec 441"),
  dated("gateRank", 8_765_684, gate.barRank, "captured", `default, unset: ${CAPTURE_2026}`, "R8"),
  dated("gateQuantileBits", 0, gate.barQuantileBits, "code", CODE),
  dated(
    "gateQuantileBits",
    8_721_000,
    fromFloat(U64F64, 0.75),
    "reported",
    "0.75 observed from 2026-07-31 on, 0.61 for at most the first day of spec 440",
  ),
  dated("gateExponentBits", 0, gate.exponentBits, "code", `${CODE}; unset in captures`),
  dated("gateRefreshBlocks", 0, gate.refreshBlocks, "code", "RaoFoundation/subtensor, constant"),
  dated("flowSmoothing", 0, 126_847_427_788_335n, "code", "first default: 7 days"),
  dated("flowSmoothing", 6_811_691, flow.smoothingFactor, "code", `${CODE}: 30 days`, "R3"),
  dated("flowCutoffBits", 0, flow.cutoffBits, "code", CODE),
  dated("flowExponentBits", 0, flow.exponentBits, "code", CODE),
  dated("netFlow", 0, flow.netFlow, "code", CODE),
  dated("swapFeeU16", 0, 0, "code", "no pool fee before concentrated pools"),
  dated("swapFeeU16", 5_947_549, 196, "code", "launch of concentrated pools", POOL_FEES),
  dated("swapFeeU16", 5_969_149, 33, "code", "904d7f51a, 2025-07-11; block by date", POOL_FEES),
  dated("networkImmunityBlocks", 0, 1_296_000, "code", CODE),
  dated("networkImmunityBlocks", 6_573_966, 864_000, "captured", `120 days: ${CAPTURE_2025}`),
  dated("networkRateLimitBlocks", 0, 7_200, "code", CODE),
  dated("networkRateLimitBlocks", DTAO, 28_800, "captured", CAPTURE_2025, "R2"),
  dated(
    "networkRateLimitBlocks",
    7_103_976,
    14_400,
    "captured",
    `${CAPTURE_2026}; registrations 14,401 blocks apart since block 7,119,664`,
  ),
  dated("lockReductionBlocks", 0, 100_800, "code", CODE),
  dated("lockReductionBlocks", DTAO, 57_600, "captured", CAPTURE_2025, "R2"),
  dated(
    "lockReductionBlocks",
    7_415_113,
    115_200,
    "captured",
    `${CAPTURE_2026}; the lock prices put the change between blocks 7,366,897 and 7,415,113`,
  ),
  dated("minLockRao", 0, 1_000_000_000_000n, "code", CODE),
  dated("minLockRao", DTAO, 1_000_000_000n, "captured", CAPTURE_2025, "R2"),
  dated("stakeThresholdRao", 0, 0n, "code", CODE),
  dated(
    "stakeThresholdRao",
    DTAO,
    1_000_000_000_000n,
    "reported",
    "tao-subnet-trader, spec 475",
    "R2",
  ),
  dated("nominatorMinimumFactor", 0, 0, "code", CODE),
  dated("nominatorMinimumFactor", 8_765_684, 10_000_000, "captured", CAPTURE_2026),
  dated("unlockRateBlocks", 0, 934_866, "code", CODE),
  dated("maturityRateBlocks", 0, 934_866, "code", CODE),
  dated("maturityRateBlocks", 8_636_191, 311_622, "reported", "tao-subnet-trader, spec 475"),
  dated("maxMechanisms", 0, 2, "code", CODE),
  dated("maxMechanisms", 8_765_684, 8, "reported", "tao-subnet-trader, spec 475"),
  dated("childrenCooldownBlocks", 0, 108_000, "code", CODE),
  dated("childrenCooldownBlocks", 8_765_684, 7_200, "reported", "tao-subnet-trader, spec 475"),
  dated("startCallDelayBlocks", 0, 0, "code", "no start call before 3a666b650"),
  dated("startCallDelayBlocks", 5_228_683, 50_400, "code", "3a666b650, until 2026-01-15"),
  dated("startCallDelayBlocks", 7_327_200, 0, "code", "2026-01-15; block by date"),
];

export type ValueOverrides = Partial<EconomyValues>;

/** The block in which a value begins under a timeline with moved layers; null for never. */
export function valueStart(entry: DatedValue, starts: StartOverrides = {}): number | null {
  const { layer, firstBlock } = entry;
  if (layer === undefined || !Object.hasOwn(starts, layer)) return firstBlock;
  const moved = starts[layer];
  const cameWithIt = ruleLayers.find(({ name }) => name === layer)?.firstBlock === firstBlock;
  return moved === null || cameWithIt ? moved : Math.max(moved, firstBlock);
}

/** The values at a block, overridden where a scenario says so. */
export function valuesAt(
  block: number,
  overrides: ValueOverrides = {},
  starts: StartOverrides = {},
): EconomyValues {
  const begun = datedValues.filter((entry) => (valueStart(entry, starts) ?? Infinity) <= block);
  const values = Object.fromEntries(begun.map(({ name, value }) => [name, value]));
  return { ...(values as unknown as EconomyValues), ...overrides };
}

/** The entry from which a value at a block comes: its date, certainty and source. */
export const datedValueAt = (name: keyof EconomyValues, block: number): DatedValue | undefined =>
  datedValues.filter((entry) => entry.name === name && entry.firstBlock <= block).at(-1);

export const shareParamsOf = (values: EconomyValues): ShareParams => ({
  gate: {
    exponentBits: values.gateExponentBits,
    barRank: values.gateRank,
    barQuantileBits: values.gateQuantileBits,
    refreshBlocks: values.gateRefreshBlocks,
  },
  flow: {
    smoothingFactor: values.flowSmoothing,
    cutoffBits: values.flowCutoffBits,
    exponentBits: values.flowExponentBits,
    netFlow: values.netFlow,
  },
});

export const movingPriceParamsOf = (values: EconomyValues): MovingPriceParams => ({
  movingAlphaBits: values.movingAlphaBits,
  halvingBlocks: values.movingHalvingBlocks,
});
