/** `--workers`: how many threads, 0 for none. */
import { usualWorkers } from "../lab/pool.ts";
import { wholeFlag } from "./whole-flag.ts";

/** One a processor where nothing is said. Throws InputError. */
export const workersOf = (text: string | undefined): number =>
  text === undefined ? usualWorkers() : wholeFlag("--workers", text, 0, 256);
