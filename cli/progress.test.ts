import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { countText, progressText, startProgress } from "./progress.ts";

const month = { fromBlock: 8_957_880, toBlock: 9_173_880, fromTime: Date.UTC(2026, 7, 28) };

describe("progress", () => {
  test.each([
    [8_957_880, 0, "28 Aug 2026   0%"],
    [9_065_880, 10, "12 Sep 2026   50%   10,800 blocks/s   10 s left"],
    [8_979_480, 60, "31 Aug 2026   10%   360 blocks/s   9 min left"],
    [8_957_980, 10, "28 Aug 2026   0%   10 blocks/s   6 h 0 min left"],
    [9_173_880, 20, "27 Sep 2026   100%   10,800 blocks/s   0 s left"],
  ])(
    "at block %i after %i s says the date, the share, the speed and the time left",
    (block, seconds, text) => {
      expect(progressText(month, block, seconds)).toBe(text);
    },
  );

  test.each([
    [0, 0, 0, "0 of 10,000 runs   0%"],
    [2_500, 0, 10, "2,500 of 10,000 runs   25%   250 runs/s   30 s left"],
    [2_500, 2_490, 10, "2,500 of 10,000 runs   25%   1.0 runs/s   2 h 5 min left"],
    [2_500, 2_500, 10, "2,500 of 10,000 runs   25%"],
  ])("of %i runs, %i of them there before, says speed and time left", (done, before, s, text) => {
    expect(countText({ name: "runs", whole: 10_000, before }, done, s)).toBe(text);
  });

  test("writes nothing where there is no terminal", async () => {
    const stream = new PassThrough();
    const progress = await startProgress(month, Object.assign(stream, { isTTY: false }));
    progress.at(9_000_000);
    progress.stop();
    expect(stream.read()).toBeNull();
  });
});
