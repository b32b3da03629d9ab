/** `hivelab merge DIR... --out DIR`: parts of a sweep become one. */
import { relative } from "node:path";
import { mergeSweeps } from "../lab/sweep/merge.ts";
import { reportAndExit } from "./failure.ts";
import { countText, type Progress, startBar } from "./progress.ts";
import { stopOnSignals } from "./stopping.ts";

export async function merge(dirs: readonly string[], { out }: { out: string }): Promise<void> {
  const stopping = stopOnSignals();
  let bar: Promise<Progress> | undefined;
  try {
    const manifest = await mergeSweeps({
      ...{ dirs, outDir: out, signal: stopping.signal },
      onRun(settled, whole) {
        const counted = { name: "runs into tables", whole, before: 0 };
        bar ??= startBar(whole, (done, seconds) => countText(counted, done, seconds));
        void bar.then((one) => one.at(settled));
      },
    });
    (await bar)?.stop();
    if (!manifest) {
      console.error("stopped; the parts are as they were, and the same command goes on");
      process.exit(130);
    }
    const { done, failed } = manifest.runs;
    console.log(`${done} runs of ${dirs.length} folders${failed > 0 ? `, ${failed} failed` : ""}`);
    console.log(`tables: ${relative(process.cwd(), out) || "."}/tables`);
  } catch (error) {
    (await bar)?.stop();
    reportAndExit(error);
  } finally {
    stopping.done();
  }
}
