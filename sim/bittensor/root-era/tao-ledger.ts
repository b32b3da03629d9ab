/**
 * TAO of the root era, double-entry. Wallets, all stake as one account and all locks as one are
 * holdings; TAO comes and goes over one boundary, issuance. So TotalIssuance is what is held in all.
 * Source: spec/token-economics.md sections 1.2 and 1.4.
 */
import { type AccountId, ConservationError, type Flow, Ledger } from "../../ledger/ledger.ts";

export type EraReason =
  | "genesis"
  | "owner_cut"
  | "epoch"
  | "stake"
  | "unstake"
  | "transfer"
  | "neuron_registration"
  | "subnet_lock"
  | "lock_returned"
  | "switch";

const ASSET = "TAO";
const WALLET = "wallet/";

export class EraLedger {
  private readonly ledger: Ledger;
  private readonly issuance: AccountId;
  private readonly staked: AccountId;
  private readonly locked: AccountId;
  /** Kept as TAO comes and goes; the accounts must sum to it. */
  totalIssuanceRao = 0n;
  mintedRao = 0n;
  recycledRao = 0n;

  /** `ledger` is the books: a test gives ones that lose a rao. */
  constructor(ledger: Ledger = new Ledger()) {
    this.ledger = ledger;
    this.issuance = ledger.boundary(ASSET, "issuance");
    this.staked = ledger.holding(ASSET, "staked");
    this.locked = ledger.holding(ASSET, "locked");
  }

  balanceRao(coldkey: string): bigint {
    return this.ledger.balance(this.wallet(coldkey));
  }

  get stakedRao(): bigint {
    return this.ledger.balance(this.staked);
  }

  get lockedRao(): bigint {
    return this.ledger.balance(this.locked);
  }

  get freeRao(): bigint {
    return this.totalIssuanceRao - this.stakedRao - this.lockedRao;
  }

  mintTo(coldkey: string, rao: bigint, reason: EraReason): void {
    this.mint(this.wallet(coldkey), rao, reason);
  }

  mintStake(rao: bigint, reason: EraReason = "epoch"): void {
    this.mint(this.staked, rao, reason);
  }

  mintLock(rao: bigint, reason: EraReason = "genesis"): void {
    this.mint(this.locked, rao, reason);
  }

  private mint(to: AccountId, rao: bigint, reason: EraReason): void {
    if (rao === 0n) return;
    this.ledger.move(this.issuance, to, rao, reason);
    this.totalIssuanceRao += rao;
    if (reason !== "genesis") this.mintedRao += rao;
  }

  /** Destroys TAO: TotalIssuance falls. */
  recycle(coldkey: string, rao: bigint, reason: EraReason): void {
    this.ledger.move(this.wallet(coldkey), this.issuance, rao, reason);
    this.totalIssuanceRao -= rao;
    this.recycledRao += rao;
  }

  stake(coldkey: string, rao: bigint): void {
    this.ledger.move(this.wallet(coldkey), this.staked, rao, "stake");
  }

  unstake(coldkey: string, rao: bigint): void {
    this.ledger.move(this.staked, this.wallet(coldkey), rao, "unstake");
  }

  transfer(from: string, to: string, rao: bigint): void {
    this.ledger.move(this.wallet(from), this.wallet(to), rao, "transfer");
  }

  lock(coldkey: string, rao: bigint): void {
    this.ledger.move(this.wallet(coldkey), this.locked, rao, "subnet_lock");
  }

  returnLock(coldkey: string, rao: bigint): void {
    this.ledger.move(this.locked, this.wallet(coldkey), rao, "lock_returned");
  }

  /** Every coldkey that has ever had free TAO, with what it has. */
  wallets(): { readonly coldkey: string; readonly balanceRao: bigint }[] {
    return this.ledger.holdings(ASSET, WALLET).map(({ name, balance }) => ({
      coldkey: name.slice(WALLET.length),
      balanceRao: balance,
    }));
  }

  takeFlows(): Flow[] {
    return this.ledger.takeFlows();
  }

  /**
   * What must hold after every block: issuance over the boundary is TotalIssuance, and the stake
   * account is what hotkeys hold. Throws ConservationError.
   */
  checkBlock(block: number, stakedRao: bigint): void {
    const issuedRao = -this.ledger.balance(this.issuance);
    this.compare(block, "issued over the boundary", issuedRao, this.totalIssuanceRao);
    this.compare(block, "the stake of all hotkeys", stakedRao, this.stakedRao);
  }

  /** Adds every account up anew. Throws ConservationError. */
  recount(block: number, lockedRao: bigint): void {
    this.ledger.check();
    const held = this.ledger.held(ASSET);
    this.compare(block, "wallets, stake and locks", held, this.totalIssuanceRao);
    this.compare(block, "the locks of all subnets", lockedRao, this.lockedRao);
  }

  private compare(block: number, what: string, found: bigint, wanted: bigint): void {
    if (found === wanted) return;
    const text = `block ${block}: ${what}: found ${found}, the books say ${wanted}`;
    throw new ConservationError(ASSET, text, found - wanted);
  }

  private wallet(coldkey: string): AccountId {
    return this.ledger.holding(ASSET, `${WALLET}${coldkey}`);
  }
}
