/**
 * Property tests draw the same cases every time, so that a run of the tests tells about the code
 * and not about luck. HIVELAB_SEED=<integer> draws others.
 */
import fc from "fast-check";

const seed = Number(process.env.HIVELAB_SEED ?? 452);
if (!Number.isInteger(seed))
  throw new Error(`HIVELAB_SEED must be an integer, got ${process.env.HIVELAB_SEED}`);
fc.configureGlobal({ seed });
