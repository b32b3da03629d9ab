import { expect, test } from "vitest";
import { screenOf, table } from "./layout.ts";

const head = ["name", "meaning"];
const rows = [
  ["gate", "whether the Hill gate cuts the shares of small subnets"],
  ["gate_refresh_blocks", "blocks between two settings of the bar"],
];

test("piped, a table is plain text without a limit on its width", () => {
  const screen = screenOf({ isTTY: false, columns: 20, env: {} });
  expect(table(head, rows, screen).split("\n")).toEqual([
    "name                 meaning",
    "gate                 whether the Hill gate cuts the shares of small subnets",
    "gate_refresh_blocks  blocks between two settings of the bar",
  ]);
});

test("on a terminal, words are wrapped within its width and names stay whole", () => {
  const screen = screenOf({ isTTY: true, columns: 50, env: { NO_COLOR: "1" } });
  expect(table(head, rows, screen).split("\n")).toEqual([
    "name                 meaning",
    "gate                 whether the Hill gate cuts",
    "                     the shares of small subnets",
    "gate_refresh_blocks  blocks between two settings",
    "                     of the bar",
  ]);
});

test("the head is bold only on a terminal that wants it", () => {
  const bold = (env: NodeJS.ProcessEnv) => screenOf({ isTTY: true, columns: 80, env }).bold;
  expect(bold({})).toBe(true);
  expect(bold({ NO_COLOR: "1" })).toBe(false);
  expect(bold({ TERM: "dumb" })).toBe(false);
  const screen = screenOf({ isTTY: true, columns: 80, env: {} });
  expect(table(head, rows, screen)).toContain("\u001b[1mname\u001b[22m");
});
