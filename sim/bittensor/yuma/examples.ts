/** Small states for tests and first steps: two validators and two miners that agree. */
import { RAO_PER_TAO } from "../../amounts.ts";
import type { EpochInput, EpochParameters, SparseRow } from "./types.ts";
import { defaultParameters } from "./versions.ts";

/** What a subnet has after its creation, but for commit-reveal. */
export const yuma3Defaults: EpochParameters = { ...defaultParameters, yuma3: true };

const none: SparseRow = { columns: [], values: [] };
const both: SparseRow = { columns: [2, 3], values: [65_535, 21_845] };

/** Uids 0 and 1 hold 600 and 400 TAO and give uids 2 and 3 weights of 3 to 1. */
export const twoByTwo: EpochInput = {
  n: 4,
  block: 1000,
  tempoBlocks: 360,
  lastMechanismStepBlock: 639,
  raoEmission: 360_000_000_000n,
  totalStakeBits: [(600n * RAO_PER_TAO) << 64n, (400n * RAO_PER_TAO) << 64n, 0n, 0n],
  lastUpdate: [990, 990, 0, 0],
  blockAtRegistration: [0, 0, 0, 0],
  validatorPermit: [true, true, false, false],
  weights: [both, both, none, none],
  bonds: [none, none, none, none],
  ownerUid: null,
};
