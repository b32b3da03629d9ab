// The browser that checks and pictures of the report use: Debian's, or the one named by CHROMIUM.
import { existsSync } from "node:fs";

const usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Path of the browser; without one, says so in one line and exits with 1. */
export function findChromium() {
  const named = process.env.CHROMIUM;
  const path = named ? (existsSync(named) ? named : undefined) : usual.find(existsSync);
  if (path) return path;
  console.error(
    named
      ? `CHROMIUM=${named} is no file`
      : "no Chromium here: `apt-get install chromium`, or name one with CHROMIUM=/path/to/chromium",
  );
  process.exit(1);
}

/** No sandbox and no network of its own: it opens one local file and nothing else. */
export const chromiumFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
