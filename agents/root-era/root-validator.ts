/**
 * A root validator: takes a seat when its stake suffices, weighs subnets, and sells part of what it
 * earns. Proportional: by value as it sees it. Self-interested: part of the weights go to subnets of
 * its own. Cabal: to the subnet that pays. What it weighed on root's own netuid stays there.
 */
import { BLOCKS_PER_DAY } from "../../sim/amounts.ts";
import type { RootEraView } from "../../sim/bittensor/root-era/view.ts";
import type { Stream } from "../../sim/random.ts";
import type { EraActions, RootEraAgent } from "./agent.ts";
import type { RootEraAgentsConfig } from "./config.ts";
import type { Operator } from "./operator.ts";
import { EarningsSeller } from "./selling.ts";
import type { SubnetValues } from "./subnet-values.ts";

export type Strategy = "proportional" | "self-interested" | "cabal";

export interface RootValidatorPlace {
  readonly id: string;
  readonly hotkey: string;
  readonly firstBlock: number;
  readonly strategy: Strategy;
  /** Subnets that it favours, the share of its weights for them, and from which block on. */
  readonly favours: readonly number[];
  readonly favourShare: number;
  readonly favourFromBlock: number;
  /** Weights that it starts from, by netuid; they sum to 1. */
  readonly startWeights: ReadonlyMap<number, number>;
}

export class RootValidator implements RootEraAgent {
  readonly id: string;
  readonly role = "validator";
  readonly wake;
  /** Its honest weights, by netuid. */
  private weights: Map<number, number>;
  private readonly seller: EarningsSeller;
  private nextSaleBlock: number;
  private nextOperatorBlock: number;

  constructor(
    private readonly place: RootValidatorPlace,
    private readonly config: RootEraAgentsConfig["root_validators"],
    private readonly values: SubnetValues,
    /** Its other neurons, where it has any. */
    private readonly operator: Operator | null = null,
  ) {
    this.id = place.id;
    const everyBlocks = Math.max(1, Math.round(config.weigh_every_days * BLOCKS_PER_DAY));
    this.wake = { firstBlock: place.firstBlock, everyBlocks };
    this.weights = new Map(place.startWeights);
    this.seller = new EarningsSeller(place.hotkey, config.sell_share);
    this.nextSaleBlock = place.firstBlock;
    this.nextOperatorBlock = place.firstBlock;
  }

  *act(view: RootEraView, random: Stream): EraActions {
    const { hotkey } = this.place;
    if (view.hasRoot) {
      if (!view.isSeated(hotkey) && view.totalStakeTao(hotkey) > view.leastSeatTao) {
        yield { kind: "root_register", netuid: 0, hotkey };
      }
      if (view.isSeated(hotkey)) yield* this.weigh(view, random);
    }
    if (view.block >= this.nextSaleBlock) {
      this.nextSaleBlock = view.block + Math.round(this.config.sell_every_days * BLOCKS_PER_DAY);
      yield* this.seller.sell(view);
    }
    if (this.operator && view.block >= this.nextOperatorBlock) {
      this.nextOperatorBlock = view.block + this.operator.wake.everyBlocks;
      yield* this.operator.act(view, random);
    }
  }

  private *weigh(view: RootEraView, random: Stream): EraActions {
    const { netuids } = view;
    const seen = new Map(
      netuids.map((netuid) => [netuid, this.values.seen(netuid, this.config.value_noise, random)]),
    );
    const total = sumOf(seen.values());
    const ownNetuid = this.weights.get(0) ?? 0;
    const memory = this.weights.size > 0 ? this.config.memory_share : 0;
    const next = new Map<number, number>(ownNetuid > 0 ? [[0, ownNetuid]] : []);
    for (const netuid of netuids) {
      const fresh = total > 0 ? ((seen.get(netuid) as number) / total) * (1 - ownNetuid) : 0;
      const weight = memory * (this.weights.get(netuid) ?? 0) + (1 - memory) * fresh;
      // What is below a thousandth of the mean is not weighed at all.
      if (weight > 1e-3 / netuids.length) next.set(netuid, weight);
    }
    this.weights = scaled(next);
    const said = this.withFavours(view);
    const most = Math.max(...said.values());
    yield {
      kind: "set_root_weights",
      netuid: 0,
      hotkey: this.place.hotkey,
      netuids: [...said.keys()],
      values: [...said.values()].map((weight) => Math.round((65_535 * weight) / most)),
    };
  }

  private withFavours(view: RootEraView): Map<number, number> {
    const { favours, favourShare, favourFromBlock } = this.place;
    const existing = favours.filter((netuid) => view.netuids.includes(netuid));
    if (existing.length === 0 || favourShare === 0 || view.block < favourFromBlock) {
      return this.weights;
    }
    const said = new Map([...this.weights].map(([n, weight]) => [n, weight * (1 - favourShare)]));
    for (const netuid of existing) {
      said.set(netuid, (said.get(netuid) ?? 0) + favourShare / existing.length);
    }
    return said;
  }
}

const sumOf = (values: Iterable<number>): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
};

function scaled(weights: ReadonlyMap<number, number>): Map<number, number> {
  const total = sumOf(weights.values());
  return new Map([...weights].map(([netuid, weight]) => [netuid, weight / total]));
}
