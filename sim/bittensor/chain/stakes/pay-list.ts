/** Amounts for some of a subnet's uids: rao below 2^53, as doubles. Used again for every payment. */
export class PayList {
  uids = new Int32Array(256);
  amountsRao = new Float64Array(256);
  count = 0;
  totalRao = 0;

  clear(): void {
    this.count = 0;
    this.totalRao = 0;
  }

  /** Adds one; nothing to pay is left out. */
  add(uid: number, amountRao: number): void {
    if (amountRao !== 0) this.put(uid, amountRao);
  }

  /** Adds one, even of nothing. */
  put(uid: number, amountRao: number): void {
    if (this.count === this.uids.length) this.grow();
    this.uids[this.count] = uid;
    this.amountsRao[this.count] = amountRao;
    this.count++;
    this.totalRao += amountRao;
  }

  private grow(): void {
    const [uids, amounts] = [new Int32Array(2 * this.count), new Float64Array(2 * this.count)];
    uids.set(this.uids);
    amounts.set(this.amountsRao);
    this.uids = uids;
    this.amountsRao = amounts;
  }
}
