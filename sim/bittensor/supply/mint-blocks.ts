/**
 * Minting over many blocks at once: a block's emission is one number until issuance crosses a
 * threshold of halving. Source: spec/token-economics.md sections 1.1 and 1.2.
 */
import { blockEmissionRao, halvingsDone, halvingThresholdRao } from "../emission/block-emission.ts";

/** Blocks of one emission. */
export interface Stretch {
  readonly blocks: number;
  readonly mintedRao: bigint;
  /** Floored in each block. */
  readonly recycledRao: bigint;
}

/** A part of what each block mints that is recycled: `parts` of `of`. */
export interface RecycledPart {
  readonly parts: bigint;
  readonly of: bigint;
}

/** At least one block and at most `blocks`: up to the block that reaches the next threshold. */
export function mintStretch(issuanceRao: bigint, blocks: number, part: RecycledPart): Stretch {
  const mintRao = blockEmissionRao(issuanceRao);
  const recycleRao = (mintRao * part.parts) / part.of;
  const netRao = mintRao - recycleRao;
  const left = BigInt(blocks);
  const until = halvingThresholdRao(halvingsDone(issuanceRao) + 1) - issuanceRao;
  const toHalving = netRao > 0n ? (until + netRao - 1n) / netRao : left;
  const count = toHalving > 0n && toHalving < left ? toHalving : left;
  return { blocks: Number(count), mintedRao: mintRao * count, recycledRao: recycleRao * count };
}
