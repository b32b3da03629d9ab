/**
 * Double-entry books. Every movement takes an amount from one account and puts it into another of
 * the same asset, under a named reason. Accounts hold bigint in the asset's smallest unit.
 *
 * Two kinds of account: a holding (somebody or some contract has it; never below zero) and a
 * boundary (mint, burn, the outside world; may be negative). With boundaries counted in, each
 * asset always sums to zero, so what is in circulation equals what came over the boundary:
 * `check` adds it all up again from the balances and throws when a unit is missing.
 */

export type AccountKind = "holding" | "boundary";

/** The number of an account in its ledger. */
export type AccountId = number;

/** What was moved under one reason since the last `takeFlows`. */
export interface Flow {
  readonly asset: string;
  readonly reason: string;
  readonly amount: bigint;
  readonly movements: number;
}

/** A movement that the books cannot take: the caller asked for something impossible. */
export class LedgerError extends Error {
  override readonly name = "LedgerError";
}

/** The books do not add up. `missing` is what is there less what ought to be there. */
export class ConservationError extends Error {
  override readonly name = "ConservationError";

  constructor(
    readonly asset: string,
    readonly what: string,
    readonly missing: bigint,
  ) {
    super(`${asset} is not conserved: ${what} (off by ${missing})`);
  }
}

export interface Account {
  readonly name: string;
  readonly asset: string;
  readonly kind: AccountKind;
  balance: bigint;
}

interface RunningFlow {
  amount: bigint;
  movements: number;
}

export class Ledger {
  private readonly accounts: Account[] = [];
  private readonly accountsByAsset = new Map<string, Account[]>();
  private readonly idByAssetAndName = new Map<string, Map<string, AccountId>>();
  /** asset -> reason -> what moved; two levels spare a joined key for every movement. */
  private readonly flows = new Map<string, Map<string, RunningFlow>>();

  /** The holding of that name, opened empty at its first mention. */
  holding(asset: string, name: string): AccountId {
    return this.open(asset, name, "holding");
  }

  /** The boundary of that name: where an asset enters or leaves the world. */
  boundary(asset: string, name: string): AccountId {
    return this.open(asset, name, "boundary");
  }

  private open(asset: string, name: string, kind: AccountKind): AccountId {
    let idByName = this.idByAssetAndName.get(asset);
    if (!idByName) {
      idByName = new Map();
      this.idByAssetAndName.set(asset, idByName);
      this.accountsByAsset.set(asset, []);
      this.flows.set(asset, new Map());
    }
    const known = idByName.get(name);
    if (known !== undefined) {
      if (this.accounts[known].kind !== kind) {
        throw new LedgerError(`${asset} account ${name} is a ${this.accounts[known].kind}`);
      }
      return known;
    }
    const account = { name, asset, kind, balance: 0n };
    const id = this.accounts.push(account) - 1;
    this.accountsByAsset.get(asset)?.push(account);
    idByName.set(name, id);
    return id;
  }

  /** What the account holds; of a boundary, what came back over it less what went out. */
  balance(id: AccountId): bigint {
    return this.accounts[id].balance;
  }

  describe(id: AccountId): Readonly<Account> {
    return this.accounts[id];
  }

  /**
   * Moves `amount` (at least 0) from one account to another of the same asset. Throws LedgerError
   * when the assets differ, the amount is negative, or a holding has less than that.
   */
  move(from: AccountId, to: AccountId, amount: bigint, reason: string): void {
    const source = this.accounts[from];
    const target = this.accounts[to];
    if (source.asset !== target.asset) {
      throw new LedgerError(
        `${reason}: ${source.asset} of ${source.name} cannot become ${target.asset} of ${target.name}`,
      );
    }
    if (amount < 0n) throw new LedgerError(`${reason}: a movement of ${amount} is negative`);
    if (source.kind === "holding" && source.balance < amount) {
      throw new LedgerError(
        `${reason}: ${source.name} holds ${source.balance} ${source.asset}, less than ${amount}`,
      );
    }
    this.post(source, target, amount);
    this.count(source.asset, amount, reason);
  }

  /** Writes one movement. A test overrides it to corrupt one, and sees the check fire. */
  protected post(source: Account, target: Account, amount: bigint): void {
    source.balance -= amount;
    target.balance += amount;
  }

  private count(asset: string, amount: bigint, reason: string): void {
    const flows = this.flows.get(asset) as Map<string, RunningFlow>;
    const flow = flows.get(reason);
    if (flow) {
      flow.amount += amount;
      flow.movements++;
    } else {
      flows.set(reason, { amount, movements: 1 });
    }
  }

  /** What moved since the last call, by asset and reason in the order of first use. */
  takeFlows(): Flow[] {
    const taken: Flow[] = [];
    for (const [asset, byReason] of this.flows) {
      for (const [reason, flow] of byReason) taken.push({ asset, reason, ...flow });
      byReason.clear();
    }
    return taken;
  }

  /** The sum of all holdings of an asset whose name begins with `prefix`. */
  held(asset: string, prefix = ""): bigint {
    let total = 0n;
    for (const { kind, name, balance } of this.accountsByAsset.get(asset) ?? []) {
      if (kind === "holding" && name.startsWith(prefix)) total += balance;
    }
    return total;
  }

  /** Every holding of an asset whose name begins with `prefix`, in the order of their opening. */
  holdings(asset: string, prefix = ""): readonly Readonly<Account>[] {
    const accounts = this.accountsByAsset.get(asset) ?? [];
    return accounts.filter(({ kind, name }) => kind === "holding" && name.startsWith(prefix));
  }

  /**
   * Adds up every account again. Throws ConservationError when an asset, its boundaries counted
   * in, does not sum to zero or a holding is below zero.
   */
  check(): void {
    for (const [asset, accounts] of this.accountsByAsset) {
      let total = 0n;
      for (const { name, kind, balance } of accounts) {
        if (balance === 0n) continue;
        if (kind === "holding" && balance < 0n) {
          throw new ConservationError(asset, `${name} holds less than nothing`, balance);
        }
        total += balance;
      }
      if (total !== 0n) {
        throw new ConservationError(asset, "the accounts and the boundary do not balance", total);
      }
    }
  }

  /**
   * Compares an account with what the contract that owns it says it owes. Throws
   * ConservationError when they differ: the second, independent set of books.
   */
  reconcile(id: AccountId, owed: bigint, what: string): void {
    const { asset, name, balance } = this.accounts[id];
    if (balance !== owed) {
      throw new ConservationError(
        asset,
        `${name} holds ${balance}, ${what} add up to ${owed}`,
        balance - owed,
      );
    }
  }
}
