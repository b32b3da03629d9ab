/** The golden epoch sequences: one record an epoch sequence. */
import { isObject, type VectorFormat } from "../format.ts";

export const goldenEpochs: VectorFormat = {
  name: "golden epochs",
  recognises: (document) => isObject(document) && document.format === "bittensor-epoch-golden/1",
  groups: (document) => [
    { name: "epochs", records: (document as { cases: unknown[] }).cases, check: undefined },
  ],
};
