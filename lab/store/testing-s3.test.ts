import { expect, test } from "vitest";
import { refusal, type SignedRequest } from "./testing-s3.ts";

/** Of the documentation of Amazon S3, "Signature calculations: header-based auth", its examples. */
const keys = {
  id: "AKIAIOSFODNN7EXAMPLE",
  secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  region: "us-east-1",
};
const now = Date.UTC(2013, 4, 24, 0, 3);
const common = {
  host: "examplebucket.s3.amazonaws.com",
  "x-amz-date": "20130524T000000Z",
};
const authorization = (names: string, signature: string) =>
  `AWS4-HMAC-SHA256 Credential=${keys.id}/20130524/us-east-1/s3/aws4_request,SignedHeaders=${names},Signature=${signature}`;
const nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

const get: SignedRequest = {
  ...{ method: "GET", target: "/test.txt", body: new Uint8Array() },
  headers: {
    ...{ ...common, range: "bytes=0-9", "x-amz-content-sha256": nothing },
    authorization: authorization(
      "host;range;x-amz-content-sha256;x-amz-date",
      "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    ),
  },
};
const put: SignedRequest = {
  ...{ method: "PUT", target: "/test%24file.text", body: Buffer.from("Welcome to Amazon S3.") },
  headers: {
    ...{ ...common, date: "Fri, 24 May 2013 00:00:00 GMT" },
    "x-amz-storage-class": "REDUCED_REDUNDANCY",
    "x-amz-content-sha256": "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
    authorization: authorization(
      "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
      "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
    ),
  },
};
const list: SignedRequest = {
  ...{ method: "GET", target: "/?prefix=J&max-keys=2", body: new Uint8Array() },
  headers: {
    ...{ ...common, "x-amz-content-sha256": nothing },
    authorization: authorization(
      "host;x-amz-content-sha256;x-amz-date",
      "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
    ),
  },
};

test.each([
  ["GET with a range", get],
  ["PUT of a name with a dollar", put],
  ["a listing with a query", list],
])("the published signature is right: %s", (_, request) => {
  expect(refusal(request, keys, now)).toBeNull();
});

test("whatever is changed is refused", () => {
  const changed = (of: Partial<SignedRequest>) => refusal({ ...put, ...of }, keys, now);
  const headers = (of: Record<string, string>) => changed({ headers: { ...put.headers, ...of } });
  expect(changed({ target: "/test%24file.txt" })).toBe("SignatureDoesNotMatch");
  expect(changed({ method: "GET" })).toBe("SignatureDoesNotMatch");
  expect(changed({ body: Buffer.from("Welcome to Amazon S4.") })).toBe("XAmzContentSHA256Mismatch");
  expect(headers({ "x-amz-storage-class": "STANDARD" })).toBe("SignatureDoesNotMatch");
  expect(headers({ "x-amz-acl": "public-read" })).toBe("AccessDenied");
  expect(headers({ authorization: "" })).toBe("AccessDenied");
  expect(refusal(put, { ...keys, secret: "another" }, now)).toBe("SignatureDoesNotMatch");
  expect(refusal(put, { ...keys, id: "another" }, now)).toBe("InvalidAccessKeyId");
  expect(refusal(put, { ...keys, region: "eu-test-1" }, now)).toBe("AuthorizationHeaderMalformed");
  expect(refusal(put, keys, now + 3_600_000)).toBe("RequestTimeTooSkewed");
});
