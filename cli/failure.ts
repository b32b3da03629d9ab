/** How every command fails: one line a fault on standard error, 2 for bad input, 1 for the rest. */
export function reportAndExit(error: unknown): never {
  if (error instanceof Error && (error.name === "InputError" || error.name === "VectorFileError")) {
    console.error(error.message);
    process.exit(2);
  }
  const text = error instanceof Error ? error.message : String(error);
  console.error(`hivelab: ${text}`);
  if (process.env.HIVELAB_DEBUG && error instanceof Error) console.error(error.stack);
  process.exit(1);
}

/**
 * What reads our output may close it before its end, as `head` does: the rest is printed to nobody,
 * and the command goes on to its end with its own exit code.
 */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}
