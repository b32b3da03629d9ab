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
