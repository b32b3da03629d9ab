/**
 * Seconds for one simulated year of the whole network in float64: 128 subnets, every block's coinbase,
 * and all epochs of 256 neurons with subnet 15's weights. A few days are simulated and multiplied,
 * with `--whole-year` all of it. Consensus is exact in both.
 */
import { runCoinbase } from "../sim/bittensor/coinbase/block.ts";
import { finneyLikeState, finneyParams } from "../sim/bittensor/coinbase/kernel/examples.ts";
import { epoch } from "../sim/bittensor/yuma/epoch.ts";
import type { BenchSuite, Figure } from "./suite.ts";
import { type Phase, PhaseClock, phases } from "./year/clocked.ts";
import { WholeNetwork } from "./year/network.ts";
import { yardstick } from "./yuma-epoch.ts";

const BLOCKS_A_DAY = 7_200;
const BLOCKS_A_YEAR = 2_629_800;
const WARM_UP_BLOCKS = 2 * BLOCKS_A_DAY;
const MEASURED_BLOCKS = 6 * BLOCKS_A_DAY;
const READABLE = "year in readable bigint";
const TOTAL = "year of 128 x 256 neurons, float64";
/** What a machine needs for these does not depend on its speed. */
const IN_EPOCHS = "the same in epochs of float64 JavaScript, 64 x 256";
const nameOf = (phase: Phase): string => `year: ${phase}`;

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

export const suite: BenchSuite = {
  name: "year",
  rates: () => [],
  figureNames: [READABLE, TOTAL, IN_EPOCHS, ...phases.map(nameOf)],
  figures: ({ wholeYear }) => yearFigures(wholeYear ? BLOCKS_A_YEAR : MEASURED_BLOCKS),
};

function yearFigures(blocks: number): Figure[] {
  const network = new WholeNetwork("float64");
  const readable = readableSeconds(network);
  const clock = new PhaseClock(network.chain);
  const isWhole = blocks === BLOCKS_A_YEAR;
  let block = network.startBlock;
  if (!isWhole) {
    block += WARM_UP_BLOCKS;
    network.advanceTo(block);
  }
  const before = secondsPerEpoch();
  clock.take();
  const begun = cpuSeconds();
  network.advanceTo(block + blocks);
  const years = blocks / BLOCKS_A_YEAR;
  const seconds = (cpuSeconds() - begun) / years;
  const spent = clock.take();
  const perEpoch = (before + secondsPerEpoch()) / 2;
  const wholeMs = phases.reduce((sum, phase) => sum + (spent.get(phase) as number), 0);
  const how = isWhole ? "" : `, of ${blocks / BLOCKS_A_DAY} days`;
  const figure = (name: string, value: number, reference: string | null): Figure => ({
    name,
    value,
    unit: `s${how}`,
    reference,
    ratio: reference === null ? null : value / (reference === READABLE ? readable : seconds),
  });
  return [
    figure(READABLE, readable, null),
    figure(TOTAL, seconds, READABLE),
    { name: IN_EPOCHS, value: seconds / perEpoch, unit: "epochs", reference: null, ratio: null },
    ...phases.map((phase) =>
      figure(nameOf(phase), (seconds * (spent.get(phase) as number)) / wholeMs, TOTAL),
    ),
  ];
}

/** Of the yardstick's epoch, before and after what is measured: the machine's speed wanders. */
function secondsPerEpoch(): number {
  const { run } = yardstick();
  for (let k = 0; k < 50; k++) run();
  const epochs = 400;
  const begun = cpuSeconds();
  for (let k = 0; k < epochs; k++) run();
  return (cpuSeconds() - begun) / epochs;
}

/** Coinbase and epochs of a year, from a few blocks and one epoch of the readable forms. */
function readableSeconds({ chain }: WholeNetwork): number {
  const subnets = chain.netuids.length;
  let state = finneyLikeState(subnets);
  const coinbaseBlocks = 10;
  let begun = cpuSeconds();
  for (let k = 0; k < coinbaseBlocks; k++) ({ state } = runCoinbase(state, finneyParams));
  const coinbase = ((cpuSeconds() - begun) / coinbaseBlocks) * BLOCKS_A_YEAR;
  const [subnet] = chain.detailed.values();
  const { neurons, weights, bonds, lastUpdate, validatorPermit, genesis } = subnet;
  const epochs = 5;
  begun = cpuSeconds();
  for (let k = 0; k < epochs; k++) {
    epoch(
      {
        n: neurons.length,
        block: chain.block + 1,
        tempoBlocks: 360,
        lastMechanismStepBlock: chain.block,
        raoEmission: 300_000_000_000n,
        totalStakeBits: weights.map(({ columns }) => BigInt(columns.length) << 110n),
        lastUpdate: [...lastUpdate.subarray(0, neurons.length)],
        blockAtRegistration: neurons.map(() => 0),
        validatorPermit,
        weights,
        bonds,
        ownerUid: null,
        commitBlocks: null,
        previousConsensus: null,
      },
      genesis.parameters,
    );
  }
  const tempo = 360;
  const perEpoch = (cpuSeconds() - begun) / epochs;
  return coinbase + perEpoch * subnets * (BLOCKS_A_YEAR / tempo);
}
