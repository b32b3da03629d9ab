/**
 * Ends a subnet: its reservoirs are folded into the pool, the validators' fund sells its position,
 * and the pool's TAO goes to all alpha, the protocol's part of it to nobody. What was pending, the
 * pool's alpha and everybody's stake cease to exist.
 * Source: spec/token-economics.md section 6.4, spec/recent-rules.md section 3.6.
 */
import * as layout from "../coinbase/kernel/assembly/layout.ts";
import { alphaIssuanceRao, type ChainState, type SubnetColumn } from "../state.ts";
import { dissolve, ownerRefundRao, protocolWeightRao } from "../subnets/dissolution.ts";
import type { DetailedSubnet } from "./detailed-subnet.ts";
import type { EpochDesk } from "./epoch-desk.ts";
import type { LeaseDesk } from "./leases/lease-desk.ts";
import type { LockDesk } from "./locks/lock-desk.ts";
import type { ChainParameters } from "./parameters.ts";
import type { PoolDesk } from "./pool-desk.ts";
import type { Registry } from "./registry.ts";
import { ROOT_FUND, type RootFund } from "./root-fund.ts";
import type { StakeBook } from "./stake-book.ts";
import { ISSUANCE, poolOf, type TaoLedger, walletOf } from "./tao-ledger.ts";
import type { VotingDesk } from "./voting/voting-desk.ts";

export interface DissolutionPlace {
  readonly state: ChainState;
  readonly ledger: TaoLedger;
  readonly book: StakeBook;
  readonly pools: PoolDesk;
  readonly fund: RootFund;
  readonly epochs: EpochDesk;
  readonly registry: Registry;
  readonly locks: LockDesk;
  readonly leases: LeaseDesk;
  readonly voting: VotingDesk;
  readonly detailed: Map<number, DetailedSubnet>;
  readonly parameters: ChainParameters;
}

export interface Dissolved {
  /** TAO to all who held alpha, and the alpha that they held. */
  readonly paidRao: bigint;
  readonly alphaRao: bigint;
  /** The protocol's part, off the issuance. */
  readonly recycledRao: bigint;
  readonly ownerRefundRao: bigint;
  /** TAO per alpha just before. */
  readonly price: number;
}

/** What an unused slot holds; running totals of the slot go on. */
const clearedColumns: readonly SubnetColumn[] = [
  "alphaInRao",
  "alphaOutRao",
  "protocolAlphaRao",
  "quoteWeightParts",
  "alphaReservoirRao",
  "movingPriceI96F32",
  "minerBurnedU96F32",
  "rootProportionU96F32",
  "firstEmissionBlock",
  "flags",
  "tempoBlocks",
  "lastEpochBlock",
  "pendingEpochAt",
  "blocksSinceLastStep",
  "pendingServerRao",
  "pendingValidatorRao",
  "sqrtPriceHigh",
  "sqrtPriceLow",
  "liquidityRao",
  "userFlowRao",
  "protocolFlowRao",
  "userAverageHigh",
  "userAverageLow",
  "protocolAverageHigh",
  "protocolAverageLow",
  "subsidised",
  "pendingRootRao",
  "pendingOwnerCutRao",
  "subnetEpochIndex",
  "due",
  "taoInEmissionRao",
  "alphaInEmissionRao",
  "excessTaoRao",
  "alphaOutEmissionRao",
];

