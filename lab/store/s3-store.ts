/** Results in a bucket of Amazon S3 or of anything that speaks its protocol. */
import { createHash } from "node:crypto";
import type { AwsClient } from "aws4fetch";
import { InputError } from "../../scenarios/fault.ts";
import { checkAddress, type ResultStore } from "./result-store.ts";

/** The usual variables of the environment; an endpoint where it is not Amazon's own. */
interface Access {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly region: string;
  readonly endpoint: string;
}

const refuse = (problem: string, remedy: string): InputError =>
  new InputError([{ file: "--results", field: "", problem, remedy }]);

function accessFrom(env: NodeJS.ProcessEnv): Access {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw refuse("no key for S3", "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
  }
  const region = env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? "us-east-1";
  const endpoint = env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
    region,
    endpoint: (endpoint ?? `https://s3.${region}.amazonaws.com`).replace(/\/+$/, ""),
  };
}

/** Throws InputError where keys or the client are missing. */
export async function openS3Store(
  place: string,
  bucket: string,
  prefix: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ResultStore> {
  const { endpoint, ...keys } = accessFrom(env);
  let client: AwsClient;
  try {
    const { AwsClient: Client } = await import("aws4fetch");
    client = new Client({ ...keys, service: "s3", retries: 5 });
  } catch {
    throw refuse("the client of S3 is not installed", "npm install aws4fetch");
  }
  return new S3Store(place, `${endpoint}/${bucket}${prefix ? `/${prefix}` : ""}`, client);
}

interface Request {
  readonly method: "GET" | "PUT";
  readonly body?: Uint8Array;
}

const sha256Of = (body: Uint8Array | string): string =>
  createHash("sha256").update(body).digest("hex");

class S3Store implements ResultStore {
  constructor(
    readonly place: string,
    private readonly base: string,
    private readonly client: AwsClient,
  ) {}

  async get(address: string): Promise<Uint8Array | null> {
    const response = await this.ask(address, { method: "GET" });
    if (response.status === 404) return null;
    return new Uint8Array(await response.arrayBuffer());
  }

  async put(address: string, bytes: Uint8Array): Promise<void> {
    const response = await this.ask(address, { method: "PUT", body: bytes });
    await response.arrayBuffer();
  }

  private async ask(address: string, request: Request): Promise<Response> {
    checkAddress(address);
    // Signed too, so that S3 refuses what was changed on its way.
    const headers = { "x-amz-content-sha256": sha256Of(request.body ?? "") };
    const response = await this.client.fetch(`${this.base}/${address}`, {
      ...(request as RequestInit),
      headers,
    });
    if (response.ok || (response.status === 404 && request.method === "GET")) return response;
    const code = /<Code>([^<]{1,80})<\/Code>/.exec(await response.text())?.[1] ?? "";
    throw new Error(`${this.place}: ${request.method} answered ${response.status} ${code}`.trim());
  }
}
