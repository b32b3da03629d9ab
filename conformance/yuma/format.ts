/**
 * The Yuma fixtures: one schema a file. Not listed as records, by design: steps on the chain's dense
 * path, what its tests have commented out or only state in words, and getters of constants.
 */
import { isObject, type VectorFormat, type VectorGroup } from "../format.ts";
import { sequenceGroups } from "./sequences.ts";
import type { Json } from "./subnet.ts";

const readers: Readonly<Record<string, (document: Json) => VectorGroup[]>> = {
  "yuma-epoch-sequence/1": sequenceGroups,
};

export const yumaVectors: VectorFormat = {
  name: "yuma fixtures",
  recognises: (document) =>
    isObject(document) && typeof document.schema === "string" && document.schema in readers,
  groups: (document) => readers[(document as { schema: string }).schema](document),
};
