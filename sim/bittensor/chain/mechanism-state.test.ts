import fc from "fast-check";
import { expect, test } from "vitest";
import { createEpochKernel } from "../yuma/kernel/epoch-kernel.ts";
import { epochWithMechanisms } from "../yuma/mechanisms.ts";
import { randomParameters, randomState } from "../yuma/random-states.ts";
import type { EpochInput } from "../yuma/types.ts";
import { runMechanisms } from "./mechanism-state.ts";

const kernel = createEpochKernel({ maxNeurons: 24, maxEntries: 600 });

/** The consensus that a mechanism's last epoch left, as an epoch's output has it. */
const lastOf = ({ previousConsensus }: EpochInput) =>
  previousConsensus
    ? ({ consensus: Uint16Array.from(previousConsensus) } as NonNullable<
        Parameters<typeof runMechanisms>[1]["mechanisms"][number]["last"]
      >)
    : null;

test("all mechanisms of a subnet in the kernel are the readable epoch with mechanisms, bit for bit", () => {
  const split = fc.constantFrom(null, [65_535], [40_000, 25_535], [0, 65_535]);
  const sound = { n: 12, validators: 5, density: 0.6, agreement: 0.3 };
  fc.assert(
    fc.property(fc.nat(1e9), fc.integer({ min: 2, max: 4 }), split, (seed, count, parts) => {
      const parameters = randomParameters(seed);
      const states = Array.from({ length: count }, (_, k) =>
        randomState({ ...sound, seed: seed + k }),
      );
      const [subnet] = states;
      const own = states.map(({ weights, bonds, lastUpdate, commitBlocks, previousConsensus }) => ({
        ...{ weights, bonds, lastUpdate, commitBlocks, previousConsensus },
      }));
      const wanted = epochWithMechanisms(subnet, own, parameters, parts);
      kernel.load(subnet, parameters);
      const { outputs, sum } = runMechanisms(kernel, {
        n: subnet.n,
        block: subnet.block,
        tempoBlocks: subnet.tempoBlocks,
        lastMechanismStepBlock: subnet.lastMechanismStepBlock,
        ownerUid: subnet.ownerUid,
        emissionRao: subnet.raoEmission,
        split: parts,
        permits: Array.from(subnet.validatorPermit),
        mechanisms: states.map((own) => ({
          weights: [...own.weights],
          bonds: [...own.bonds],
          lastUpdate: Float64Array.from(own.lastUpdate),
          last: lastOf(own),
          commitBlocks: Array.from(
            own.commitBlocks ?? new Array<null>(own.n).fill(null),
            (block) => block ?? Number.POSITIVE_INFINITY,
          ),
        })),
      });
      expect(outputs).toEqual(wanted.mechanisms);
      expect(sum).toEqual(wanted.aggregate);
      const { serverEmissionRao, validatorEmissionRao } = kernel.memory;
      expect(serverEmissionRao.slice(0, subnet.n)).toEqual(sum.serverEmissionRao);
      expect(validatorEmissionRao.slice(0, subnet.n)).toEqual(sum.validatorEmissionRao);
    }),
    { numRuns: 60 },
  );
});
