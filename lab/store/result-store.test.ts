import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openResultStore, type ResultStore } from "./result-store.ts";
import { openS3Store } from "./s3-store.ts";
import { type FakeS3, startFakeS3 } from "./testing-s3.ts";

const folder = mkdtempSync(join(tmpdir(), "hivelab-results-"));
const keys = { id: "KEY", secret: "SECRET", region: "eu-test-1" };
let s3: FakeS3;

beforeAll(async () => {
  s3 = await startFakeS3(keys);
});
afterAll(() => {
  s3.close();
  rmSync(folder, { recursive: true, force: true });
});

const kinds: [string, () => Promise<ResultStore>][] = [
  ["a folder", () => openResultStore(folder)],
  ["S3", () => openS3Store("s3://bucket/a/b", "bucket", "a/b", s3.env)],
];

describe.each(kinds)("results in %s", (_, open) => {
  test("come back byte for byte, or as null where there are none", async () => {
    const store = await open();
    const bytes = createHash("sha512").update("x").digest();
    expect(await store.get("tasks/00ff/result.json")).toBeNull();
    await store.put("tasks/00ff/result.json", bytes);
    await store.put("tasks/00ff/result.json", bytes);
    expect(Buffer.from((await store.get("tasks/00ff/result.json"))!)).toEqual(bytes);
  });

  test("lie nowhere but in their store", async () => {
    const store = await open();
    for (const address of ["../x", "tasks/../../x", "/etc/passwd", "tasks"]) {
      await expect(store.get(address)).rejects.toThrow("no address");
      await expect(store.put(address, new Uint8Array())).rejects.toThrow("no address");
    }
  });
});

test("a folder holds nothing half written", async () => {
  const store = await openResultStore(folder);
  await store.put("tasks/aa/supply.arrow", new Uint8Array(10));
  expect(readdirSync(join(folder, "tasks", "aa"))).toEqual(["supply.arrow"]);
});

test("S3 that is busy is asked again; one that refuses is told in one line", async () => {
  const store = await openS3Store("s3://bucket/a/b", "bucket", "a/b", s3.env);
  s3.busy = 2;
  await store.put("tasks/bb/x", new Uint8Array([7]));
  expect(s3.objects.get("/bucket/a/b/tasks/bb/x")).toEqual(Buffer.from([7]));
  const refused = async (change: Record<string, string>) => {
    const other = await openS3Store("s3://bucket/a/b", "bucket", "a/b", { ...s3.env, ...change });
    return (await other.get("tasks/bb/x").catch((error: unknown) => error)) as Error;
  };
  expect((await refused({ AWS_SECRET_ACCESS_KEY: "OTHER" })).message).toBe(
    "s3://bucket/a/b: GET answered 403 SignatureDoesNotMatch",
  );
  expect((await refused({ AWS_ACCESS_KEY_ID: "OTHER" })).message).toMatch(/InvalidAccessKeyId$/);
});

test("a place that cannot be is told", async () => {
  await expect(openResultStore("ftp://x/y")).rejects.toThrow(
    "--results: ftp://x/y is no place for results; the path of a folder, or s3://bucket/prefix",
  );
  await expect(openS3Store("s3://b", "bb", "", {})).rejects.toThrow("no key for S3");
});

test("a folder for results is made with the first of them, or the place is refused", async () => {
  const path = join(folder, "far", "away");
  const store = await openResultStore(path);
  expect(await store.get("jobs/00.json")).toBeNull();
  expect(existsSync(join(folder, "far"))).toBe(false);
  await store.put("jobs/00.json", Buffer.from("{}"));
  expect(readdirSync(join(path, "jobs"))).toEqual(["00.json"]);
  const refused = await openResultStore(join(path, "jobs", "00.json"));
  await expect(refused.put("jobs/01.json", Buffer.from("{}"))).rejects.toThrow(
    "00.json: cannot be written to (ENOTDIR); name another folder with --results",
  );
});
