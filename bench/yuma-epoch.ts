/** Epochs per second of the exact kernel, bonds carried from each epoch to the next. */
import { readMetagraph } from "../scenarios/metagraph.ts";
import { packageFolder } from "../scenarios/shipped.ts";
import { yuma3Defaults } from "../sim/bittensor/yuma/examples.ts";
import { createEpochKernel, type EpochKernel } from "../sim/bittensor/yuma/kernel/epoch-kernel.ts";
import { randomState } from "../sim/bittensor/yuma/random-states.ts";
import type { EpochInput, EpochParameters } from "../sim/bittensor/yuma/types.ts";
import type { BenchSuite, Figure, Rate } from "./suite.ts";
import { type FloatEpoch, floatEpoch } from "./yuma-yardstick.ts";

const YARDSTICK = "float64 JavaScript, 64 x 256";
const VALIDATORS = 64;

const versions: Readonly<Record<string, EpochParameters>> = {
  "Yuma 2": { ...yuma3Defaults, yuma3: false },
  "Yuma 3": yuma3Defaults,
  "Yuma 3 with liquid alpha": { ...yuma3Defaults, liquidAlpha: true },
};

/** 64 validators who weigh every one of n uids. */
const denseState = (n: number): EpochInput => {
  const state = randomState({ seed: n, n, validators: VALIDATORS, density: 1 });
  return { ...state, commitBlocks: null, ownerUid: null, previousConsensus: null };
};

/** 64 validators who weigh one uid in twenty. */
const sparseState = (n: number): EpochInput =>
  randomState({ seed: n, n, validators: VALIDATORS, density: 0.05 });

/** Subnet 15 as it was captured: 20 of 256 neurons give 1,687 weights. */
function subnet15(): EpochInput {
  const place = { file: "bench" };
  const folders = { base: packageFolder, project: packageFolder };
  const shipped = { text: "metagraph-sn15", place, field: "metagraph", ...folders };
  const { stakeRao, weights } = readMetagraph(shipped);
  const n = weights.length;
  const isSetter = weights.map((row) => row.length > 0);
  return {
    ...denseState(n),
    totalStakeBits: Array.from(stakeRao, (rao) => rao << 64n),
    validatorPermit: isSetter,
    weights: weights.map((row) => ({
      columns: row.map(({ uid }) => uid),
      values: row.map(({ weightU16 }) => weightU16),
    })),
    bonds: weights.map(() => ({ columns: [], values: [] })),
  };
}

export const suite: BenchSuite = {
  name: "yuma epoch",
  rates: () => [
    yardstick(),
    ...rates("dense 64 x 256", denseState(256)),
    ...rates("subnet 15, 1,687 weights", subnet15()),
    ...rates("sparse 64 x 256, 1 in 20", sparseState(256)),
    ...rates("dense 64 x 4,096", denseState(4096)),
  ],
  figures: () => [kernelMemory(256), kernelMemory(4096), heapPerEpoch(denseState(256))],
};

const INPUT = "weights and bonds as u16 pairs";

/** The whole memory of a kernel for dense weights, against what its two matrices take alone. */
function kernelMemory(n: number): Figure {
  const maxEntries = VALIDATORS * n;
  const { memoryBytes } = createEpochKernel({ maxNeurons: n, maxEntries });
  return {
    name: `memory, dense ${VALIDATORS} x ${n.toLocaleString("en")}`,
    value: memoryBytes / 1024,
    unit: "KiB",
    reference: INPUT,
    ratio: memoryBytes / (2 * maxEntries * 4),
  };
}

/** What the JavaScript heap gains in an epoch, over enough epochs that one object each would show. */
function heapPerEpoch(state: EpochInput): Figure {
  const epochs = 2000;
  const kernel = kernelWith(state, versions["Yuma 3"]);
  kernel.compute();
  const before = process.memoryUsage().heapUsed;
  for (let epoch = 0; epoch < epochs; epoch++) kernel.compute();
  const gained = Math.max(0, process.memoryUsage().heapUsed - before);
  const smallest = 16 * epochs;
  return {
    name: "JavaScript heap per epoch",
    value: gained / epochs,
    unit: "bytes",
    reference: "an empty object an epoch",
    ratio: gained / smallest,
  };
}

const rates = (shape: string, state: EpochInput): Rate[] =>
  Object.entries(versions).map(([version, parameters]) => {
    const kernel = kernelWith(state, parameters);
    return {
      name: `exact ${version}, ${shape}`,
      unit: "epochs/s",
      reference: YARDSTICK,
      run: () => kernel.compute(),
    };
  });

function kernelWith(state: EpochInput, parameters: EpochParameters): EpochKernel {
  const kernel = createEpochKernel({ maxNeurons: state.n, maxEntries: VALIDATORS * state.n });
  kernel.load(state, parameters);
  return kernel;
}

/** The reference of the kernel, and a measure of the machine. */
export function yardstick(): Rate {
  const { n, totalStakeBits, weights } = denseState(256);
  const stake = Float64Array.from({ length: VALIDATORS }, (_, i) => Number(totalStakeBits[i]));
  const total = stake.reduce((sum, value) => sum + value, 0);
  const rows = weights.slice(0, VALIDATORS).flatMap(({ values }) => Array.from(values));
  const state: FloatEpoch = {
    validators: VALIDATORS,
    miners: n,
    stake: stake.map((value) => value / total),
    weights: Float64Array.from(rows),
    bonds: new Float64Array(VALIDATORS * n),
  };
  return {
    name: YARDSTICK,
    unit: "epochs/s",
    reference: null,
    run() {
      floatEpoch(state);
    },
  };
}
