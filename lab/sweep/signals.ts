/**
 * A few numbers that a worker thread and its parent share while a task is under way: a thread that
 * simulates hears no messages.
 */
const STOP = 0;
const POSITION = 1;
const SECONDS = 2;

export class Signals {
  private readonly cells: Int32Array;

  constructor(readonly memory = new SharedArrayBuffer(12)) {
    this.cells = new Int32Array(memory);
  }

  stop(): void {
    Atomics.store(this.cells, STOP, 1);
  }

  get isStopped(): boolean {
    return Atomics.load(this.cells, STOP) === 1;
  }

  /** The worker begins the run at this position of its task. */
  start(position: number): void {
    Atomics.store(this.cells, SECONDS, secondsNow());
    Atomics.store(this.cells, POSITION, position);
  }

  get position(): number {
    return Atomics.load(this.cells, POSITION);
  }

  /** How long the run at work has been so; 0 before the first. */
  get seconds(): number {
    const since = Atomics.load(this.cells, SECONDS);
    return since === 0 ? 0 : secondsNow() - since;
  }
}

const secondsNow = (): number => Math.trunc(Date.now() / 1000);
