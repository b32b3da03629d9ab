/** Checks of registration_burn.json. */
import { adjusted } from "../../sim/bittensor/registration/adjustment.ts";
import {
  type BurnTerms,
  bumpedBurnRao,
  DEFAULT_BURN_TERMS,
  decayedBurnRao,
  decayFactorQ32,
  NEW_SUBNET_BURN_RAO,
} from "../../sim/bittensor/registration/burn.ts";
import { fromFloat, U64_MAX, U64F64 } from "../../sim/fixed/fixed-point.ts";
import { differs, firstDifference, type RecordCheck } from "../format.ts";

// biome-ignore lint/suspicious/noExplicitAny: a foreign record
const termsOf = (record: any): BurnTerms => ({
  halfLifeBlocks: record.half_life ?? DEFAULT_BURN_TERMS.halfLifeBlocks,
  increaseBits: fromFloat(U64F64, Number(record.mult ?? 1)),
  minRao: BigInt(record.min ?? 0),
  maxRao: BigInt(record.max ?? U64_MAX),
});

function decayedBy(burn: bigint, blocks: number, terms: BurnTerms): bigint {
  const factor = decayFactorQ32(terms.halfLifeBlocks);
  let rao = burn;
  for (let i = 0; i < blocks; i++) rao = decayedBurnRao(rao, factor, terms);
  return rao;
}

const manyHalfLives: RecordCheck = (record) => {
  const terms = termsOf(record);
  const factor = decayFactorQ32(terms.halfLifeBlocks);
  let burn = BigInt(record.initial_burn);
  let decays = 0;
  const got = record.decays_burn.map(([until]: [number, string]) => {
    for (; decays < until; decays++) burn = decayedBurnRao(burn, factor, terms);
    return [until, burn];
  });
  return firstDifference(
    ["factor", record.factor_q32, factor],
    ["burn after decays", record.decays_burn, got],
  );
};

const clamps: RecordCheck = (record) => {
  const terms = termsOf(record);
  const after = decayedBy(BigInt(record.burn_start), 1, terms);
  const registered = bumpedBurnRao(after, terms);
  const next = decayedBy(registered, 1, terms);
  return firstDifference(
    ["after a block", record.after_block, after],
    ["after a registration", record.after_registration, registered],
    ["next block", record.next_block, next],
    ["the block after", record.next_block_2, decayedBy(next, 1, terms)],
  );
};

export const registrationBurnChecks: Readonly<Record<string, RecordCheck>> = {
  "decay_factor_q32(half_life)": ({ half_life, factor_q32 }) =>
    differs("factor", factor_q32, decayFactorQ32(half_life)),
  "n-fold decay with clamp": (record) =>
    differs("burn", record.result, decayedBy(BigInt(record.burn), record.blocks, termsOf(record))),
  "17 half-lives over 5000 decays (min 0, max u64::MAX)": manyHalfLives,
  bump: (record) => {
    const terms = termsOf(record);
    return firstDifference(
      ["multiplier", record.mult_bits, terms.increaseBits],
      ["bumped", record.bumped, bumpedBurnRao(BigInt(record.burn), terms)],
    );
  },
  "decay sequence": (record) => {
    const terms = termsOf(record);
    const registered = bumpedBurnRao(BigInt(record.burn), terms);
    return firstDifference(
      ["after registration", record.after_registration, registered],
      ["after next block", record.after_next_block, decayedBy(registered, 1, terms)],
    );
  },
  halving: (record) => {
    const after = (blocks: number) => decayedBy(BigInt(record.burn), blocks, termsOf(record));
    return firstDifference(
      ["after 2", record.after_2_blocks, after(2)],
      ["after 4", record.after_4_blocks, after(4)],
    );
  },
  clamps,
  "defaults on new subnet": (record) =>
    firstDifference(
      ["half-life", record.burn_half_life, DEFAULT_BURN_TERMS.halfLifeBlocks],
      ["multiplier", fromFloat(U64F64, record.burn_increase_mult), DEFAULT_BURN_TERMS.increaseBits],
      ["burn", record.burn, NEW_SUBNET_BURN_RAO],
    ),
  "bump immediately": (record) =>
    differs("burn", record.after, bumpedBurnRao(BigInt(record.burn), termsOf(record))),
  "interpolated old rule (pre 2026)": (record) =>
    differs(
      "burn",
      record.result,
      adjusted(
        BigInt(record.burn),
        record.registrations,
        record.target,
        BigInt(record.adjustment_alpha_u64),
        0n,
        U64_MAX,
      ),
    ),
};
