/**
 * The part of a scenario that bends the timeline itself: `chain.rules.starts` lets a rule begin
 * earlier, later or never. One field a rule layer, so that a wrong name is found and suggested.
 */
import { z } from "zod";
import type { RuleLayer } from "../sim/bittensor/rules/rule-set.ts";
import { ruleLayers } from "../sim/bittensor/rules/timeline.ts";

/** A layer's name as a field: `balancer pools` is `balancer_pools`. */
export const startField = (name: string): string => name.replaceAll(" ", "_");

/** The oldest layer is the ground that the others stand on and begins with the chain. */
export const movableLayers: readonly RuleLayer[] = ruleLayers.slice(1);

const block = z.int().min(1).max(4_294_967_295);

const startOfLayer = ({ summary, date }: RuleLayer) =>
  z
    .union([z.literal("never"), block, z.iso.date()])
    .optional()
    .meta({
      unit: "date or block",
      expected: "`never`, a date such as 2026-05-01, or a block",
      description: `${summary}; on the chain from ${date}`,
    });

/** By the field of a layer; a moved layer's `never`, first block or first day (UTC). */
export type StartsSection = Readonly<Record<string, string | number>>;

const section = z
  .strictObject(
    Object.fromEntries(movableLayers.map((layer) => [startField(layer.name), startOfLayer(layer)])),
  )
  .meta({
    description:
      "rules that begin earlier, later (a date or a block) or never; the others keep their dates",
  });

// The fields come from the timeline, so that no type can name them.
export const startsSection = section as unknown as z.ZodType<StartsSection, StartsSection>;
