/**
 * Registering and starting a subnet. Source: spec/token-economics.md section 6.3,
 * spec/recent-rules.md sections 1.4 and 3.6.
 */
import type { ChainError } from "../errors.ts";
import type { Place } from "./prune.ts";

/** Blocks between two registrations, network-wide: in the code, until December 2025, and since. */
export const NETWORK_RATE_LIMIT_BLOCKS = {
  default: 7_200,
  until2025: 28_800,
  live2026: 14_400,
} as const;
/** Blocks before a subnet may be started: 7 days until 2026-01-15. */
export const START_CALL_DELAY_BLOCKS = { until2026: 50_400, since2026: 0 } as const;
/** A queued subnet appears this many blocks after its registration (since the 438 line). */
export const APPEARS_AFTER_BLOCKS = { min: 17, max: 25 } as const;

/** How a new subnet is set up since spec 473. */
export const NEW_SUBNET = {
  emissionEnabled: false,
  yuma3Enabled: true,
  maxAllowedValidators: 64,
  maxAllowedUids: 256,
  immunityBlocks: 5_000,
  minAllowedWeights: 1,
} as const;

export interface RegisterNetworkRequest {
  /** Blocks since the last registration of any subnet, null where there was none. */
  readonly blocksSinceLast: number | null;
  readonly rateLimitBlocks: number;
  readonly lockCostRao: bigint;
  readonly spendableRao: bigint;
  readonly place: Place;
  /** A subnet can be pruned, where one must be. */
  readonly hasVictim: boolean;
}

export function checkRegisterNetwork(request: RegisterNetworkRequest): ChainError | null {
  const { blocksSinceLast, rateLimitBlocks } = request;
  if (blocksSinceLast !== null && blocksSinceLast < rateLimitBlocks) {
    return "NetworkTxRateLimitExceeded";
  }
  if (request.place === "prune" && !request.hasVictim) return "SubnetLimitReached";
  return request.spendableRao < request.lockCostRao ? "CannotAffordLockCost" : null;
}

export interface StartCallRequest {
  readonly callerIsOwner: boolean;
  readonly registeredBlock: number;
  readonly block: number;
  readonly started: boolean;
  readonly delayBlocks: number;
}

/** start_call: the first block with emission, or the refusal. */
export function startSubnet(request: StartCallRequest): number | ChainError {
  if (!request.callerIsOwner) return "NotSubnetOwner";
  if (request.started) return "FirstEmissionBlockNumberAlreadySet";
  if (request.block < request.registeredBlock + request.delayBlocks) {
    return "NeedWaitingMoreBlocksToStarCall";
  }
  return request.block + 1;
}
