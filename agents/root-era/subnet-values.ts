/**
 * What subnets are worth, which the chain does not show: root validators see it with noise. A value
 * belongs to a subnet, not to its slot.
 */
import { exp, ln } from "../../sim/portable-math.ts";
import type { Stream } from "../../sim/random.ts";

export class SubnetValues {
  /** ln(value), by netuid. */
  private readonly lnValue = new Map<number, number>();

  set(netuid: number, lnValue: number): void {
    this.lnValue.set(netuid, lnValue);
  }

  /** Starts from what real validators gave; subnets without weight are worth the least known. */
  startFromShares(shareOf: ReadonlyMap<number, number>, netuids: readonly number[]): void {
    const known = netuids.map((netuid) => shareOf.get(netuid) ?? 0).filter((share) => share > 0);
    const least = known.length > 0 ? Math.min(...known) : 1;
    for (const netuid of netuids) {
      const share = shareOf.get(netuid) ?? 0;
      this.set(netuid, ln(share > 0 ? share : least));
    }
  }

  value(netuid: number): number {
    return exp(this.lnValue.get(netuid) ?? 0);
  }

  /** The middle of ln(value); 0 where there is none. */
  middleLn(netuids: readonly number[]): number {
    const sorted = netuids.map((netuid) => this.lnValue.get(netuid) ?? 0).sort((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? 0;
  }

  seen(netuid: number, noise: number, random: Stream): number {
    return this.value(netuid) * exp(noise * random.normal());
  }

  drift(netuids: readonly number[], deviation: number, random: Stream): void {
    for (const netuid of netuids) {
      this.set(netuid, (this.lnValue.get(netuid) ?? 0) + deviation * random.normal());
    }
  }
}
