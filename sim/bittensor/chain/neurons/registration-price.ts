/**
 * What a registration costs on one subnet. The price moves in every block (or, by the older rule,
 * after every interval); it is rolled forward to the block in which somebody asks for it.
 * Source: spec/token-economics.md section 6.1.
 */

import type { ChainError } from "../../errors.ts";
import { adjustPrices, intervalCap } from "../../registration/adjustment.ts";
import { bumpedBurnRao, decayedBurnRao, decayFactorQ32 } from "../../registration/burn.ts";
import type { RegistrationTerms } from "./registration-terms.ts";

/** adjusted: 2023 to April 2026; decaying: since spec 397. */
export type PriceRule = "adjusted" | "decaying";

export class RegistrationPrice {
  burnRao: bigint;
  difficulty: bigint;
  private readonly factorQ32: bigint;
  private lastAdjustmentBlock: number;
  private inInterval = 0;
  private inBlock = 0;

  constructor(
    private readonly terms: RegistrationTerms,
    /** The block that the price has been rolled to. */
    private block: number,
  ) {
    this.burnRao = terms.startBurnRao;
    this.difficulty = terms.adjustment.minDifficulty;
    this.factorQ32 = decayFactorQ32(terms.burn.halfLifeBlocks);
    this.lastAdjustmentBlock = block;
  }

  /** The price in a block, which must not lie before the last one asked for. */
  rollTo(block: number, rule: PriceRule): bigint {
    if (block > this.block) {
      if (rule === "decaying") this.decay(block - this.block);
      else this.adjust(block);
      this.block = block;
      this.inBlock = 0;
    }
    return this.burnRao;
  }

  /** The caps of the older rule; null where one more registration is allowed. */
  refusal(rule: PriceRule): ChainError | null {
    if (rule === "decaying") return null;
    const { maxPerBlock, target } = this.terms.adjustment;
    if (this.inBlock >= maxPerBlock) return "TooManyRegistrationsThisBlock";
    return this.inInterval >= intervalCap(target) ? "TooManyRegistrationsThisInterval" : null;
  }

  /** One more has registered, in the block that the price was rolled to. */
  registered(rule: PriceRule): void {
    this.inBlock++;
    this.inInterval++;
    if (rule === "decaying") this.burnRao = bumpedBurnRao(this.burnRao, this.terms.burn);
  }

  private decay(blocks: number): void {
    const { burn } = this.terms;
    for (let left = blocks; left > 0; left--) {
      const next = decayedBurnRao(this.burnRao, this.factorQ32, burn);
      if (next === this.burnRao) return;
      this.burnRao = next;
    }
  }

  private adjust(block: number): void {
    const { adjustment } = this.terms;
    while (this.lastAdjustmentBlock + adjustment.intervalBlocks <= block) {
      this.lastAdjustmentBlock += adjustment.intervalBlocks;
      const { burnRao, difficulty } = adjustPrices(this, 0, this.inInterval, adjustment);
      this.burnRao = burnRao;
      this.difficulty = difficulty;
      this.inInterval = 0;
    }
  }
}
