import { describe, expect, test } from "vitest";
import { commitHash, encode } from "./commit-hash.ts";
import { earliestLiveCommitBlock } from "./commit-windows.ts";
import { commit, type HashQueue, lookAheadEpoch, reveal, revealBatch } from "./hash-commits.ts";
import { commitTimelocked, dueReveals, type TimelockedBuckets } from "./timelocked-commits.ts";

const weights = {
  hotkey: Uint8Array.from({ length: 32 }, (_, k) => k),
  storageIndex: 4_097,
  uids: [0, 65_535],
  values: [1, 2],
  salt: [7],
  versionKey: 5n,
};

describe("what is committed", () => {
  test("is the SCALE tuple of account, u16, three vectors of u16, and u64", () => {
    const hex = Buffer.from(encode(weights)).toString("hex");
    expect(hex).toBe(
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f" +
        "0110" +
        "080000ffff" +
        "0801000200" +
        "040700" +
        "0500000000000000",
    );
  });

  test("is hashed with Blake2b, 256 bits", () => {
    // b2sum --length 256 over the bytes above.
    expect(commitHash(weights)).toBe(
      "2e3f2c541e12c84dc98122ae8fc9bc7529ef588b765a5d93dbaae675b9b35a6c",
    );
  });

  test("carries lengths over 63 in two bytes, over 16,383 in four", () => {
    const of = (n: number) =>
      encode({ ...weights, uids: new Array(n).fill(1), values: [], salt: [] });
    expect([...of(64).subarray(34, 36)]).toEqual([1, 1]);
    expect([...of(16_384).subarray(34, 38)]).toEqual([2, 0, 1, 0]);
  });

  test("names an account of the wrong length", () => {
    expect(() => commitHash({ ...weights, hotkey: new Uint8Array(31) })).toThrow(/hotkey.*31/);
  });
});

const PERIOD = 2;
const queued = (...epochs: number[]): HashQueue =>
  epochs.map((epoch) => ({ hash: `of ${epoch}`, epoch, block: epoch * 10 }));

describe("commits by hash", () => {
  test("count for the epoch that starts in a block where one is due", () => {
    expect([lookAheadEpoch(5, false), lookAheadEpoch(5, true)]).toEqual([5, 6]);
  });

  test("are queued after those that have expired are dropped, ten at most", () => {
    const full = queued(1, 2, 3, 4, 4, 4, 4, 4, 4, 4);
    expect(commit(full, "new", 3, 30, PERIOD)).toEqual({ refusal: "TooManyUnrevealedCommits" });
    const result = commit(full, "new", 4, 40, PERIOD);
    expect(result).toMatchObject({ refusal: null });
    expect(result.refusal === null && result.queue.map(({ epoch }) => epoch)).toEqual([
      2, 3, 4, 4, 4, 4, 4, 4, 4, 4,
    ]);
  });

  test("are revealed in one epoch only, and take the earlier ones with them", () => {
    const queue = queued(3, 4, 5);
    expect(reveal(queue, "of 4", 5, PERIOD)).toEqual({ refusal: "RevealTooEarly" });
    expect(reveal(queue, "of 4", 6, PERIOD)).toEqual({ refusal: null, queue: queued(5) });
    expect(reveal(queue, "of 4", 7, PERIOD)).toEqual({ refusal: "ExpiredWeightCommit" });
    expect(reveal(queue, "of 4", 8, PERIOD)).toEqual({ refusal: "ExpiredWeightCommit" });
    expect(reveal(queue, "of 9", 6, PERIOD)).toEqual({
      refusal: "InvalidRevealCommitHashNotMatch",
    });
    expect(reveal([], "of 9", 6, PERIOD)).toEqual({ refusal: "NoWeightsCommitFound" });
  });

  test("are revealed in a batch altogether or not at all", () => {
    const queue: HashQueue = ["a", "b", "c"].map((hash) => ({ hash, epoch: 4, block: 40 }));
    expect(revealBatch(queue, ["a", "c"], 6, PERIOD)).toEqual({ refusal: null, queue: [queue[1]] });
    expect(revealBatch(queue, ["a", "x"], 6, PERIOD)).toEqual({
      refusal: "InvalidRevealCommitHashNotMatch",
    });
  });
});

describe("commits by timelock", () => {
  const entry = (payload: string, revealRound = 1, hotkey = "v") => ({
    hotkey,
    block: 10,
    revealRound,
    payload,
  });
  const inEpoch = (epoch: number, ...payloads: string[]): TimelockedBuckets<string> =>
    new Map([[epoch, payloads.map((payload) => entry(payload))]]);

  test("want the chain's version, and ten of a hotkey in an epoch are enough", () => {
    expect(commitTimelocked(new Map(), entry("w"), 3, 5)).toEqual({
      refusal: "IncorrectCommitRevealVersion",
    });
    const full = inEpoch(5, ..."abcdefghij");
    expect(commitTimelocked(full, entry("k"), 4, 5)).toEqual({
      refusal: "TooManyUnrevealedCommits",
    });
    expect(commitTimelocked(full, entry("k", 1, "other"), 4, 5).refusal).toBeNull();
    expect(commitTimelocked(full, entry("k"), 4, 6).refusal).toBeNull();
  });

  test("are due when their epoch comes round, in the order in which they were made", () => {
    const buckets = new Map([
      ...inEpoch(3, "late"),
      ...inEpoch(4, "a", "b"),
      ...inEpoch(5, "next"),
    ]);
    expect(dueReveals(buckets, 5, PERIOD, () => true).due.map(({ payload }) => payload)).toEqual([
      "late",
    ]);
    const { due, buckets: kept } = dueReveals(buckets, 6, PERIOD, () => true);
    expect(due.map(({ payload }) => payload)).toEqual(["a", "b"]);
    expect([...kept.keys()]).toEqual([5]);
  });

  test("wait for their round, until their epoch is over", () => {
    const buckets = new Map([[4, [entry("now", 1), entry("wait", 9)]]]);
    const first = dueReveals(buckets, 6, PERIOD, (round) => round < 9);
    expect(first.due.map(({ payload }) => payload)).toEqual(["now"]);
    const retry = dueReveals(first.buckets, 6, PERIOD, () => true);
    expect(retry.due.map(({ payload }) => payload)).toEqual(["wait"]);
    expect(dueReveals(first.buckets, 7, PERIOD, () => true)).toEqual({
      due: [],
      buckets: new Map(),
    });
  });
});

describe("the earliest live commit", () => {
  test("is the first live hash in the queue or the earliest timelock, whichever is earlier", () => {
    const hashes = [
      { epoch: 1, block: 5 },
      { epoch: 4, block: 45 },
      { epoch: 5, block: 9 },
    ];
    expect(earliestLiveCommitBlock(hashes, [], 5, PERIOD)).toBe(45);
    expect(earliestLiveCommitBlock(hashes, [{ epoch: 5, block: 12 }], 5, PERIOD)).toBe(12);
    expect(earliestLiveCommitBlock(hashes, [{ epoch: 1, block: 2 }], 9, PERIOD)).toBeNull();
  });
});
