/**
 * The numbers of the root era as they stood at each block. `captured`: they reproduce chain data to
 * the rao (conformance/reality/root-era.ts); `reported`: somebody wrote them down; `code`: the
 * default of the source.
 */
import { fromFloat, I64F64 } from "../../fixed/fixed-point.ts";
import type { RootWeightParams } from "../emission/root-weights.ts";
import type { AdjustmentTerms } from "../registration/adjustment.ts";
import { DEFAULT_OWNER_CUT_U16 } from "../rules/code-defaults.ts";
import type { ValueCertainty } from "../rules/dated-values.ts";
import { REVOLUTION_BLOCK } from "./calendar.ts";

export interface RootEraParameters {
  /** The subnet owner's part of emission, u16 of 65,535. */
  readonly ownerCutU16: number;
  readonly rootTempoBlocks: number;
  /** Steepness of the root sigmoid. */
  readonly rootRho: number;
  /** Part of root stake at which the sigmoid is one half. */
  readonly rootKappa: number;
  /**
   * Blocks between two credits of a hotkey's earnings to its stakers; 0 = credited at the epoch.
   * TotalIssuance rises with the credit.
   */
  readonly hotkeyCreditBlocks: number;
  /** Subnets at most, root not counted. */
  readonly subnetLimit: number;
  /** A subnet younger than this is not pruned. */
  readonly subnetImmunityBlocks: number;
  /** At most one subnet registration in so many blocks. */
  readonly subnetRateLimitBlocks: number;
  readonly minLockRao: bigint;
  /** Blocks in which the lock cost falls by the last price, at 1 TAO a block. */
  readonly lockReductionBlocks: number;
  /** uids of a new subnet, and how many of them get a permit. */
  readonly maxUids: number;
  readonly maxValidators: number;
  /** Tempo of a new subnet. */
  readonly tempoBlocks: number;
}

export interface RootEraValue<Name extends keyof RootEraParameters = keyof RootEraParameters> {
  readonly name: Name;
  readonly firstBlock: number;
  readonly value: RootEraParameters[Name];
  readonly certainty: ValueCertainty;
  readonly source: string;
}

const dated = <Name extends keyof RootEraParameters>(
  name: Name,
  firstBlock: number,
  value: RootEraParameters[Name],
  certainty: ValueCertainty,
  source: string,
): RootEraValue<Name> => ({ name, firstBlock, value, certainty, source });

const CODE = "opentensor/subtensor, code default";
const LOCKS = "lock prices of July and October 2024, to the rao";

/** Oldest first for each name; the value at a block is the last that has begun. */
export const rootEraValues: readonly RootEraValue[] = [
  dated("ownerCutU16", 0, 0, "code", "subnets had no owners"),
  dated("ownerCutU16", REVOLUTION_BLOCK, DEFAULT_OWNER_CUT_U16, "code", `${CODE}: 18 %`),
  dated("rootTempoBlocks", 0, 100, "captured", "hyperparameters of block 4,107,450"),
  dated(
    "rootRho",
    0,
    10,
    "captured",
    "the weights of block 4,336,135 give what subnet 19 was paid then with rho 10, not with 30",
  ),
  dated("rootKappa", 0, 32_767 / 65_535, "code", `${CODE}: 32,767 of 65,535`),
  dated("hotkeyCreditBlocks", 0, 0, "code", "emission was credited in the block after the epoch"),
  dated(
    "hotkeyCreditBlocks",
    3_791_350,
    7_200,
    "reported",
    "in force at block 4,107,250; taken to have come with spec 195, 2024-09-09",
  ),
  dated("subnetLimit", 0, 32, "reported", "32 subnets in early 2024"),
  dated("subnetLimit", 3_372_582, 52, "captured", "52 subnets when slots were first reused again"),
  dated("subnetLimit", 4_107_490, 64, "reported", "64 subnets when pools began"),
  dated(
    "subnetImmunityBlocks",
    0,
    50_400,
    "reported",
    "7 days; subnet 47 was replaced 52,129 blocks after its registration",
  ),
  dated("subnetRateLimitBlocks", 0, 7_200, "code", CODE),
  dated("minLockRao", 0, 100_000_000_000n, "captured", `100 TAO: ${LOCKS}`),
  dated("lockReductionBlocks", 0, 28_800, "captured", LOCKS),
  dated("maxUids", 0, 256, "captured", "hyperparameters of block 4,107,450"),
  dated("maxValidators", 0, 64, "captured", "hyperparameters of block 4,107,450"),
  dated("tempoBlocks", 0, 99, "captured", "subnets 1 and 3"),
  dated("tempoBlocks", REVOLUTION_BLOCK, 360, "captured", "hyperparameters of block 4,107,450"),
];

/** What a scenario sets over the dated values. */
export type RootEraOverrides = Partial<RootEraParameters>;

export function rootEraParametersAt(
  block: number,
  overrides: RootEraOverrides = {},
): RootEraParameters {
  const values: Record<string, unknown> = {};
  for (const { name, firstBlock, value } of rootEraValues) {
    if (firstBlock <= block) values[name] = value;
  }
  return { ...(values as unknown as RootEraParameters), ...overrides };
}

/** Blocks at which a value changes, ascending. */
export const rootEraChanges: readonly number[] = [
  ...new Set(rootEraValues.map(({ firstBlock }) => firstBlock)),
].sort((a, b) => a - b);

export const rootWeightParams = ({ rootRho, rootKappa }: RootEraParameters): RootWeightParams => ({
  rhoBits: fromFloat(I64F64, rootRho),
  kappaBits: fromFloat(I64F64, rootKappa),
});

/** A subnet's own terms for registering neurons. */
export interface RegistrationTerms extends AdjustmentTerms {
  readonly intervalBlocks: number;
}

/** What most subnets had on 2024-10-23: one registration in 360 blocks, 0.97 of the old price. */
export const usualRegistration: RegistrationTerms = {
  target: 1,
  alphaU64: 17_893_341_751_498_265_066n,
  intervalBlocks: 360,
  minBurnRao: 100_000_000n,
  maxBurnRao: 100_000_000_000n,
  minDifficulty: (1n << 64n) - 1n,
  maxDifficulty: (1n << 64n) - 1n,
};
