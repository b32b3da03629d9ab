/**
 * recycle_alpha and burn_alpha: giving up stake. Recycled alpha leaves the subnet's issuance,
 * burned alpha stays in it without an owner. Source: spec/token-economics.md section 5.2.
 */
import type { ChainError } from "../errors.ts";
import type { SafeFloat } from "./safe-float.ts";
import { changeStake, type SharePool, valueOfShareRao } from "./share-pool.ts";

export interface GivenUp {
  readonly pool: SharePool;
  readonly share: SafeFloat;
  readonly alphaOutRao: bigint;
}

export interface GiveUpRequest {
  readonly mode: "recycle" | "burn";
  readonly netuid: number;
  readonly amountRao: bigint;
  readonly pool: SharePool;
  readonly share: SafeFloat;
  /** SubnetAlphaOut before. */
  readonly alphaOutRao: bigint;
  /** What locks leave free of the coldkey's stake on the subnet, alpha rao. */
  readonly availableRao: bigint;
}

/** The stake and AlphaOut afterwards, or the chain's refusal. */
export function giveUpAlpha(request: GiveUpRequest): GivenUp | ChainError {
  const { mode, amountRao, pool, share, alphaOutRao } = request;
  if (request.netuid === 0) return "CannotBurnOrRecycleOnRootSubnet";
  if (amountRao > valueOfShareRao(pool, share)) return "NotEnoughStakeToWithdraw";
  if (amountRao > alphaOutRao) return "InsufficientLiquidity";
  if (amountRao > request.availableRao) return "StakeUnavailable";
  const change = changeStake(pool, share, -amountRao);
  return { ...change, alphaOutRao: mode === "recycle" ? alphaOutRao - amountRao : alphaOutRao };
}
