/**
 * A validator that does no work of its own: it sets the mean of the weights that stand on the chain,
 * each validator's by its stake. Under commit-reveal these are an epoch or more old, and its own
 * wait once more.
 */
import type { BittensorView } from "../../sim/bittensor/chain/view.ts";
import type { Stream } from "../../sim/random.ts";
import { Judge, type Verdict } from "../validators/judge.ts";
import { asU16 } from "../validators/mechanism.ts";

export class WeightCopier extends Judge {
  readonly role = "copier";

  protected judge(view: BittensorView, _random: Stream, mechanism: number): Verdict | null {
    const { netuid, hotkey } = this.place;
    const values = asU16(meanWeights(view, netuid, hotkey, mechanism));
    const uids = [...values.keys()].filter((uid) => values[uid] > 0);
    return uids.length > 0 ? { uids, values: uids.map((uid) => values[uid]) } : null;
  }
}

/** By uid: the weights that others have on the chain, each row by the stake that last counted. */
export function meanWeights(
  view: BittensorView,
  netuid: number,
  own: string,
  mechanism = 0,
): Float64Array {
  const table = view.neurons(netuid);
  if (!table) return new Float64Array(0);
  const ownUid = view.uidOf(netuid, own);
  const mean = new Float64Array(table.neurons.length);
  const rows = mechanism === 0 ? table.weights : view.mechanismWeights(netuid, mechanism);
  for (const [uid, { columns, values }] of rows.entries()) {
    if (uid === ownUid || !table.validatorPermit[uid]) continue;
    const stake = table.last?.stakeWeight[uid] ?? 1;
    let total = 0;
    for (let k = 0; k < values.length; k++) total += values[k];
    if (total === 0) continue;
    for (let k = 0; k < values.length; k++) mean[columns[k]] += (stake * values[k]) / total;
  }
  return mean;
}
