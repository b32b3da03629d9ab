import fc from "fast-check";
import { expect, test } from "vitest";
import { bitsFromU16 } from "../yuma/proportions.ts";
import { maxUpscale, maxUpscaleU16 } from "./max-upscale.ts";

const u16Row = fc.array(fc.nat(65_535), { maxLength: 20 });
const smallRow = fc.array(fc.nat(40_000), { minLength: 1, maxLength: 20 });

test("doubles scale u16 weights as the chain's fixed point does", () => {
  fc.assert(
    fc.property(fc.oneof(u16Row, smallRow), (row) => {
      expect(maxUpscaleU16(row)).toEqual(maxUpscale(row.map(bitsFromU16)));
    }),
    { numRuns: 300 },
  );
});
