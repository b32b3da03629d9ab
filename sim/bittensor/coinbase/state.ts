/**
 * The part of the chain's state that the coinbase reads and writes, as plain data, in the readable
 * form that a fast kernel is checked against.
 */
import type { ShareFlow } from "../emission/flow.ts";
import type { ShareSubnet } from "../emission/shares.ts";
import type { WaitingPool } from "./inject.ts";

export interface CoinbaseSubnet extends ShareSubnet, ShareFlow, WaitingPool {
  readonly alphaOutRao: bigint;
  /** Alpha that the chain has bought; it stays in AlphaOut and nobody owns it. */
  readonly protocolAlphaRao: bigint;
  /** 0 until the start call. */
  readonly firstEmissionBlock: number;
  readonly subtokenEnabled: boolean;
  readonly registrationAllowed: boolean;
  readonly ownerCutEnabled: boolean;
  readonly pending: PendingEmission;
  readonly lastBlock: BlockFlows;
}

/** Alpha that waits for the subnet's epoch, rao. */
export interface PendingEmission {
  readonly serverRao: bigint;
  readonly validatorRao: bigint;
  readonly rootAlphaRao: bigint;
  readonly ownerCutRao: bigint;
}

/** What the last coinbase did to the pool: the storage items that a captured block shows. */
export interface BlockFlows {
  /** SubnetTaoInEmission. */
  readonly taoInRao: bigint;
  /** SubnetAlphaInEmission. */
  readonly alphaInRao: bigint;
  /** SubnetExcessTao: TAO that bought alpha. */
  readonly excessTaoRao: bigint;
  /** SubnetAlphaOutEmission. */
  readonly alphaOutRao: bigint;
}

export interface CoinbaseState {
  readonly block: number;
  readonly totalIssuanceRao: bigint;
  /** SubnetTAO of root: all TAO staked there. */
  readonly rootTaoRao: bigint;
  readonly gateBarBits: bigint;
  /** Non-root subnets by ascending netuid. */
  readonly subnets: readonly CoinbaseSubnet[];
}

/**
 * Whether a subnet takes part in emission: started, its subtoken enabled and registration allowed.
 * (which was no condition until August 2025). The emission switch is no part of it.
 * Source: spec/token-economics.md section 2.1.
 */
export const isEligible = (subnet: CoinbaseSubnet, closedSubnetsEmit = false): boolean =>
  subnet.firstEmissionBlock > 0 &&
  subnet.subtokenEnabled &&
  (closedSubnetsEmit || subnet.registrationAllowed);
