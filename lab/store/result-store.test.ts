import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openResultStore, type ResultStore } from "./result-store.ts";
import { openS3Store } from "./s3-store.ts";

const folder = mkdtempSync(join(tmpdir(), "hivelab-results-"));
let server: Server;
const objects = new Map<string, Buffer>();
let failures = 0;

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

/** What S3 does with one object, and what it asks of a request: a signature over the right scope. */
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const signature = request.headers.authorization ?? "";
    const scope = /Credential=KEY\/\d{8}\/eu-test-1\/s3\/aws4_request, SignedHeaders=host;/;
    if (!scope.test(signature)) {
      response.writeHead(403).end("<Error><Code>SignatureDoesNotMatch</Code></Error>");
      return;
    }
    if (failures > 0) {
      failures--;
      response.writeHead(503).end("<Error><Code>SlowDown</Code></Error>");
      return;
    }
    const key = request.url ?? "";
    if (request.method === "PUT") objects.set(key, body);
    const found = objects.get(key);
    if (!found) response.writeHead(404).end("<Error><Code>NoSuchKey</Code></Error>");
    else response.writeHead(200).end(request.method === "GET" ? found : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const environment = () => ({
  AWS_ACCESS_KEY_ID: "KEY",
  AWS_SECRET_ACCESS_KEY: "SECRET",
  AWS_REGION: "eu-test-1",
  AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
});

const kinds: [string, () => Promise<ResultStore>][] = [
  ["a folder", () => openResultStore(folder)],
  ["S3", () => openS3Store("s3://bucket/a/b", "bucket", "a/b", environment())],
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
  const store = await openS3Store("s3://bucket/a/b", "bucket", "a/b", environment());
  failures = 2;
  await store.put("tasks/bb/x", new Uint8Array([7]));
  expect(objects.get("/bucket/a/b/tasks/bb/x")).toEqual(Buffer.from([7]));
  const other = { ...environment(), AWS_ACCESS_KEY_ID: "OTHER" };
  const refused = await openS3Store("s3://bucket/a/b", "bucket", "a/b", other);
  await expect(refused.get("tasks/bb/x")).rejects.toThrow(
    "s3://bucket/a/b: GET answered 403 SignatureDoesNotMatch",
  );
});

test("a place that cannot be is told", async () => {
  await expect(openResultStore("ftp://x/y")).rejects.toThrow(
    "--results: ftp://x/y is no place for results; the path of a folder, or s3://bucket/prefix",
  );
  await expect(openS3Store("s3://b", "bb", "", {})).rejects.toThrow("no key for S3");
});
