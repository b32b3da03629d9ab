/**
 * A validator that does no work of its own: it sets the mean of the weights that stand on the chain,
 * each validator's by its stake. Under commit-reveal these are an epoch or more old, and its own
 * wait once more.
 */
import { BLOCKS_PER_DAY } from "../../sim/amounts.ts";
import type { BittensorView } from "../../sim/bittensor/chain/view.ts";
import type { Actions, BittensorAgent } from "../bittensor.ts";
import { GrowthSeller } from "../growth-seller.ts";
import type { ValidatorsConfig } from "../validators/config.ts";
import { asU16 } from "../validators/mechanism.ts";
import type { ValidatorPlace } from "../validators/scoring-validator.ts";
import { submitWeights } from "../validators/submit-weights.ts";

export class WeightCopier implements BittensorAgent {
  readonly id: string;
  readonly role = "copier";
  readonly wake;
  private readonly seller: GrowthSeller;
  private readonly sellEveryBlocks: number;
  private nextSaleBlock: number;
  private nextTryBlock = 0;

  constructor(
    private readonly place: ValidatorPlace,
    config: ValidatorsConfig,
  ) {
    this.id = place.id;
    this.wake = { firstBlock: place.firstBlock, everyBlocks: config.set_weights_every_blocks };
    this.seller = new GrowthSeller(place.netuid, place.hotkey, config.sell_share);
    this.sellEveryBlocks = Math.round(config.sell_every_days * BLOCKS_PER_DAY);
    this.nextSaleBlock = place.firstBlock;
  }

  *act(view: BittensorView): Actions {
    if (view.block >= this.nextTryBlock) yield* this.copy(view);
    if (view.block >= this.nextSaleBlock) {
      this.nextSaleBlock = view.block + this.sellEveryBlocks;
      yield* this.seller.sell(view);
    }
  }

  private *copy(view: BittensorView): Actions {
    const { netuid, hotkey } = this.place;
    const values = asU16(meanWeights(view, netuid, hotkey));
    const uids = [...values.keys()].filter((uid) => values[uid] > 0);
    if (uids.length === 0) return;
    const outcome = yield submitWeights(view, {
      netuid,
      hotkey,
      uids,
      values: uids.map((uid) => values[uid]),
    });
    if (!outcome.applied && !/TooFast$/.test(outcome.reason)) {
      this.nextTryBlock = view.block + BLOCKS_PER_DAY;
    }
  }
}

/** By uid: the weights that others have on the chain, each row by the stake that last counted. */
export function meanWeights(view: BittensorView, netuid: number, own: string): Float64Array {
  const table = view.neurons(netuid);
  if (!table) return new Float64Array(0);
  const mean = new Float64Array(table.neurons.length);
  for (const [uid, { columns, values }] of table.weights.entries()) {
    if (table.neurons[uid].hotkey === own || !table.validatorPermit[uid]) continue;
    const stake = table.last?.stakeWeight[uid] ?? 1;
    let total = 0;
    for (let k = 0; k < values.length; k++) total += values[k];
    if (total === 0) continue;
    for (let k = 0; k < values.length; k++) mean[columns[k]] += (stake * values[k]) / total;
  }
  return mean;
}
