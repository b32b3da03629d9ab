/** The vector formats that `hivelab conform` knows; the first that recognises a file is used. */

import { chainVectors } from "./chain/format.ts";
import { flockVectors } from "./flock/vectors.ts";
import type { VectorFormat } from "./format.ts";
import { goldenEpochs } from "./golden/epochs.ts";
import { goldenGroups } from "./golden/groups.ts";
import { yumaVectors } from "./yuma/format.ts";

export const vectorFormats: readonly VectorFormat[] = [
  goldenEpochs,
  goldenGroups,
  chainVectors,
  flockVectors,
  yumaVectors,
];
