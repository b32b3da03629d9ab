/** SHA-256 of texts, of which a sweep takes some for every run. */
import crypto from "node:crypto";

/** In hexadecimal. Since Node 20.12 a call needs no object, which takes most of the time. */
export const sha256OfText: (text: string) => string =
  typeof crypto.hash === "function"
    ? (text) => crypto.hash("sha256", text, "hex")
    : (text) => crypto.createHash("sha256").update(text).digest("hex");