/** The caller knows that the subnet exists. Called between two blocks. */
export function dissolveSubnet(place: DissolutionPlace, netuid: number): Dissolved {
  const { ledger, book, pools, fund, registry } = place;
  const price = pools.spotPrice(netuid);
  const refundRao = refundOf(place, netuid);
  foldReservoirs(place.state, netuid);
  fund.leave(netuid);
  const stakes = book.stakersOf(netuid);
  const payout = dissolve(
    place.state.subnet.taoReserveRao[netuid],
    stakes.map(({ stakeRao }) => stakeRao),
    protocolRao(place, netuid),
  );
  let [paidRao, alphaRao] = [0n, 0n];
  for (const [index, { hotkey, coldkey, stakeRao }] of stakes.entries()) {
    const taoRao = payout.stakersRao[index];
    ledger.move(poolOf(netuid), walletOf(coldkey), taoRao, "dissolution");
    if (coldkey === ROOT_FUND) fund.keepCash(hotkey, taoRao);
    paidRao += taoRao;
    alphaRao += stakeRao;
  }
  ledger.move(poolOf(netuid), ISSUANCE, payout.recycledRao, "dissolution");
  const owner = registry.ownerOf(netuid);
  if (owner) ledger.move(ISSUANCE, walletOf(owner.coldkey), refundRao, "owner_refund");
  book.removeSubnet(netuid);
  clear(place, netuid);
  return { paidRao, alphaRao, recycledRao: payout.recycledRao, ownerRefundRao: refundRao, price };
}

/** Of legacy subnets whose lock is known; it left the issuance when the pool was made. */
function refundOf({ state, pools, registry, parameters }: DissolutionPlace, netuid: number) {
  const subnet = registry.subnet(netuid);
  if (!subnet) return 0n;
  const priceBits = pools.priceBits(netuid) >> 32n;
  return ownerRefundRao(
    subnet.lockedRao,
    alphaIssuanceRao(state, netuid),
    parameters.ownerCut,
    priceBits,
    subnet.registeredAtBlock,
  );
}

const protocolRao = ({ state: { subnet }, registry }: DissolutionPlace, netuid: number): bigint =>
  protocolWeightRao(
    subnet.protocolAlphaRao[netuid],
    subnet.alphaInRao[netuid],
    registry.subnet(netuid)?.registeredAtBlock ?? 0,
  );

/** TAO left on the subnet's account by failed chain buys goes the same way. */
function foldReservoirs({ subnet }: ChainState, netuid: number): void {
  subnet.taoReserveRao[netuid] += subnet.taoReservoirRao[netuid] + subnet.strandedTaoRao[netuid];
  subnet.alphaInRao[netuid] += subnet.alphaReservoirRao[netuid];
  subnet.taoReservoirRao[netuid] = 0n;
  subnet.strandedTaoRao[netuid] = 0n;
  subnet.alphaReservoirRao[netuid] = 0n;
}

/** All its alpha counts as recycled, so that the slot's books go on balancing. */
function clear(
  { state, epochs, registry, detailed, locks, leases, voting }: DissolutionPlace,
  netuid: number,
): void {
  const issuanceRao = alphaIssuanceRao(state, netuid);
  epochs.close(netuid, issuanceRao);
  state.subnet.alphaRecycledTotalRao[netuid] += issuanceRao;
  for (const column of clearedColumns) state.subnet[column][netuid] = 0n;
  state.share[netuid] = 0;
  detailed.delete(netuid);
  locks.forget(netuid);
  leases.forget(netuid);
  voting.forget(netuid);
  registry.removeSubnet(netuid);
}

/** A subnet's columns as registration leaves them: a pool, no stake, not started. */
export function openSubnet(
  { subnet }: ChainState,
  netuid: number,
  block: number,
  pool: { readonly alphaRao: bigint; readonly emissionEnabled: boolean },
): void {
  subnet.alphaInRao[netuid] = pool.alphaRao;
  subnet.alphaMintedTotalRao[netuid] += pool.alphaRao;
  subnet.quoteWeightParts[netuid] = HALF_PARTS;
  subnet.tempoBlocks[netuid] = BigInt(NEW_SUBNET_TEMPO_BLOCKS);
  subnet.lastEpochBlock[netuid] = BigInt(block - (netuid % NEW_SUBNET_TEMPO_BLOCKS));
  subnet.flags[netuid] = BigInt(
    layout.FLAG_EXISTS |
      layout.FLAG_REGISTRATION_ALLOWED |
      layout.FLAG_OWNER_CUT_ENABLED |
      (pool.emissionEnabled ? layout.FLAG_EMISSION_ENABLED : 0),
  );
}

const HALF_PARTS = 500_000_000_000_000_000n;
const NEW_SUBNET_TEMPO_BLOCKS = 360;
