/**
 * An epoch's dividends in doubles, for runs in float64: the quotients have 16 digits instead of 32
 * fraction bits, and amounts are floored to whole rao as on the chain, so that no more is paid than
 * there is. The exact form is ../../coinbase/dividends.ts.
 * Source: spec/token-economics.md section 3.5.
 */
import { amountAt } from "../stakes/halves.ts";
import { PayList } from "../stakes/pay-list.ts";
import type { SharedColumns } from "./shared-columns.ts";

/** What there is to divide, alpha rao, and by which rules. */
export interface DividendPools {
  readonly validatorRao: number;
  readonly rootRao: number;
  /** Weight of root stake, at most one. */
  readonly taoWeight: number;
  /** The delegate take of a hotkey, a share. */
  takeOf(hotkey: string): number;
}

/** Alpha rao in all. */
export interface DividendTotals {
  readonly takeRao: number;
  readonly stakersRao: number;
  readonly rootRao: number;
  /** Whether anybody has a claim to root's part. */
  readonly hasRoot: boolean;
}

export class FloatDividends {
  /** To the hotkeys' owners, and to all who hold stake with them. */
  readonly takes = new PayList();
  readonly stakers = new PayList();
  /** To root stakers. */
  readonly root = new PayList();
  /** Uids with a dividend, and its two parts. */
  private readonly alphaParts = new PayList();
  private readonly rootParts: number[] = [];

  /** Divides what was saved up by an epoch's validator emission and the stakes that it has weighed. */
  divide(columns: SharedColumns, hotkeys: readonly string[], pools: DividendPools): DividendTotals {
    const rootSum = this.cut(columns, hotkeys.length, pools.taoWeight);
    this.share(hotkeys, pools, rootSum);
    return {
      takeRao: this.takes.totalRao,
      stakersRao: this.stakers.totalRao,
      rootRao: this.root.totalRao,
      hasRoot: rootSum > 0,
    };
  }

  /**
   * Cuts each dividend into an alpha part and a root part, by what the stake consists of. Returns the
   * sum of the root parts.
   */
  private cut(
    { alphaStake, rootStake, validatorEmission }: SharedColumns,
    n: number,
    taoWeight: number,
  ): number {
    const { alphaParts, rootParts } = this;
    let rootSum = 0;
    alphaParts.clear();
    for (let uid = 0; uid < n; uid++) {
      const dividend = amountAt(validatorEmission, uid);
      if (dividend === 0) continue;
      const weighted = amountAt(rootStake, uid) * taoWeight;
      const stake = amountAt(alphaStake, uid) + weighted;
      const rootPart = stake === 0 ? 0 : dividend * (weighted / stake);
      rootParts[alphaParts.count] = rootPart;
      rootSum += rootPart;
      alphaParts.put(uid, dividend - rootPart);
    }
    return rootSum;
  }

  private share(hotkeys: readonly string[], pools: DividendPools, rootSum: number): void {
    const { alphaParts, rootParts, takes, stakers, root } = this;
    const perAlphaPart = quotient(pools.validatorRao, alphaParts.totalRao);
    const perRootPart = quotient(pools.rootRao, rootSum);
    takes.clear();
    stakers.clear();
    root.clear();
    for (let k = 0; k < alphaParts.count; k++) {
      const uid = alphaParts.uids[k];
      const take = pools.takeOf(hotkeys[uid]);
      const ofAlpha = alphaParts.amountsRao[k] * perAlphaPart;
      const ofRoot = rootParts[k] * perRootPart;
      takes.add(uid, Math.floor(ofAlpha * take) + Math.floor(ofRoot * take));
      stakers.add(uid, Math.floor(ofAlpha - ofAlpha * take));
      root.add(uid, Math.floor(ofRoot - ofRoot * take));
    }
  }
}

/** 0 where there is nobody to divide among. */
const quotient = (amountRao: number, parts: number): number =>
  parts === 0 ? 0 : amountRao / parts;
