import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { hivelabBin } from "../lab/sweep/testing.ts";

test("a reader that goes away, as `head` does, ends no command and brings no trace", async () => {
  const child = spawn(process.execPath, [hivelabBin, "describe", "tables"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.destroy();
  let errors = "";
  child.stderr.on("data", (text: Buffer) => {
    errors += text;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect({ code, errors }).toEqual({ code: 0, errors: "" });
});
