/** Checks of recycle_alpha.json. */
import { giveUpAlpha } from "../../sim/bittensor/staking/recycle-burn.ts";
import { type SafeFloat, safeFloat } from "../../sim/bittensor/staking/safe-float.ts";
import {
  changeStake,
  EMPTY_POOL,
  type SharePool,
  valueOfShareRao,
} from "../../sim/bittensor/staking/share-pool.ts";
import type { RecordCheck } from "../format.ts";
import { farFrom } from "../tolerance.ts";

const NETUID = 1;

function givenUp(mode: "recycle" | "burn", pool: SharePool, share: SafeFloat, amountRao: bigint) {
  const availableRao = valueOfShareRao(pool, share);
  const alphaOutRao = pool.sharedRao;
  const result = giveUpAlpha({
    mode,
    netuid: NETUID,
    amountRao,
    pool,
    share,
    alphaOutRao,
    availableRao,
  });
  if (typeof result === "string") throw new Error(`refused: ${result}`);
  return {
    stakeRao: valueOfShareRao(result.pool, result.share),
    alphaOutDelta: result.alphaOutRao - alphaOutRao,
    poolDelta: result.pool.sharedRao - pool.sharedRao,
  };
}

const bookkeeping =
  (mode: "recycle" | "burn"): RecordCheck =>
  (record, group) => {
    const tolerance = Number.parseInt(group.tolerance, 10);
    const { pool, share } = changeStake(EMPTY_POOL, safeFloat(0n), BigInt(record.stake));
    const got = givenUp(mode, pool, share, BigInt(record.amount));
    return (
      farFrom("stake", record.stake_after, got.stakeRao, tolerance) ??
      farFrom("AlphaOut", record.alpha_out_delta, got.alphaOutDelta, tolerance) ??
      farFrom("hotkey's alpha", record.total_hotkey_alpha_delta, got.poolDelta, tolerance)
    );
  };

/** Half of a stake whose share and denominator are tiny. */
const precision: RecordCheck = (record) => {
  const tiny = (text: string) => safeFloat(1n, Math.round(Math.log10(Number(text))));
  const pool = {
    sharedRao: BigInt(record.total_hotkey_alpha),
    denominator: tiny(record.denominator),
  };
  const share = tiny(record.share);
  const half = valueOfShareRao(pool, share) / 2n;
  for (const mode of ["recycle", "burn"] as const) {
    const failure = farFrom(mode, half, givenUp(mode, pool, share, half).stakeRao, 0);
    if (failure !== null) return failure;
  }
  return null;
};

export const recycleAlphaChecks: Readonly<Record<string, RecordCheck>> = {
  recycle_alpha: bookkeeping("recycle"),
  burn_alpha: bookkeeping("burn"),
  precision,
};
