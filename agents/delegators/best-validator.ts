/** Which of a subnet's validators leaves its stakers most, by the subnet's last epoch. */
import type { BittensorView } from "../../sim/bittensor/chain/view.ts";

/** Of 65,535: u16 columns say too little about validators with less of the stake. */
const MIN_STAKE_WEIGHT = 66;

/** Net return on stake of a validator's stakers, against that of a validator without take. */
export interface ValidatorReturn {
  readonly hotkey: string;
  readonly netReturn: number;
}

/** Of every validator that earns, by uid. */
export function validatorReturns(view: BittensorView, netuid: number): ValidatorReturn[] {
  const subnet = view.neurons(netuid);
  const last = subnet?.last;
  if (!subnet || !last) return [];
  return subnet.neurons.flatMap(({ hotkey }, uid) => {
    // Who has registered since the epoch has no column yet.
    const [stake, dividends] = [last.stakeWeight[uid] ?? 0, last.dividends[uid] ?? 0];
    if (stake < MIN_STAKE_WEIGHT || dividends === 0) return [];
    return [{ hotkey, netReturn: (dividends / stake) * (1 - view.takeU16(hotkey) / 65_535) }];
  });
}

/** The best one, the first of equals; null where nobody earns. */
export const bestOf = (returns: readonly ValidatorReturn[]): ValidatorReturn | null =>
  returns.reduce<ValidatorReturn | null>(
    (best, own) => (best === null || own.netReturn > best.netReturn ? own : best),
    null,
  );
