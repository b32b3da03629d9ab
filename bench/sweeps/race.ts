/**
 * Processes that do their work a slice at a time in turn, each halted while another one runs. A
 * machine that others use too may be twice as slow from one second to the next; so all of them meet
 * the same seconds.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

export interface RacerOptions {
  /** A built script that says "ready", and answers each "go" when its work is done. */
  readonly script: string;
  readonly args: readonly string[];
  /** The only processors that it may use, where this system can hold it to them; null for all. */
  readonly processors: string | null;
}

/** Whether processes can be held to processors here. */
export const canPin = (): boolean => spawnSync("taskset", ["--version"]).status === 0;

export class Racer<Report> {
  /** Seconds in which it was not halted, from "go" to the answer. */
  seconds = 0;
  report: Report | null = null;

  private constructor(private readonly child: ChildProcess) {
    child.on("message", (message) => {
      this.report = message as Report;
    });
  }

  /** Starts the process, waits until it is ready, and halts it. */
  static async start<Report>({ script, args, processors }: RacerOptions): Promise<Racer<Report>> {
    const command = [process.execPath, script, ...args];
    if (processors !== null && canPin()) command.unshift("taskset", "-c", processors);
    const [program, ...rest] = command;
    const child = spawn(program, rest, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const ended = once(child, "exit").then(() => {
      throw new Error(`${script} ended before it was ready`);
    });
    await Promise.race([once(child, "message"), ended]);
    ended.catch(() => {});
    child.kill("SIGSTOP");
    return new Racer(child);
  }

  go(): void {
    this.seconds = 0;
    this.report = null;
    this.child.send("go");
  }

  /** Lets it run for a slice, or until it is done. */
  async slice(milliseconds: number): Promise<void> {
    const start = performance.now();
    const over = new AbortController();
    this.child.kill("SIGCONT");
    const done = once(this.child, "message", { signal: over.signal }).catch(() => {});
    const late = pause(milliseconds, undefined, { signal: over.signal }).catch(() => {});
    await Promise.race([done, late]);
    this.child.kill("SIGSTOP");
    this.seconds += (performance.now() - start) / 1_000;
    over.abort();
  }

  async close(): Promise<void> {
    const ended = once(this.child, "exit");
    this.child.kill("SIGCONT");
    this.child.disconnect();
    await ended;
  }
}

/** All do their work once; every second round goes backwards, so that a steady drift favours nobody. */
export async function race(racers: readonly Racer<unknown>[], sliceMs: number): Promise<void> {
  for (const racer of racers) racer.go();
  for (let round = 0; racers.some(({ report }) => report === null); round++) {
    for (const racer of round % 2 === 0 ? racers : racers.toReversed()) {
      if (racer.report === null) await racer.slice(sliceMs);
    }
  }
}

/** Processor time that the host gave to others so far, in seconds; null where nobody tells. */
export function stolenSeconds(): number | null {
  try {
    const [cpu] = readFileSync("/proc/stat", "utf8").split("\n");
    return Number(cpu.trim().split(/\s+/)[8]) / 100;
  } catch {
    return null;
  }
}
