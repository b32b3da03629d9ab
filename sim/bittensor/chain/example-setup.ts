/** A small network for tests: three subnets of different depth, the third with three neurons. */
import type { Actor, ChainSetup } from "./chain.ts";
import type { SubnetGenesis } from "./genesis.ts";
import { newSubnetParameters } from "./new-subnet.ts";
import type { ChainParameters } from "./parameters.ts";
import { chainParametersAt } from "./rule-parameters.ts";

const TAO = 1_000_000_000n;
export const START_BLOCK = 9_000_000;

const subnet = (netuid: number, tao: bigint, price: number): SubnetGenesis => ({
  netuid,
  taoReserveRao: tao * TAO,
  alphaInRao: BigInt(Math.round(Number(tao * TAO) / price)),
  alphaOutRao: 2_000_000n * TAO,
  protocolAlphaRao: 10_000n * TAO,
  quoteWeightParts: 500_000_000_000_000_000n,
  movingPriceI96F32: BigInt(Math.round(price * 2 ** 32)),
  minerBurnedU96F32: netuid === 2 ? 1n << 31n : 0n,
  rootProportionU96F32: 1n << 29n,
  firstEmissionBlock: 8_000_000,
  subtokenEnabled: true,
  registrationAllowed: true,
  emissionEnabled: true,
  tempoBlocks: 360,
});

export const actor = (id: string): Actor => ({ hotkey: id, coldkey: id });
const outstandingRao = 1_990_000n * TAO;

export function exampleSetup(): ChainSetup {
  const aggregates = [1, 2].map((netuid) => ({
    netuid,
    owner: actor(`owner/${netuid}`),
    miners: actor(`miners/${netuid}`),
    validators: actor(`validators/${netuid}`),
  }));
  const neuron = (uid: number, role: "miner" | "validator") => ({
    ...actor(`${role}/3/${uid}`),
    role,
    registeredAtBlock: 0,
  });
  return {
    genesis: {
      block: START_BLOCK,
      timeMs: Date.UTC(2026, 8, 5),
      totalIssuanceRao: 11_300_000n * TAO,
      gateBarBits: 0n,
      rootStakeRao: 5_000_000n * TAO,
      subnets: [subnet(1, 100_000n, 0.05), subnet(2, 20_000n, 0.6), subnet(3, 5_000n, 0.5)],
      stakes: [
        {
          netuid: 0,
          ...actor("validator/3/0"),
          coldkey: "root_stakers",
          stakeRao: 5_000_000n * TAO,
        },
        { netuid: 1, ...actor("validators/1"), stakeRao: outstandingRao },
        { netuid: 2, ...actor("validators/2"), stakeRao: outstandingRao },
        { netuid: 3, ...actor("validator/3/0"), stakeRao: outstandingRao },
      ],
      wallets: [{ coldkey: "ann", balanceRao: 1_000n * TAO }],
    },
    parameters: [
      { fromBlock: START_BLOCK + 1, parameters: chainParametersAt(START_BLOCK) as ChainParameters },
    ],
    aggregates,
    detailed: [
      {
        subnet: {
          netuid: 3,
          neurons: [neuron(0, "validator"), neuron(1, "miner"), neuron(2, "miner")],
          weights: [{ columns: [1, 2], values: [65_535, 21_845] }],
          parameters: newSubnetParameters,
          weightsRateLimitBlocks: 100,
          ownerUid: null,
        },
        owner: actor("owner/3"),
      },
    ],
    rootValidators: [],
    otherFeesRaoPerBlock: 0n,
    takeU16: 11_796,
    names: new Map([[1, "one"]]),
    roleOf: new Map([
      ["ann", "delegator"],
      ["root_stakers", "root"],
    ]),
  };
}
