/**
 * Who has staked how much TAO with which hotkey, and what hotkeys earn. A hotkey's total is right
 * in every block; what it earned is divided among its stakers when somebody asks, or once a day:
 * the owner keeps the incentive and the take, stakers share the rest by their stake, and what the
 * floors leave over is the owner's.
 * Source: spec/token-economics.md section 2.4; `emit_inflation_through_hotkey_account` of that time.
 *
 * Amounts are doubles that hold whole numbers of rao: exact below 2^53 (9 million TAO), more than one
 * hotkey ever had. Whoever asks from outside gets bigint.
 */
const EXACT = Number.MAX_SAFE_INTEGER;
const DEFAULT_TAKE_U16 = 11_796;

/** The number of a hotkey, from 0 in the order of their appearance. */
export type HotkeyId = number;

export interface Hotkey {
  readonly name: string;
  readonly coldkey: string;
  /** Others may stake with it. */
  readonly isDelegate: boolean;
  /** By coldkey, without the two credits. */
  readonly positions: Map<string, number>;
}

/** floor(a * part / 65,535), exact for a below 2^53. */
export const u16Part = (a: number, part: number): number => {
  const rest = a % 65_535;
  return ((a - rest) / 65_535) * part + Math.floor((rest * part) / 65_535);
};

export class TaoStakes {
  readonly hotkeys: Hotkey[] = [];
  // Columns by hotkey: an epoch pays thousands of them.
  /** Everything staked with it, earnings included. */
  readonly totals: number[] = [];
  /** Part of its stakers' dividends that it keeps, u16 of 65,535. */
  readonly takes: number[] = [];
  /** Earned and not yet divided: the owner's own, and what all stakers share. */
  private readonly ownerCredits: number[] = [];
  private readonly stakersCredits: number[] = [];
  private readonly idOf = new Map<string, HotkeyId>();
  /** Hotkeys with which a coldkey has staked, in the order of its first deposit. */
  private readonly places = new Map<string, Set<HotkeyId>>();
  /** The sum of all hotkeys' totals, kept as they change. */
  stakedRao = 0n;

  /** The hotkey of that name; at its first mention it becomes the coldkey's. */
  open(name: string, coldkey: string, isDelegate = false, takeU16 = DEFAULT_TAKE_U16): HotkeyId {
    const known = this.idOf.get(name);
    if (known !== undefined) return known;
    const id = this.hotkeys.push({ name, coldkey, isDelegate, positions: new Map() }) - 1;
    this.totals.push(0);
    this.takes.push(takeU16);
    this.ownerCredits.push(0);
    this.stakersCredits.push(0);
    this.idOf.set(name, id);
    return id;
  }

  idOfName(name: string): HotkeyId | undefined {
    return this.idOf.get(name);
  }

  totalRao(id: HotkeyId): bigint {
    return BigInt(this.totals[id]);
  }

  /** What a coldkey has with a hotkey, its part of the earnings included. */
  stakeRao(id: HotkeyId, coldkey: string): bigint {
    this.settle(id);
    return BigInt(this.hotkeys[id].positions.get(coldkey) ?? 0);
  }

  /** Every hotkey with which a coldkey has stake, in a fixed order. */
  *holdingsOf(coldkey: string): Iterable<{ readonly hotkey: string; readonly stakeRao: bigint }> {
    for (const id of this.places.get(coldkey) ?? []) {
      const stakeRao = this.stakeRao(id, coldkey);
      if (stakeRao > 0n) yield { hotkey: this.hotkeys[id].name, stakeRao };
    }
  }

  /** Throws RangeError where a hotkey would hold more than doubles count exactly. */
  deposit(id: HotkeyId, coldkey: string, amountRao: bigint): void {
    if (amountRao <= 0n) return;
    this.settle(id);
    const amount = Number(amountRao);
    if (this.totals[id] + amount > EXACT) {
      throw new RangeError(`${this.hotkeys[id].name} holds too much`);
    }
    this.put(id, coldkey, amount);
    this.totals[id] += amount;
    this.stakedRao += amountRao;
  }

  /** Takes stake out; the caller has checked that it is there. */
  withdraw(id: HotkeyId, coldkey: string, amountRao: bigint): void {
    this.settle(id);
    const hotkey = this.hotkeys[id];
    const amount = Number(amountRao);
    const held = hotkey.positions.get(coldkey) ?? 0;
    if (amount > held) throw new RangeError(`${coldkey} has less than that with ${hotkey.name}`);
    hotkey.positions.set(coldkey, held - amount);
    this.totals[id] -= amount;
    this.stakedRao -= amountRao;
  }

  /**
   * Credits incentive and dividends, whole rao, and returns the take. The caller adds the sum of
   * what it has credited to `stakedRao`: once an epoch, not once a hotkey.
   */
  earn(id: HotkeyId, incentiveRao: number, dividendRao: number): number {
    this.totals[id] += incentiveRao + dividendRao;
    if (dividendRao === 0) {
      this.ownerCredits[id] += incentiveRao;
      return 0;
    }
    const takeRao = u16Part(dividendRao, this.takes[id]);
    this.ownerCredits[id] += incentiveRao + takeRao;
    this.stakersCredits[id] += dividendRao - takeRao;
    return takeRao;
  }

  /** Divides what a hotkey has earned among its stakers. */
  settle(id: HotkeyId): void {
    const ownerCreditRao = this.ownerCredits[id];
    const stakersCreditRao = this.stakersCredits[id];
    if (ownerCreditRao === 0 && stakersCreditRao === 0) return;
    this.ownerCredits[id] = 0;
    this.stakersCredits[id] = 0;
    const { positions, coldkey } = this.hotkeys[id];
    let leftRao = stakersCreditRao;
    if (positions.size > 1 && stakersCreditRao > 0) {
      const baseRao = BigInt(this.totals[id] - ownerCreditRao - stakersCreditRao);
      for (const [staker, stakeRao] of positions) {
        if (stakeRao === 0) continue;
        const proportion = (BigInt(stakeRao) << 64n) / baseRao;
        const partRao = Number((proportion * BigInt(stakersCreditRao)) >> 64n);
        positions.set(staker, stakeRao + partRao);
        leftRao -= partRao;
      }
    }
    this.put(id, coldkey, ownerCreditRao + leftRao);
  }

  /** Divides everything earned, and adds all positions up anew. */
  recountRao(): bigint {
    let sum = 0n;
    for (const [id, hotkey] of this.hotkeys.entries()) {
      this.settle(id);
      let own = 0;
      for (const stakeRao of hotkey.positions.values()) own += stakeRao;
      if (own !== this.totals[id]) {
        throw new RangeError(`${hotkey.name}: positions sum to ${own}, not ${this.totals[id]}`);
      }
      sum += BigInt(own);
    }
    return sum;
  }

  private put(id: HotkeyId, coldkey: string, amountRao: number): void {
    const { positions } = this.hotkeys[id];
    positions.set(coldkey, (positions.get(coldkey) ?? 0) + amountRao);
    let places = this.places.get(coldkey);
    if (!places) {
      places = new Set();
      this.places.set(coldkey, places);
    }
    places.add(id);
  }
}
