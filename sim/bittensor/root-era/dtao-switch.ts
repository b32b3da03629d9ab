/**
 * The block in which subnets got pools: what the chain's migration made of the root era's state. All
 * stake becomes TAO staked on root with the same hotkey. Of each owner's lock a pool's first TAO
 * stays in the subnet, with as much alpha beside it, and the rest goes back; where less was locked,
 * what is missing is minted. No alpha is outside the pools.
 * Source: opentensor/subtensor, migrations/migrate_rao.rs; spec/token-economics.md sections 2.3
 * (R2), 6.3 and 6.4.
 */
import { ConservationError } from "../../ledger/ledger.ts";
import type { SubnetGenesis } from "../chain/genesis.ts";
import { rootProportionBits, taoWeightBits } from "../emission/root-proportion.ts";
import { EVEN_WEIGHT } from "../pools/balancer.ts";
import type { RootEraChain } from "./chain.ts";
import type { LockState } from "./registration-desk.ts";
import type { RootEraSubnet } from "./subnet.ts";

export interface SwitchTerms {
  /** TAO of each pool (NetworkMinLockCost then), and as much alpha. */
  readonly poolRao: bigint;
  /** Where price averages start: the subnet's last emission a block, the pool's price, or nothing. */
  readonly movingPrice: "emission" | "pool" | "nothing";
  /** Whether what hotkeys had earned and not been credited is credited; else it is never issued. */
  readonly creditWaiting: boolean;
  /** TaoWeight as stored, of 2^64 - 1. */
  readonly taoWeightU64: bigint;
}

export interface SwitchedSubnet extends SubnetGenesis {
  readonly name: string;
  readonly ownerColdkey: string | null;
}

/** What moved in the switch, rao. */
export interface SwitchAccounts {
  readonly issuanceBeforeRao: bigint;
  /** Credited to hotkeys for what they had earned: minted. */
  readonly creditedRao: bigint;
  /** Minted for pools whose owner had locked less. */
  readonly toppedUpRao: bigint;
  /** In all pools. */
  readonly pooledRao: bigint;
  /** Given back to owners. */
  readonly refundedRao: bigint;
  /** Emission that subnets had saved up, or hotkeys earned, and nobody is ever issued. */
  readonly neverIssuedRao: bigint;
  readonly issuanceAfterRao: bigint;
}

/** The state of the first block with pools, before anything happens in it. */
export interface Switched {
  /** The last block without pools. */
  readonly block: number;
  readonly timeMs: number;
  readonly lastLock: LockState;
  readonly subnets: readonly SwitchedSubnet[];
  /** Root stake, by hotkey. */
  readonly stakes: readonly {
    readonly hotkey: string;
    readonly coldkey: string;
    readonly stakeRao: bigint;
  }[];
  readonly hotkeys: readonly { readonly hotkey: string; readonly coldkey: string }[];
  readonly wallets: readonly { readonly coldkey: string; readonly balanceRao: bigint }[];
  readonly accounts: SwitchAccounts;
}

/**
 * Ends the root era where it stands; its chain must not be stepped any more. Throws
 * ConservationError where a rao is missing before or after.
 */
export function switchToPools(chain: RootEraChain, terms: SwitchTerms): Switched {
  chain.checkBooks();
  const { ledger, stakes, block, registrations } = chain;
  const issuanceBeforeRao = ledger.totalIssuanceRao;
  const mintedBeforeRao = ledger.mintedRao;
  const { waitingRao } = chain.epochs;
  const creditedRao = terms.creditWaiting ? waitingRao : 0n;
  if (terms.creditWaiting) chain.epochs.creditAll();
  const subnets = [...chain.subnets.values()].sort((a, b) => a.netuid - b.netuid);
  let [toppedUpRao, refundedRao, pendingRao] = [0n, 0n, 0n];
  for (const subnet of subnets) {
    const { lockedRao, ownerColdkey } = subnet.start;
    pendingRao += BigInt(subnet.pendingRao);
    if (lockedRao < terms.poolRao) {
      ledger.mintLock(terms.poolRao - lockedRao, "switch");
      toppedUpRao += terms.poolRao - lockedRao;
    } else if (ownerColdkey !== null) {
      ledger.returnLock(ownerColdkey, lockedRao - terms.poolRao);
      refundedRao += lockedRao - terms.poolRao;
    }
  }
  const { lockedRao: pooledRao } = ledger;
  const stakedRao = stakes.recountRao();
  ledger.checkBlock(block, stakedRao);
  ledger.recount(block, terms.poolRao * BigInt(subnets.length));
  const issuanceAfterRao = ledger.totalIssuanceRao;
  const missing = issuanceAfterRao - issuanceBeforeRao - (ledger.mintedRao - mintedBeforeRao);
  const minted = ledger.mintedRao - mintedBeforeRao - creditedRao - toppedUpRao;
  if (missing !== 0n || minted !== 0n) {
    throw new ConservationError("TAO", `block ${block}: the switch to pools`, missing + minted);
  }
  return {
    block,
    timeMs: chain.calendar.timeOf(block),
    lastLock: { ...registrations.lock },
    subnets: subnets.map((subnet) => switchedSubnet(subnet, stakedRao, terms)),
    stakes: stakes.hotkeys.flatMap(({ name: hotkey, positions }) =>
      [...positions]
        .filter(([, held]) => held > 0)
        .map(([coldkey, held]) => ({ hotkey, coldkey, stakeRao: BigInt(held) })),
    ),
    hotkeys: stakes.hotkeys.map(({ name: hotkey, coldkey }) => ({ hotkey, coldkey })),
    wallets: ledger.wallets(),
    accounts: {
      ...{ issuanceBeforeRao, creditedRao, toppedUpRao, pooledRao, refundedRao },
      neverIssuedRao: pendingRao + waitingRao - creditedRao,
      issuanceAfterRao,
    },
  };
}

const UNIT = 1_000_000_000n;
const F = 32n;

function switchedSubnet(
  { start, emissionRao }: RootEraSubnet,
  rootRao: bigint,
  { poolRao, movingPrice, taoWeightU64 }: SwitchTerms,
): SwitchedSubnet {
  const { netuid, name, ownerColdkey, registeredBlock, tempoBlocks } = start;
  const movingPrices = {
    emission: (BigInt(emissionRao) << F) / UNIT,
    pool: 1n << F,
    nothing: 0n,
  } as const;
  return {
    ...{ netuid, name, ownerColdkey, tempoBlocks },
    taoReserveRao: poolRao,
    alphaInRao: poolRao,
    alphaOutRao: 0n,
    protocolAlphaRao: 0n,
    quoteWeightParts: EVEN_WEIGHT,
    movingPriceI96F32: movingPrices[movingPrice],
    minerBurnedU96F32: 0n,
    rootProportionU96F32: rootProportionBits(rootRao, taoWeightBits(taoWeightU64), poolRao),
    // Ages counted from the registration until there was a start call.
    firstEmissionBlock: Math.max(1, registeredBlock),
    subtokenEnabled: true,
    registrationAllowed: true,
    emissionEnabled: true,
    registeredAtBlock: registeredBlock,
    lockedRao: 0n,
  };
}
