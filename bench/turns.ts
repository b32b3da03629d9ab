/**
 * Several ways to do the same work, measured in turn, many times: what they take is compared within
 * a turn, because a machine that others use too changes its speed from one second to the next.
 */
import { median } from "simple-statistics";

/** Seconds by the wall's clock, and of all threads' CPU time. */
export interface Spent {
  readonly wall: number;
  readonly cpu: number;
}

export async function timed(work: () => void | Promise<void>): Promise<Spent> {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - start) / 1_000, cpu: (user + system) / 1e6 };
}

type Works<Name extends string> = Readonly<Record<Name, () => void | Promise<void>>>;

export class Turns<Name extends string> {
  private constructor(private readonly spent: Readonly<Record<Name, readonly Spent[]>>) {}

  /** Every second turn goes backwards, so that a steady drift favours nobody. */
  static async take<Name extends string>(turns: number, works: Works<Name>): Promise<Turns<Name>> {
    const names = Object.keys(works) as Name[];
    const spent = Object.fromEntries(names.map((name) => [name, [] as Spent[]]));
    for (let turn = 0; turn < turns; turn++) {
      for (const name of turn % 2 === 0 ? names : names.toReversed()) {
        spent[name].push(await timed(works[name]));
      }
    }
    return new Turns(spent as Record<Name, Spent[]>);
  }

  /** The median of what was spent. */
  of(name: Name, clock: keyof Spent = "wall"): number {
    return median(this.spent[name].map((own) => own[clock]));
  }

  /** The median over the turns of a number made from what each spent in that turn. */
  within(
    read: (spent: (name: Name) => number, turn: number) => number,
    clock: keyof Spent = "wall",
  ): number {
    const turns = Object.values<readonly Spent[]>(this.spent)[0].length;
    return median(
      Array.from({ length: turns }, (_, turn) =>
        read((name) => this.spent[name][turn][clock], turn),
      ),
    );
  }
}
