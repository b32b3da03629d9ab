/**
 * For tests: the part of S3 that results need, which holds every request to its signature (AWS
 * Signature Version 4, computed here from its description and from nothing that signs).
 */
import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface SignedRequest {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  /** By name in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface S3Keys {
  readonly id: string;
  readonly secret: string;
  readonly region: string;
}

const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, text: string) =>
  createHmac("sha256", key).update(text).digest();

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;
const MOST_SKEW_MS = 15 * 60 * 1_000;

/** Why S3 would refuse the request, by the name of its error; null where it would not. */
export function refusal(
  request: SignedRequest,
  keys: S3Keys,
  nowMs: number = Date.now(),
): string | null {
  const { headers, body } = request;
  const match = AUTHORIZATION.exec(headers.authorization ?? "");
  if (!match) return "AccessDenied";
  const [, id, day, region, names, signature] = match;
  const at = headers["x-amz-date"] ?? "";
  if (id !== keys.id) return "InvalidAccessKeyId";
  if (region !== keys.region || !at.startsWith(day)) return "AuthorizationHeaderMalformed";
  if (Math.abs(timeOf(at) - nowMs) > MOST_SKEW_MS) return "RequestTimeTooSkewed";
  const signed = names.split(";");
  const amazons = Object.keys(headers).filter((name) => name.startsWith("x-amz-"));
  if (!["host", ...amazons].every((name) => signed.includes(name))) return "AccessDenied";
  const content = headers["x-amz-content-sha256"];
  if (content !== sha256(body)) return "XAmzContentSHA256Mismatch";
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", at, scope, sha256(canonical(request, signed, content))];
  const key = [day, region, "s3", "aws4_request"].reduce<string | Buffer>(
    hmac,
    `AWS4${keys.secret}`,
  );
  const own = hmac(key as Buffer, text.join("\n")).toString("hex");
  return own === signature ? null : "SignatureDoesNotMatch";
}

function canonical(
  { method, target, headers }: SignedRequest,
  signed: readonly string[],
  content: string,
): string {
  const [path, query = ""] = target.split("?", 2);
  const parts =
    query === "" ? [] : query.split("&").map((one) => (one.includes("=") ? one : `${one}=`));
  const lines = signed.map(
    (name) => `${name}:${(headers[name] ?? "").trim().replace(/ +/g, " ")}\n`,
  );
  return [method, path, parts.sort().join("&"), lines.join(""), signed.join(";"), content].join(
    "\n",
  );
}

/** Of `20130524T000000Z`. */
const timeOf = (at: string): number =>
  Date.parse(at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));

async function signedRequest(request: IncomingMessage): Promise<SignedRequest> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return {
    method: request.method ?? "",
    target: request.url ?? "",
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: Buffer.concat(parts),
  };
}

export interface FakeS3 {
  readonly objects: ReadonlyMap<string, Uint8Array>;
  readonly refusals: readonly string[];
  /** The environment of a process that uses it. */
  readonly env: Readonly<Record<string, string>>;
  /** So many of the next requests are answered that it is too busy. */
  busy: number;
  close(): void;
}

export async function startFakeS3(keys: S3Keys): Promise<FakeS3> {
  const objects = new Map<string, Uint8Array>();
  const refusals: string[] = [];
  const server = createServer(async (incoming, response) => {
    const fail = (status: number, code: string) =>
      response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
    const request = await signedRequest(incoming);
    const refused = refusal(request, keys);
    if (refused !== null) {
      refusals.push(refused);
      fail(403, refused);
      return;
    }
    if (fake.busy > 0) {
      fake.busy--;
      fail(503, "SlowDown");
      return;
    }
    const { method, target, body } = request;
    if (method === "PUT") objects.set(target, body);
    const found = objects.get(target);
    if (found) response.writeHead(200).end(method === "GET" ? found : "");
    else fail(404, "NoSuchKey");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const fake = {
    ...{ objects, refusals, busy: 0 },
    env: {
      AWS_ACCESS_KEY_ID: keys.id,
      AWS_SECRET_ACCESS_KEY: keys.secret,
      AWS_REGION: keys.region,
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    },
    close: () => void server.close(),
  };
  return fake;
}
