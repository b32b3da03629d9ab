/** Ctrl-C of commands that keep what they have done. */

export interface Stopping {
  /** Aborted by the first Ctrl-C or SIGTERM; the next one ends the process with 130 at once. */
  readonly signal: AbortSignal;
  /** Gives the signals back. */
  done(): void;
}

export function stopOnSignals(): Stopping {
  const stopping = new AbortController();
  const stop = () => {
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return {
    signal: stopping.signal,
    done() {
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
    },
  };
}
