/**
 * A delegator who spreads its wealth over root and some subnets by what they yield. At each
 * decision it looks at what it holds and at a few subnets more (deep pools are seen more often),
 * wishes for a portfolio in which higher yields weigh more, and moves a part of the way there.
 */
import { BLOCKS_PER_DAY, raoFromTao, taoFromRao } from "../../sim/amounts.ts";
import type { BittensorView } from "../../sim/bittensor/chain/view.ts";
import { pow } from "../../sim/portable-math.ts";
import type { Stream } from "../../sim/random.ts";
import type { Actions, BittensorAgent } from "../bittensor.ts";
import { bestOf, validatorReturns } from "./best-validator.ts";
import type { DelegatorsConfig } from "./config.ts";

export interface DelegatorPlace {
  readonly id: string;
  readonly firstBlock: number;
  /** The hotkey that it stakes with on a subnet (0: on root). */
  readonly hotkeyOn: (netuid: number, hasNeurons: boolean) => string;
}

/** A position: subnet 0 is root. */
interface Position {
  readonly netuid: number;
  readonly hotkey: string;
  readonly valueTao: number;
  readonly stakeRao: bigint;
  readonly wishedTao: number;
}

const NEW_SUBNETS_SEEN = 4;
/** No order is larger than this part of the pool's TAO: what would move the price is spread out. */
const MAX_POOL_SHARE = 0.005;
const MIN_ORDER_TAO = 0.05;
const KEEP_FREE_TAO = 0.1;
/** A validator must leave its stakers so much more before stake is moved to it. */
const WORTH_MOVING = 1.01;

export class YieldSeeker implements BittensorAgent {
  readonly id: string;
  readonly role = "delegator";
  readonly wake;

  constructor(
    private readonly place: DelegatorPlace,
    private readonly config: DelegatorsConfig,
  ) {
    this.id = place.id;
    const everyBlocks = Math.round(config.rebalance_every_days * BLOCKS_PER_DAY);
    this.wake = { firstBlock: place.firstBlock, everyBlocks: Math.max(1, everyBlocks) };
  }

  *act(view: BittensorView, random: Stream): Actions {
    if (this.config.compare_validators) yield* this.moveToBest(view);
    const positions = this.positions(view, random);
    const { move_share: moveShare } = this.config;
    for (const { netuid, hotkey, valueTao, wishedTao, stakeRao } of positions) {
      const excessTao = Math.min((valueTao - wishedTao) * moveShare, this.capTao(view, netuid));
      if (excessTao < MIN_ORDER_TAO || valueTao === 0) continue;
      const part = BigInt(Math.round((excessTao / valueTao) * 1e6));
      yield { kind: "remove_stake", netuid, hotkey, amountRao: (stakeRao * part) / 1_000_000n };
    }
    // What the sales brought is there by now: the wallet pays for the rest.
    for (const { netuid, hotkey, valueTao, wishedTao } of positions) {
      const freeTao = taoFromRao(view.balanceRao) - KEEP_FREE_TAO;
      const cap = Math.min(freeTao, this.capTao(view, netuid));
      const wantedTao = Math.min((wishedTao - valueTao) * moveShare, cap);
      if (wantedTao < MIN_ORDER_TAO) continue;
      const amountRao = raoFromTao(Math.floor(wantedTao * 1e6) / 1e6);
      yield { kind: "add_stake", netuid, hotkey, amountRao };
    }
  }

  private *moveToBest(view: BittensorView): Actions {
    for (const { netuid, hotkey, stakeRao } of view.holdings) {
      const returns = validatorReturns(view, netuid);
      const best = bestOf(returns);
      if (best === null || best.hotkey === hotkey) continue;
      const own = returns.find((other) => other.hotkey === hotkey)?.netReturn ?? 0;
      if (best.netReturn < own * WORTH_MOVING) continue;
      yield { kind: "move_stake", netuid, hotkey, toHotkey: best.hotkey, amountRao: stakeRao };
    }
  }

  /** With whom to stake where nothing is held yet. */
  private hotkeyOn(view: BittensorView, netuid: number): string {
    const best = this.config.compare_validators ? bestOf(validatorReturns(view, netuid)) : null;
    return best?.hotkey ?? this.place.hotkeyOn(netuid, view.neurons(netuid) !== null);
  }

  private capTao(view: BittensorView, netuid: number): number {
    return netuid === 0 ? Infinity : MAX_POOL_SHARE * view.poolTao(netuid);
  }

  /** What is held and seen, with the value that each ought to have. */
  private positions(view: BittensorView, random: Stream): Position[] {
    const held = new Map(
      view.holdings.map(({ netuid, hotkey, stakeRao }) => [netuid, { hotkey, stakeRao }]),
    );
    const seen = [...new Set([0, ...held.keys(), ...this.newSubnets(view, random)])];
    const valued = seen.map((netuid) => {
      const { hotkey, stakeRao } = held.get(netuid) ?? {
        hotkey: this.hotkeyOn(view, netuid),
        stakeRao: 0n,
      };
      return { netuid, hotkey, stakeRao, valueTao: taoFromRao(stakeRao) * view.price(netuid) };
    });
    const wealthTao =
      taoFromRao(view.balanceRao) + valued.reduce((sum, { valueTao }) => sum + valueTao, 0);
    const wishes = this.wishes(view, seen);
    return valued.map((position, index) => ({ ...position, wishedTao: wealthTao * wishes[index] }));
  }

  /** Shares of wealth, in the order of `seen`: root's own share, the rest by yield. */
  private wishes(view: BittensorView, seen: readonly number[]): number[] {
    const { sensitivity, root_share: rootShare } = this.config;
    const attraction = seen.map((netuid) =>
      netuid === 0 ? 0 : pow(Math.max(view.yieldPerDay(netuid), 1e-9), sensitivity),
    );
    const total = attraction.reduce((sum, value) => sum + value, 0);
    return seen.map((netuid, index) =>
      netuid === 0 ? (total > 0 ? rootShare : 1) : ((1 - rootShare) * attraction[index]) / total,
    );
  }

  /** A few tradable subnets, drawn in proportion to the TAO in their pools. */
  private newSubnets(view: BittensorView, random: Stream): number[] {
    const open = view.netuids.filter((netuid) => view.isTradable(netuid));
    const depth = open.map((netuid) => view.poolTao(netuid));
    const total = depth.reduce((sum, tao) => sum + tao, 0);
    if (total === 0) return [];
    return Array.from({ length: NEW_SUBNETS_SEEN }, () => {
      let left = random.uniform() * total;
      const index = depth.findIndex((tao) => {
        left -= tao;
        return left < 0;
      });
      return open[Math.max(0, index)];
    });
  }
}
