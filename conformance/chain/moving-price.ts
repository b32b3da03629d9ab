/** The moving price in the chain vectors: single updates, and series of many blocks. */
import {
  blocksSinceStart,
  type MovingPriceParams,
  nextMovingPriceBits,
} from "../../sim/bittensor/emission/moving-price.ts";
import { defaultMovingPrice } from "../../sim/bittensor/rules/code-defaults.ts";
import { fromFloat, I96F32, toFloat, U64F64 } from "../../sim/fixed/fixed-point.ts";
import { differs, type RecordCheck } from "../format.ts";
import { farFrom } from "../tolerance.ts";

/** Any number of updates at one age. */
function repeated(
  initial: number,
  spotBits: bigint,
  ageBlocks: number,
  params: MovingPriceParams,
  updates: number,
): bigint {
  let moving = fromFloat(I96F32, initial);
  for (let i = 0; i < updates; i++) {
    moving = nextMovingPriceBits(moving, spotBits, ageBlocks, params);
  }
  return moving;
}

const single: RecordCheck = (record) =>
  differs(
    "result_i96f32_bits",
    record.result_i96f32_bits,
    repeated(
      record.initial,
      BigInt(record.spot_price_u64f64_bits),
      record.blocks_since_start,
      {
        movingAlphaBits: BigInt(record.moving_alpha_i96f32_bits),
        halvingBlocks: record.halving_blocks,
      },
      record.updates_at_same_block,
    ),
  );

/** Upstream's own assertions, which state a bound or a tolerance. */
const asserted: RecordCheck = (record) => {
  const age =
    record.blocks_since_start ?? blocksSinceStart(record.block, record.first_emission_block);
  const params = {
    movingAlphaBits: fromFloat(I96F32, record.moving_alpha),
    halvingBlocks: record.halving_blocks ?? defaultMovingPrice.halvingBlocks,
  };
  const spot = fromFloat(U64F64, record.spot);
  const bits = repeated(record.initial, spot, age, params, record.updates ?? 1);
  const got = toFloat(I96F32, bits);
  if ("expected_lt" in record) {
    return got < record.expected_lt ? null : `wanted less than ${record.expected_lt}, got ${got}`;
  }
  return farFrom("expected", record.expected, got, record.tolerance);
};

type Checkpoint = readonly [block: number, bits: string, value: number];

/** Code defaults, constant spot price, one update a block. */
const series: RecordCheck = (record) => {
  const spot = BigInt(record.spot_price_u64f64_bits);
  let moving = BigInt(record.initial_i96f32_bits);
  let age = 0;
  for (const [block, bits] of record.checkpoints_block_bits_value as Checkpoint[]) {
    while (age < block) moving = nextMovingPriceBits(moving, spot, ++age, defaultMovingPrice);
    const difference = differs(`block ${block}`, bits, moving);
    if (difference) return difference;
  }
  return null;
};

export const movingPriceChecks: Readonly<Record<string, RecordCheck>> = {
  "update_moving_price single state": single,
  update_moving_price: asserted,
  "long series, constant spot price, block b = 1..n after start_call": series,
};
