/**
 * Emission shares of a captured block under the rule of its time, under seven deviations from it,
 * and the gate's bars and shares to the last bit.
 * Source: spec/timeline-and-facts.md section C.3, spec/recent-rules.md section 1.3.
 */
import { countCell, flagCell, wholeCell } from "../../scenarios/csv.ts";
import { barByMass, barByRank, hillGate } from "../../sim/bittensor/emission/hill-gate.ts";
import {
  afterBurnPenalty,
  burnAdjustedShares,
  priceShares,
} from "../../sim/bittensor/emission/price-shares.ts";
import {
  normalise,
  type ShareSubnet,
  switchDisabledOff,
} from "../../sim/bittensor/emission/shares.ts";
import { fromFloat, toFloat, U64F64 } from "../../sim/fixed/fixed-point.ts";
import { exactCheck, type RealityCheck, realityCheck } from "./check.ts";
import { readFacts } from "./facts.ts";

/** EmissionGateBar as stored; it was computed at block 8,740,080. */
const STORED_BAR = 171_053_753_237_533_853n;
const exponent = (h: number): bigint => fromFloat(U64F64, h);
const MAX_BITS = (1n << 127n) - 1n;
const MAX_RAO = 1_000_000_000n;

interface PaidSubnet extends ShareSubnet {
  readonly paidRao: bigint;
}

export const readEmission8740402 = (): PaidSubnet[] =>
  readFacts("finney-emission-8740402", "emission.csv", {
    netuid: countCell(1, 65_535),
    moving_price_bits: wholeCell(MAX_BITS),
    miner_burned_bits: wholeCell(MAX_BITS),
    emission_enabled: flagCell,
    tao_in_rao: wholeCell(MAX_RAO),
    excess_tao_rao: wholeCell(MAX_RAO),
  }).map((row) => ({
    netuid: row.netuid,
    movingPriceBits: row.moving_price_bits,
    minerBurnedBits: row.miner_burned_bits,
    emissionEnabled: row.emission_enabled,
    paidRao: row.tao_in_rao + row.excess_tao_rao,
  }));

type Shares = (subnets: readonly PaidSubnet[]) => bigint[];

/** The rule of spec 440: gate on the burn-adjusted shares, then the switch. */
const rule =
  (h: number): Shares =>
  (subnets) =>
    switchDisabledOff(subnets, hillGate(burnAdjustedShares(subnets), STORED_BAR, exponent(h)));

const gateOnPrices: Shares = (subnets) => {
  const gated = hillGate(priceShares(subnets), STORED_BAR, exponent(3));
  return switchDisabledOff(
    subnets,
    normalise(gated.map((share, i) => afterBurnPenalty(subnets[i], share))),
  );
};

const withoutRenormalising: Shares = (subnets) => {
  const penalised = priceShares(subnets).map((share, i) => afterBurnPenalty(subnets[i], share));
  return switchDisabledOff(subnets, hillGate(penalised, STORED_BAR, exponent(3)));
};

const withoutBurn: Shares = (subnets) =>
  rule(3)(subnets.map((subnet) => ({ ...subnet, minerBurnedBits: 0n })));

const withoutGate: Shares = (subnets) => switchDisabledOff(subnets, burnAdjustedShares(subnets));

/** Disabled subnets dropped before prices are normalised. */
const filteredFirst: Shares = (subnets) => {
  const enabled = subnets.filter(({ emissionEnabled }) => emissionEnabled);
  const shares = new Map(rule(3)(enabled).map((share, i) => [enabled[i].netuid, share]));
  return subnets.map(({ netuid }) => shares.get(netuid) ?? 0n);
};

/** A deviation from the rule, and the mean absolute error that is published for it. */
const deviations: readonly (readonly [name: string, published: number, shares: Shares])[] = [
  ["with exponent 4", 2.1e-4, rule(4)],
  ["with disabled subnets dropped first", 3.0e-4, filteredFirst],
  ["with exponent 2", 3.2e-4, rule(2)],
  ["with the gate on price shares", 1.15e-3, gateOnPrices],
  ["without normalising after the burn", 1.2e-3, withoutRenormalising],
  ["without the burn", 2.61e-3, withoutBurn],
  ["without the gate", 2.79e-3, withoutGate],
];

/** Mean absolute difference between shares and what the chain paid. */
export function meanShareError(subnets: readonly PaidSubnet[], shareBits: readonly bigint[]) {
  const total = Number(subnets.reduce((sum, { paidRao }) => sum + paidRao, 0n));
  const errors = subnets.map(({ paidRao }, i) =>
    Math.abs(toFloat(U64F64, shareBits[i]) - Number(paidRao) / total),
  );
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
}

export function emission8740402Checks(): RealityCheck[] {
  const subnets = readEmission8740402();
  const error = (shares: Shares) => meanShareError(subnets, shares(subnets));
  const own = error(rule(3));
  return [
    realityCheck("mean share error of the rule in force", 0, own, 1.2e-5),
    ...deviations.flatMap(([name, published, shares]) => {
      const worse = error(shares);
      return [
        realityCheck(`mean share error ${name}`, published, worse, published * 0.03),
        realityCheck(`the rule's error as part of that ${name}`, 0, own / worse, 0.1),
      ];
    }),
  ];
}

/** U64F64 to the last bit, shown as a fraction. */
const bitCheck = (name: string, published: bigint, ours: bigint): RealityCheck =>
  exactCheck(name, published, ours, 2 ** 64);

const quantile = (q: number): bigint => fromFloat(U64F64, q);

export function gateVectorChecks(): RealityCheck[] {
  const subnets = readEmission8740402();
  const adjusted = burnAdjustedShares(subnets);
  const bar = barByRank(adjusted, 32);
  const final = switchDisabledOff(subnets, hillGate(adjusted, bar, exponent(3)));
  const shareOf = (netuid: number) => final[subnets.findIndex((s) => s.netuid === netuid)];
  return [
    bitCheck(
      "bar by 0.75 of the mass",
      171_972_700_824_773_940n,
      barByMass(adjusted, quantile(0.75)),
    ),
    bitCheck(
      "bar by 0.61 of the mass",
      236_692_819_962_046_237n,
      barByMass(adjusted, quantile(0.61)),
    ),
    bitCheck("bar by rank 32", 158_022_278_775_719_297n, bar),
    bitCheck("share of SN64 by rank 32", 2_426_972_579_280_444_640n, shareOf(64)),
    bitCheck("share of SN51 by rank 32", 1_908_502_810_931_006_916n, shareOf(51)),
    bitCheck("share of SN107 by rank 32", 1_715_801_067_899_906_199n, shareOf(107)),
    bitCheck("share of SN4 by rank 32", 1_697_277_938_310_614_111n, shareOf(4)),
  ];
}
