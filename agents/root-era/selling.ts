/** Selling what one earns as stake: it is taken back and paid to the market for other money. */
import type { RootEraView } from "../../sim/bittensor/root-era/view.ts";
import type { EraActions } from "./agent.ts";
import { MARKET } from "./agent.ts";

/** Sales of less than this are not worth a transaction. */
const MIN_SALE_RAO = 10_000_000n;

const part = (rao: bigint, share: number): bigint =>
  (rao * BigInt(Math.round(share * 1e6))) / 1_000_000n;

/** Sells a part of what has come in with one hotkey since the last sale; keeps the rest for good. */
export class EarningsSeller {
  private baseRao: bigint | null = null;

  constructor(
    readonly hotkey: string,
    private readonly sellShare: number,
    /** Part of what is sold that stays in the wallet, for costs. */
    private readonly keptShare = 0,
  ) {}

  *sell(view: RootEraView): EraActions {
    const { hotkey } = this;
    const stakeRao = view.stakeRao(hotkey);
    this.baseRao ??= stakeRao;
    const grownRao = stakeRao > this.baseRao ? stakeRao - this.baseRao : 0n;
    const amountRao = part(grownRao, this.sellShare);
    if (amountRao < MIN_SALE_RAO) return;
    const outcome = yield { kind: "remove_stake", netuid: 0, hotkey, amountRao };
    if (!outcome.applied) return;
    this.baseRao = view.stakeRao(hotkey);
    yield* payMarket(amountRao - part(amountRao, this.keptShare));
  }
}

export function* payMarket(amountRao: bigint): EraActions {
  if (amountRao < MIN_SALE_RAO) return;
  yield { kind: "transfer", netuid: 0, to: MARKET, amountRao };
}
