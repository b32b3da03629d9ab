/**
 * The Yuma fixtures: one schema a file. Not listed as records, by design: steps on the chain's dense
 * path, what its tests have commented out or only state in words, and getters of constants.
 */
import { isObject, type VectorFormat, type VectorGroup } from "../format.ts";
import { largeGroups } from "./large.ts";
import { liquidAlphaGroups } from "./liquid-alpha.ts";
import { mathGroups } from "./math.ts";
import { mechanismGroups } from "./mechanisms.ts";
import { numberGroups } from "./numbers.ts";
import { retentionGroups } from "./retention.ts";
import { sequenceGroups } from "./sequences.ts";
import type { Json } from "./subnet.ts";
import { weightsGroups } from "./weights.ts";

const readers: Readonly<Record<string, (document: Json) => VectorGroup[]>> = {
  "yuma-epoch-sequence/1": sequenceGroups,
  "yuma-epoch-large/1": largeGroups,
  "yuma-math/1": mathGroups,
  "fixed-point/1": numberGroups,
  "transcendental/1": numberGroups,
  "liquid-alpha/1": liquidAlphaGroups,
  "mechanisms/1": mechanismGroups,
  "weights-preprocessing/1": weightsGroups,
  "consensus-retention/1": retentionGroups,
};

export const yumaVectors: VectorFormat = {
  name: "yuma fixtures",
  recognises: (document) =>
    isObject(document) && typeof document.schema === "string" && document.schema in readers,
  groups: (document) => readers[(document as { schema: string }).schema](document),
};
