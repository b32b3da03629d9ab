/** How far a run is, on a terminal: simulated date, share done, speed, time left. */
import { BLOCK_SECONDS } from "../sim/amounts.ts";

export interface Progress {
  /** Says which block the simulation has reached; cheap enough for every block. */
  at(block: number): void;
  /** Takes the bar away; harmless when called twice. */
  stop(): void;
}

export interface ProgressSpan {
  readonly fromBlock: number;
  readonly toBlock: number;
  /** Milliseconds since 1970, UTC, of the first block. */
  readonly fromTime: number;
  /** What is counted, where it is not blocks. */
  readonly unit?: { readonly name: string; readonly seconds: number };
}

type Terminal = Pick<NodeJS.WriteStream, "isTTY"> & NodeJS.WritableStream;

const REDRAW_MS = 100;

/** A bar on standard error; nothing at all when that is not a terminal. */
export async function startProgress(
  span: ProgressSpan,
  stream: Terminal = process.stderr,
): Promise<Progress> {
  const text = (done: number, seconds: number) =>
    progressText(span, span.fromBlock + done, seconds);
  const bar = await startBar(span.toBlock - span.fromBlock, text, stream);
  return { at: (block) => bar.at(block - span.fromBlock), stop: () => bar.stop() };
}

/** The same for anything that is counted from 0 to `whole`. */
export async function startBar(
  whole: number,
  text: (done: number, elapsedSeconds: number) => string,
  stream: Terminal = process.stderr,
): Promise<Progress> {
  if (!stream.isTTY) return { at() {}, stop() {} };
  const { default: cliProgress } = await import("cli-progress");
  const started = performance.now();
  const bar = new cliProgress.SingleBar({
    ...{ stream, clearOnComplete: true, hideCursor: true, barsize: 28, linewrap: false },
    // We redraw ourselves: the simulation keeps the event loop busy.
    ...{ noTTYOutput: false, fps: 1_000, stopOnComplete: false },
    format: "{bar} {text}",
    barCompleteChar: "\u2588",
    barIncompleteChar: "\u2591",
  });
  const textAt = (done: number) => text(done, (performance.now() - started) / 1e3);
  bar.start(Math.max(1, whole), 0, { text: textAt(0) });
  let drawn = started;
  let isStopped = false;
  return {
    at(done) {
      const now = performance.now();
      if (isStopped || now - drawn < REDRAW_MS) return;
      drawn = now;
      bar.update(done, { text: textAt(done) });
    },
    stop() {
      if (!isStopped) bar.stop();
      isStopped = true;
    },
  };
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "14 Sep 2026   57%   8,120 blocks/s   11 s left" */
export function progressText(span: ProgressSpan, block: number, elapsedSeconds: number): string {
  const done = block - span.fromBlock;
  const whole = span.toBlock - span.fromBlock;
  const { name, seconds } = span.unit ?? { name: "blocks", seconds: BLOCK_SECONDS };
  const date = new Date(span.fromTime + done * seconds * 1_000);
  const day = `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  const percent = percentOf(done, whole);
  if (done <= 0 || elapsedSeconds <= 0) return `${day}   ${percent}`;
  const speed = done / elapsedSeconds;
  return `${day}   ${percent}   ${thousands(speed)} ${name}/s   ${timeText((whole - done) / speed)} left`;
}

/** "1,200 of 10,000 runs   12%   310 runs/s   29 s left"; `before` were there at the start. */
export function countText(
  counted: { readonly name: string; readonly whole: number; readonly before: number },
  done: number,
  elapsedSeconds: number,
): string {
  const { name, whole, before } = counted;
  const start = `${thousands(done)} of ${thousands(whole)} ${name}   ${percentOf(done, whole)}`;
  if (done <= before || elapsedSeconds <= 0) return start;
  const speed = (done - before) / elapsedSeconds;
  const shown = speed < 10 ? speed.toFixed(1) : thousands(speed);
  return `${start}   ${shown} ${name}/s   ${timeText((whole - done) / speed)} left`;
}

const percentOf = (done: number, whole: number): string =>
  `${whole > 0 ? Math.floor((100 * done) / whole) : 100}%`;

const thousands = (value: number) => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");

function timeText(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
