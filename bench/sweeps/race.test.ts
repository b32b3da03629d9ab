import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Racer, race } from "./race.ts";

const folder = mkdtempSync(join(tmpdir(), "hivelab-race-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Is at work for its share of seconds of CPU, a little at a time, and says when it was. */
const script = join(folder, "worker.mjs");
writeFileSync(
  script,
  `const milliseconds = Number(process.argv[2]);
process.on("message", () => {
  const before = process.cpuUsage().user;
  const seen = [];
  const work = () => {
    for (let end = process.cpuUsage().user + 5_000; process.cpuUsage().user < end; );
    seen.push(Date.now());
    if (process.cpuUsage().user - before < 1_000 * milliseconds) setImmediate(work);
    else process.send({ seen });
  };
  work();
});
process.on("disconnect", () => process.exit());
process.send("ready");
`,
);

interface Report {
  readonly seen: readonly number[];
}

const start = (milliseconds: number) =>
  Racer.start<Report>({ script, args: [String(milliseconds)], processors: null });

test("racers take turns until each has done its work, and do it anew in the next race", async () => {
  const racers = [await start(120), await start(60)];
  const [long, short] = racers;
  await race(racers, 20);
  const first = racers.map(({ report }) => report!);
  // Neither waited for the other to end: the short one's work lies among the long one's.
  expect(first[1].seen[0]).toBeLessThan(first[0].seen.at(-1)!);
  expect(first[0].seen[0]).toBeLessThan(first[1].seen.at(-1)!);
  expect(long.seconds).toBeGreaterThan(0.1);
  expect(short.seconds).toBeGreaterThan(0.05);
  await race(racers, 20);
  expect(long.report!.seen[0]).toBeGreaterThan(first[0].seen.at(-1)!);
  await Promise.all(racers.map((racer) => racer.close()));
});

test("a racer that ends before it is ready is an error", async () => {
  const broken = join(folder, "broken.mjs");
  writeFileSync(broken, "process.exit(3);\n");
  await expect(Racer.start({ script: broken, args: [], processors: null })).rejects.toThrow(
    "ended before it was ready",
  );
});
