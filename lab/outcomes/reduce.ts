/** Numbers that arrive one by one, and become one. */
import { quantileSorted } from "simple-statistics";
import type { Reduction } from "./outcome.ts";

/** Takes values in order; `value` is null before the first. */
export interface Reducer {
  add(value: number): void;
  value(): number | null;
}

class Last implements Reducer {
  private latest: number | null = null;
  add(value: number): void {
    this.latest = value;
  }
  value(): number | null {
    return this.latest;
  }
}

class First implements Reducer {
  private earliest: number | null = null;
  add(value: number): void {
    this.earliest ??= value;
  }
  value(): number | null {
    return this.earliest;
  }
}

class Count implements Reducer {
  private seen = 0;
  add(_value: number): void {
    this.seen++;
  }
  value(): number {
    return this.seen;
  }
}

class Smallest implements Reducer {
  private least: number | null = null;
  add(value: number): void {
    if (this.least === null || value < this.least) this.least = value;
  }
  value(): number | null {
    return this.least;
  }
}

class Largest implements Reducer {
  private most: number | null = null;
  add(value: number): void {
    if (this.most === null || value > this.most) this.most = value;
  }
  value(): number | null {
    return this.most;
  }
}

/** Sums with Neumaier's compensation: a million small numbers beside a large one are not lost. */
class Total implements Reducer {
  private seen = 0;
  private sum = 0;
  private lost = 0;
  constructor(private readonly isMean: boolean) {}
  add(value: number): void {
    this.seen++;
    const next = this.sum + value;
    this.lost +=
      Math.abs(this.sum) >= Math.abs(value) ? this.sum - next + value : value - next + this.sum;
    this.sum = next;
  }
  value(): number | null {
    if (this.seen === 0) return null;
    return (this.sum + this.lost) / (this.isMean ? this.seen : 1);
  }
}

/** Standard deviation of a population, by Welford's updates. */
class Deviation implements Reducer {
  private seen = 0;
  private mean = 0;
  private squares = 0;
  add(value: number): void {
    this.seen++;
    const from = value - this.mean;
    this.mean += from / this.seen;
    this.squares += from * (value - this.mean);
  }
  value(): number | null {
    return this.seen === 0 ? null : Math.sqrt(this.squares / this.seen);
  }
}

/** What needs all values: eight bytes for each, and not the rows. */
class Kept implements Reducer {
  private values = new Float64Array(64);
  private seen = 0;
  constructor(private readonly work: (sorted: Float64Array) => number) {}
  add(value: number): void {
    if (this.seen === this.values.length) {
      const wider = new Float64Array(2 * this.seen);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.seen++] = value;
  }
  value(): number | null {
    return this.seen === 0 ? null : this.work(this.values.slice(0, this.seen).sort());
  }
}

/** Of values sorted upwards: 0 for equal ones, towards 1 where one has everything; 0 of nothing. */
function gini(sorted: Float64Array): number {
  let sum = 0;
  let weighted = 0;
  for (let k = 0; k < sorted.length; k++) {
    sum += sorted[k];
    weighted += (2 * (k + 1) - sorted.length - 1) * sorted[k];
  }
  return sum === 0 ? 0 : weighted / (sorted.length * sum);
}

export function reducer(reduction: Reduction, q = 0.5): Reducer {
  switch (reduction) {
    case "last":
      return new Last();
    case "first":
      return new First();
    case "count":
      return new Count();
    case "min":
      return new Smallest();
    case "max":
      return new Largest();
    case "mean":
      return new Total(true);
    case "sum":
      return new Total(false);
    case "deviation":
      return new Deviation();
    case "median":
    case "quantile": {
      const part = reduction === "median" ? 0.5 : q;
      return new Kept((sorted) => quantileSorted(sorted as unknown as number[], part));
    }
    case "gini":
      return new Kept(gini);
  }
}
