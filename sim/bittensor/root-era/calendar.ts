/**
 * root-era: Finney from its first block to the last one before subnets had pools (March 2023 to
 * February 2025). There is no alpha: all stake is TAO on hotkeys, emission is paid in TAO, and root
 * validators' weights divide it between subnets. Imports the rules of sim/bittensor, never chain/
 * but for the subnet that is simulated neuron by neuron.
 *
 * Blocks and dates: between blocks whose dates are known, blocks are evenly spaced. In these two
 * years the chain ran up to two weeks behind 12 s a block.
 */
import { BLOCK_SECONDS } from "../../amounts.ts";
import type { Calendar } from "../../calendar.ts";

/** The last block without pools; dTAO began with the next (spec/token-economics.md section 2.3). */
export const LAST_ROOT_ERA_BLOCK = 4_920_350;
/** Runtime 133, "Revolution": root validators' weights, and subnets that anybody may register. */
export const REVOLUTION_BLOCK = 1_404_224;

/** Known dates (UTC): the genesis, runtime upgrades, captures by taostats, and dTAO's first block. */
const KNOWN: readonly (readonly [block: number, utc: string])[] = [
  [0, "2023-03-20T18:47:48Z"],
  [172_898, "2023-04-13T19:08:36Z"],
  [518_345, "2023-05-31T18:38:12Z"],
  [806_973, "2023-07-10T20:47:24Z"],
  [REVOLUTION_BLOCK, "2023-10-02T17:50:24Z"],
  [1_971_974, "2023-12-20T18:05:12Z"],
  [2_543_779, "2024-03-11T16:48:24Z"],
  [2_856_192, "2024-04-30T17:37:00Z"],
  [3_301_156, "2024-07-01T20:52:12Z"],
  [3_372_582, "2024-07-12T21:11:48Z"],
  [3_791_350, "2024-09-09T18:54:48Z"],
  [4_080_697, "2024-10-19T23:59:48Z"],
  [4_336_135, "2024-11-24T14:11:24Z"],
  [LAST_ROOT_ERA_BLOCK + 1, "2025-02-13T21:41:00Z"],
];

const BLOCK_MS = BLOCK_SECONDS * 1_000;
const points = KNOWN.map(([block, utc]) => ({ block, timeMs: Date.parse(utc) }));

/** Straight between known blocks, 12 s a block after the last. */
export const rootEraCalendar: Calendar = {
  timeOf(block) {
    const [from, slope] = stretch((point) => point.block <= block);
    return Math.round(from.timeMs + (block - from.block) * slope);
  },
  blockAt(timeMs) {
    const [from, slope] = stretch((point) => point.timeMs <= timeMs);
    // A date half a millisecond before a block's is that block's: dates are rounded.
    return from.block + Math.ceil((timeMs - from.timeMs - 0.5) / slope);
  },
};

/** The known point that a stretch starts from, and milliseconds a block in it. */
function stretch(hasBegun: (point: (typeof points)[number]) => boolean) {
  const index = Math.max(
    0,
    points.findLastIndex((point) => hasBegun(point)),
  );
  const from = points[index];
  const to = points[index + 1];
  const slope = to ? (to.timeMs - from.timeMs) / (to.block - from.block) : BLOCK_MS;
  return [from, slope] as const;
}
