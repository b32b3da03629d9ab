/** For the tests of a section: what it makes of a small made-up run to which a test has added rows. */
import type { RecordSink } from "../../sim/records.ts";
import type { Section } from "../parts.ts";
import type { RunData } from "../run-data.ts";
import { makeUpRun, smallSize } from "./made-up-run.ts";
import { storeRun } from "./stored-run.ts";

export async function sectionsWith(
  read: (run: RunData) => Section[],
  fill: (sink: RecordSink) => void = () => {},
): Promise<Section[]> {
  const stored = await storeRun((sink) => {
    makeUpRun(sink, smallSize);
    fill(sink);
  });
  try {
    return read(stored.run);
  } finally {
    stored.remove();
  }
}

/** A section's words, without its markup. */
export const textOf = ({ body }: Section): string =>
  body.markup.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
