/** Turns running totals into what was added since the last time. */
export class Intervals {
  private readonly last = new Map<string, bigint>();

  since(key: string, totalRao: bigint): bigint {
    const before = this.last.get(key) ?? 0n;
    this.last.set(key, totalRao);
    return totalRao - before;
  }
}
