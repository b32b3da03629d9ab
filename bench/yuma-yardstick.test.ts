import { expect, test } from "vitest";
import { traceEpoch } from "../sim/bittensor/yuma/epoch.ts";
import { yuma3Defaults } from "../sim/bittensor/yuma/examples.ts";
import { randomState } from "../sim/bittensor/yuma/random-states.ts";
import { floatEpoch } from "./yuma-yardstick.ts";

test("the yardstick computes the epoch that the kernel is compared on, in doubles", () => {
  const n = 20;
  const input = { ...randomState({ seed: 3, n, validators: n, density: 1 }), ownerUid: null };
  const sound = { ...input, commitBlocks: null, bonds: input.bonds.map(() => none) };
  const { internals } = traceEpoch(sound, { ...yuma3Defaults, yuma3: false });
  const toFloats = (bits: readonly bigint[]) => bits.map((value) => Number(value) / 2 ** 32);
  const weights = sound.weights.flatMap(({ columns, values }, i) =>
    Array.from(columns, (column, k) => (column === i ? 0 : values[k])),
  );
  const result = floatEpoch({
    validators: n,
    miners: n,
    stake: Float64Array.from(toFloats(internals.activeStake)),
    weights: Float64Array.from(weights),
    bonds: new Float64Array(n * n),
  });
  const expectClose = (got: Float64Array, wanted: readonly bigint[]) =>
    toFloats(wanted).forEach((value, k) => {
      expect(got[k]).toBeCloseTo(value, 6);
    });
  expectClose(result.incentive, internals.incentive);
  expectClose(result.dividends, internals.dividends);
  expectClose(result.validatorTrust, internals.validatorTrust);
});

const none = { columns: [], values: [] };
