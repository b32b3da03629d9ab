/**
 * The supply of TAO alone: minting by the chain's own rule, recycling, halvings, in whole rao and to
 * the block, without subnets or people. A day takes a handful of integer operations, so that
 * thousands of futures are cheap. Source: spec/token-economics.md sections 1.1, 1.2 and 1.4.
 */
import { BLOCKS_PER_DAY } from "../../amounts.ts";
import { ConservationError } from "../../ledger/ledger.ts";
import type { Stream } from "../../random.ts";
import { halvingsDone } from "../emission/block-emission.ts";
import { mintStretch } from "./mint-blocks.ts";
import { type RecyclingModel, RecyclingPath, SHARE_PARTS } from "./recycling.ts";

/** TAO that appears at a block for a named reason, such as the repair of root's pot. */
export interface OneOffMint {
  readonly block: number;
  readonly amountRao: bigint;
  readonly name: string;
}

export interface SupplyStart {
  /** The last block that is complete, and the issuance after it. */
  readonly block: number;
  readonly issuanceRao: bigint;
}

export interface SupplyOptions {
  readonly start: SupplyStart;
  readonly recycling: RecyclingModel;
  readonly mints: readonly OneOffMint[];
}

/** The block that first mints half as much. */
export interface Halving {
  readonly number: number;
  readonly block: number;
  readonly issuanceRao: bigint;
}

export class SupplyWorld {
  block: number;
  issuanceRao: bigint;
  /** Since the start. */
  mintedRao = 0n;
  recycledRao = 0n;
  oneOffRao = 0n;
  /** Of today's new TAO, the part that is recycled. */
  recycledShare = 0;
  readonly halvings: Halving[] = [];
  private halved: number;
  private readonly path: RecyclingPath;
  private readonly mints: readonly OneOffMint[];

  /** `stream` is drawn from once at the start and once a day. */
  constructor(
    readonly options: SupplyOptions,
    stream: Stream,
  ) {
    this.block = options.start.block;
    this.issuanceRao = options.start.issuanceRao;
    this.halved = halvingsDone(this.issuanceRao);
    this.path = new RecyclingPath(options.recycling, stream);
    this.mints = [...options.mints].sort((a, b) => a.block - b.block);
  }

  /** The next 7,200 blocks, all with one recycled share. */
  runDay(): void {
    const end = this.block + BLOCKS_PER_DAY;
    const shareParts = this.path.nextDay();
    this.recycledShare = Number(shareParts) / Number(SHARE_PARTS);
    for (const mint of this.mints) {
      if (mint.block <= this.block || mint.block > end) continue;
      this.runTo(mint.block, shareParts);
      this.issuanceRao += mint.amountRao;
      this.oneOffRao += mint.amountRao;
      this.noteHalvings();
    }
    this.runTo(end, shareParts);
  }

  private runTo(end: number, shareParts: bigint): void {
    const part = { parts: shareParts, of: SHARE_PARTS };
    while (this.block < end) {
      const { blocks, mintedRao, recycledRao } = mintStretch(
        this.issuanceRao,
        end - this.block,
        part,
      );
      this.block += blocks;
      this.mintedRao += mintedRao;
      this.recycledRao += recycledRao;
      this.issuanceRao += mintedRao - recycledRao;
      this.noteHalvings();
    }
  }

  private noteHalvings(): void {
    const done = halvingsDone(this.issuanceRao);
    while (this.halved < done) {
      this.halved++;
      const { block, issuanceRao } = this;
      this.halvings.push({ number: this.halved, block: block + 1, issuanceRao });
    }
  }

  /** Throws ConservationError where issuance is not what was minted and recycled. */
  checkBooks(): void {
    const wanted =
      this.options.start.issuanceRao + this.mintedRao + this.oneOffRao - this.recycledRao;
    if (wanted !== this.issuanceRao) {
      const what = `block ${this.block}: found ${this.issuanceRao}, minted and recycled give ${wanted}`;
      throw new ConservationError("TAO", what, this.issuanceRao - wanted);
    }
  }
}
