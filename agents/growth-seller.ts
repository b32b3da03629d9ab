/**
 * Selling what one earns: who is paid in alpha lets it gather on a hotkey and now and then sells a
 * part of what has come in since the last sale. Used by miners, owners and validators alike.
 */
import type { Outcome } from "../sim/agent.ts";
import type { RemoveStake } from "../sim/bittensor/chain/actions.ts";
import type { BittensorView } from "../sim/bittensor/chain/view.ts";

/** Sales worth less than this are not worth a transaction. */
const MIN_SALE_TAO = 0.01;

export class GrowthSeller {
  private baseRao: bigint | null = null;

  constructor(
    private readonly netuid: number,
    private readonly hotkey: string,
    /** Part of the growth that is sold, 0 to 1. */
    private readonly sellShare: number,
  ) {}

  /**
   * What has come in since the last sale, alpha rao; the first look only takes the measure. Stake
   * that is gone otherwise (its subnet was dissolved) is not waited for.
   */
  grownRao(view: BittensorView): bigint {
    const stakeRao = view.stakeRao(this.hotkey, this.netuid);
    if (this.baseRao === null || stakeRao < this.baseRao) this.baseRao = stakeRao;
    return stakeRao - this.baseRao;
  }

  /** The sale, if it is worth one; what is not sold of the growth is kept for good. */
  *sell(view: BittensorView): Generator<RemoveStake, void, Outcome> {
    const grownRao = this.grownRao(view);
    const amountRao = (grownRao * BigInt(Math.round(this.sellShare * 1e6))) / 1_000_000n;
    if ((Number(amountRao) / 1e9) * view.price(this.netuid) < MIN_SALE_TAO) return;
    const { netuid, hotkey } = this;
    const outcome = yield { kind: "remove_stake", netuid, hotkey, amountRao };
    if (outcome.applied) this.baseRao = view.stakeRao(this.hotkey, this.netuid);
  }
}
