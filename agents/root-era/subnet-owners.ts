/** Owners of subnets: those in general, who also found new ones, and one who pays a cabal. */
import { BLOCKS_PER_DAY, raoFromTao, taoFromRao } from "../../sim/amounts.ts";
import type { RootEraView } from "../../sim/bittensor/root-era/view.ts";
import type { Stream } from "../../sim/random.ts";
import type { EraActions, RootEraAgent } from "./agent.ts";
import type { RootEraAgentsConfig } from "./config.ts";
import { EarningsSeller, payMarket } from "./selling.ts";
import type { SubnetValues } from "./subnet-values.ts";

type OwnersConfig = RootEraAgentsConfig["owners"];

/** A new subnet is younger than those that have stayed: its value is below the middle. */
const NEW_LN_VALUE = -0.5;

export class SubnetOwners implements RootEraAgent {
  readonly role = "owner";
  readonly wake;
  private baseRao: bigint | null = null;
  private nextSaleBlock: number;
  private founded = 0;

  constructor(
    readonly id: string,
    firstBlock: number,
    private readonly config: OwnersConfig,
    private readonly values: SubnetValues,
  ) {
    this.wake = { firstBlock, everyBlocks: BLOCKS_PER_DAY };
    this.nextSaleBlock = firstBlock;
  }

  *act(view: RootEraView, random: Stream): EraActions {
    this.values.drift(view.netuids, this.config.value_drift_per_day, random);
    if (view.hasRoot && view.blocksUntilSubnet === 0) yield* this.found(view, random);
    if (view.block < this.nextSaleBlock) return;
    this.nextSaleBlock = view.block + Math.round(this.config.sell_every_days * BLOCKS_PER_DAY);
    const { balanceRao } = view;
    this.baseRao ??= balanceRao;
    const grownRao = balanceRao > this.baseRao ? balanceRao - this.baseRao : 0n;
    yield* payMarket((grownRao * BigInt(Math.round(this.config.sell_share * 1e6))) / 1_000_000n);
    this.baseRao = view.balanceRao;
  }

  /** The lock comes back one day; a founder locks so many days of what an owner earns. */
  private *found(view: RootEraView, random: Stream): EraActions {
    const cuts = view.netuids
      .map((netuid) => view.emissionTaoPerDay(netuid) * view.ownerCut)
      .sort((a, b) => a - b);
    const middleTao = cuts[cuts.length >> 1] ?? 0;
    const { lockCostRao, balanceRao } = view;
    const worthTao = this.config.payback_days * middleTao;
    if (taoFromRao(lockCostRao) > worthTao || lockCostRao > balanceRao) return;
    const name = `founded ${this.founded + 1}`;
    const outcome = yield { kind: "register_network", netuid: 0, name };
    if (!outcome.applied || outcome.receivedRao === undefined) return;
    this.founded++;
    this.baseRao = null;
    const netuid = Number(outcome.receivedRao);
    const others = view.netuids.filter((other) => other !== netuid);
    const deviation = this.config.value_spread * random.normal();
    this.values.set(netuid, this.values.middleLn(others) + NEW_LN_VALUE + deviation);
  }
}

export interface BriberPlace {
  readonly id: string;
  readonly hotkey: string;
  readonly firstBlock: number;
  readonly fromBlock: number;
  /** Coldkeys and hotkeys of those who are paid. */
  readonly members: readonly { readonly coldkey: string; readonly hotkey: string }[];
  readonly bribeShare: number;
  readonly sellShare: number;
}

/** The owner of a favoured subnet: shares its income with the validators who favour it. */
export class BribingOwner implements RootEraAgent {
  readonly id: string;
  readonly role = "cabal";
  readonly wake;
  private readonly seller: EarningsSeller;
  private baseRao: bigint | null = null;

  constructor(private readonly place: BriberPlace) {
    this.id = place.id;
    this.wake = { firstBlock: place.firstBlock, everyBlocks: BLOCKS_PER_DAY };
    // What it mines itself is unstaked, and then shared like its cut.
    this.seller = new EarningsSeller(place.hotkey, 1, 1);
  }

  *act(view: RootEraView): EraActions {
    yield* this.seller.sell(view);
    const { balanceRao } = view;
    this.baseRao ??= balanceRao;
    const incomeRao = balanceRao > this.baseRao ? balanceRao - this.baseRao : 0n;
    const { members, bribeShare, sellShare, fromBlock } = this.place;
    if (incomeRao > 0n && view.block >= fromBlock) {
      const bribeTao = taoFromRao(incomeRao) * bribeShare;
      const stakes = members.map(({ hotkey }) => view.totalStakeTao(hotkey));
      const total = stakes.reduce((sum, stake) => sum + stake, 0);
      for (const [i, { coldkey }] of members.entries()) {
        const tao = total > 0 ? Math.floor(((bribeTao * stakes[i]) / total) * 1e6) / 1e6 : 0;
        if (tao <= 0) continue;
        yield { kind: "transfer", netuid: 0, to: coldkey, amountRao: raoFromTao(tao) };
      }
    }
    const restTao = taoFromRao(incomeRao) * (1 - bribeShare) * sellShare;
    yield* payMarket(raoFromTao(Math.floor(restTao * 1e6) / 1e6));
    this.baseRao = view.balanceRao;
  }
}
