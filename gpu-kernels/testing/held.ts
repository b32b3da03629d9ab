import type { Backend } from "../types.ts";

export interface ContractCase {
  readonly name: string;
  /** Runs the backend on the case's batch and holds what it gives against the exact results. */
  run(backend: Backend): Promise<Held>;
}

/** What a case of the contract found. */
export class Held {
  /** Numbers that were held against exact ones. */
  checked = 0;
  /** The largest error as a part of its bound: up to 1 where the contract is kept. */
  ofBound = 0;
  /** Each one a line. */
  readonly faults: string[] = [];

  add({ checked, ofBound, faults }: Held): void {
    this.checked += checked;
    this.ofBound = Math.max(this.ofBound, ofBound);
    this.faults.push(...faults);
  }

  within(error: number, bound: number, what: string): void {
    this.checked++;
    // Not `error > bound`: what is no number is outside of every bound.
    if (!(error <= bound)) this.faults.push(`${what}: ${error} off, the bound is ${bound}`);
    else if (error > 0) this.ofBound = Math.max(this.ofBound, error / bound);
  }

  equal<T>(own: T, exact: T, what: string): void {
    this.checked++;
    if (own !== exact) this.faults.push(`${what}: ${own}, not ${exact}`);
  }
}
