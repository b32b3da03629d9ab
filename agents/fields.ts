/**
 * agents: who lives in a world, one folder a kind: its behaviours, and in config.ts what a scenario
 * may set about it. May import sim.
 *
 * The fields that configuration is made of. Every field has a default, bounds, a unit and a
 * meaning; the loader's messages, the JSON Schema and `hivelab describe` are made from them. A
 * field's name ends in its unit where it has one: `rebalance_every_days`, `wealth_tao`.
 */
import { z } from "zod";

export interface FieldOptions {
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly meaning: string;
}

/** A number from min to max; the default must be given with `.default()`, or `.optional()`. */
export const numberField = ({ unit, min, max, meaning }: FieldOptions) =>
  z.number().min(min).max(max).meta({ unit, description: meaning });

/** A whole number from min to max. */
export const wholeField = ({ unit, min, max, meaning }: FieldOptions) =>
  z.int().min(min).max(max).meta({ unit, description: meaning });

/** A part of a whole, from 0 to 1. */
export const shareField = (meaning: string) => numberField({ unit: "1", min: 0, max: 1, meaning });

/** An amount of TAO that one party may own; stored as rao by whoever uses it. */
export const taoField = (meaning: string) =>
  numberField({ unit: "TAO", min: 0, max: 21_000_000, meaning });

/** A span of simulated days: from one block to ten years. */
export const daysField = (meaning: string) =>
  numberField({ unit: "days", min: 1 / 7_200, max: 3_652.5, meaning });

/** A number of agents. */
export const countField = (max: number, meaning: string) =>
  wholeField({ unit: "agents", min: 0, max, meaning });

export const flagField = (meaning: string) => z.boolean().meta({ description: meaning });
