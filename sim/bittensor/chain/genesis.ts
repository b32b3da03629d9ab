/**
 * The state that a run starts from, as plain data, and its way into the chain: every rao of the
 * captured totals is given to somebody, so that the books balance from the first block on.
 */
import * as layout from "../coinbase/kernel/assembly/layout.ts";
import type { ChainState } from "../state.ts";
import type { StakeBook } from "./stake-book.ts";
import type { LastLock } from "./subnet-desk.ts";
import { ISSUANCE, poolOf, type TaoLedger, walletOf } from "./tao-ledger.ts";

/** One subnet as the chain stores it. Amounts in rao, fixed point as raw bits. */
export interface SubnetGenesis {
  readonly netuid: number;
  readonly taoReserveRao: bigint;
  readonly alphaInRao: bigint;
  readonly alphaOutRao: bigint;
  readonly protocolAlphaRao: bigint;
  readonly quoteWeightParts: bigint;
  readonly movingPriceI96F32: bigint;
  readonly minerBurnedU96F32: bigint;
  readonly rootProportionU96F32: bigint;
  /** 0 = not started. */
  readonly firstEmissionBlock: number;
  readonly subtokenEnabled: boolean;
  readonly registrationAllowed: boolean;
  readonly emissionEnabled: boolean;
  readonly tempoBlocks: number;
  /** 0 where it is not given. */
  readonly registeredAtBlock?: number;
  /** What its owner paid for it; 0 where it is not given. */
  readonly lockedRao?: bigint;
}

/** A coldkey's stake with a hotkey on a subnet (netuid 0: TAO on root). */
export interface StakeGrant {
  readonly netuid: number;
  readonly hotkey: string;
  readonly coldkey: string;
  readonly stakeRao: bigint;
}

export interface ChainGenesis {
  /** The block whose end the state shows; the first simulated block is the next. */
  readonly block: number;
  readonly timeMs: number;
  readonly totalIssuanceRao: bigint;
  /** Of it, what a step from an earlier era has minted: counted with what is minted in the run. */
  readonly mintedRao?: bigint;
  /** theta of the Hill gate, U64F64 bits. */
  readonly gateBarBits: bigint;
  /** The last registration of a subnet; left out where there was none. */
  readonly lastLock?: LastLock;
  readonly rootStakeRao: bigint;
  readonly subnets: readonly SubnetGenesis[];
  /** Must add up, per subnet, to AlphaOut less protocol alpha, and on root to the root stake. */
  readonly stakes: readonly StakeGrant[];
  /** Free TAO; whatever the issuance holds beyond pools, root and these goes to `everyone_else`. */
  readonly wallets: readonly { readonly coldkey: string; readonly balanceRao: bigint }[];
}

/** The wallet of all who do not act in the run. */
export const EVERYONE_ELSE = "everyone_else";

export class GenesisError extends Error {
  override readonly name = "GenesisError";
}

export function loadGenesis(
  genesis: ChainGenesis,
  state: ChainState,
  ledger: TaoLedger,
  book: StakeBook,
): void {
  const { globals } = state;
  globals[layout.BLOCK] = BigInt(genesis.block);
  globals[layout.GATE_BAR_HIGH] = genesis.gateBarBits >> 64n;
  globals[layout.GATE_BAR_LOW] = genesis.gateBarBits & ((1n << 64n) - 1n);
  for (const subnet of genesis.subnets) loadSubnet(subnet, genesis.block, state);
  for (const { netuid, taoReserveRao } of genesis.subnets) {
    ledger.move(ISSUANCE, poolOf(netuid), taoReserveRao, "genesis");
  }
  ledger.move(ISSUANCE, poolOf(0), genesis.rootStakeRao, "genesis");
  for (const { coldkey, balanceRao } of genesis.wallets) {
    ledger.move(ISSUANCE, walletOf(coldkey), balanceRao, "genesis");
  }
  const rest = genesis.totalIssuanceRao - globals[layout.TOTAL_ISSUANCE_RAO];
  if (rest < 0n) throw new GenesisError(`wallets and pools hold ${-rest} rao more than was issued`);
  ledger.move(ISSUANCE, walletOf(EVERYONE_ELSE), rest, "genesis");
  // The totals count from here.
  globals[layout.MINTED_RAO] = genesis.mintedRao ?? 0n;
  globals[layout.RECYCLED_RAO] = 0n;
  for (const { netuid, hotkey, coldkey, stakeRao } of genesis.stakes) {
    book.deposit(hotkey, coldkey, netuid, stakeRao);
  }
  checkGrants(genesis, book);
}

function loadSubnet(genesis: SubnetGenesis, block: number, { subnet }: ChainState): void {
  const { netuid } = genesis;
  if (!(netuid > 0 && netuid < layout.CAPACITY)) {
    throw new GenesisError(`netuid ${netuid}: only 1 to ${layout.CAPACITY - 1} can be simulated`);
  }
  subnet.alphaInRao[netuid] = genesis.alphaInRao;
  subnet.alphaOutRao[netuid] = genesis.alphaOutRao;
  subnet.protocolAlphaRao[netuid] = genesis.protocolAlphaRao;
  subnet.quoteWeightParts[netuid] = genesis.quoteWeightParts;
  subnet.movingPriceI96F32[netuid] = genesis.movingPriceI96F32;
  subnet.minerBurnedU96F32[netuid] = genesis.minerBurnedU96F32;
  subnet.rootProportionU96F32[netuid] = genesis.rootProportionU96F32;
  subnet.firstEmissionBlock[netuid] = BigInt(genesis.firstEmissionBlock);
  subnet.tempoBlocks[netuid] = BigInt(genesis.tempoBlocks);
  subnet.alphaIssuanceStartRao[netuid] = genesis.alphaInRao + genesis.alphaOutRao;
  subnet.flags[netuid] = BigInt(
    layout.FLAG_EXISTS |
      (genesis.subtokenEnabled ? layout.FLAG_SUBTOKEN_ENABLED : 0) |
      (genesis.registrationAllowed ? layout.FLAG_REGISTRATION_ALLOWED : 0) |
      (genesis.emissionEnabled ? layout.FLAG_EMISSION_ENABLED : 0) |
      layout.FLAG_OWNER_CUT_ENABLED,
  );
  // The captures do not hold the epochs' phases: they are spread as the chain spreads them at
  // registration, LastEpochBlock = now - (netuid mod tempo).
  const phase = genesis.tempoBlocks > 0 ? netuid % genesis.tempoBlocks : 0;
  subnet.lastEpochBlock[netuid] = BigInt(Math.max(0, block - phase));
  subnet.blocksSinceLastStep[netuid] = BigInt(phase);
}

function checkGrants(genesis: ChainGenesis, book: StakeBook): void {
  const wanted: [number, bigint][] = genesis.subnets.map(
    ({ netuid, alphaOutRao, protocolAlphaRao }) => [netuid, alphaOutRao - protocolAlphaRao],
  );
  wanted.push([0, genesis.rootStakeRao]);
  for (const [netuid, rao] of wanted) {
    const granted = book.subnetStakeRao(netuid);
    if (granted !== rao) {
      throw new GenesisError(`subnet ${netuid}: ${granted} alpha rao are granted, ${rao} exist`);
    }
  }
}
