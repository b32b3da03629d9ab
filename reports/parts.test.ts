import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { raoFromTao } from "../sim/amounts.ts";
import { logTicks } from "./charts/parts.ts";
import { bytes, date, dateTime, percent, signedPercent, significant, tao } from "./format.ts";
import { packFrame, rowsOf, unpackFrame } from "./frame.ts";
import { nextHalving } from "./halving.ts";
import { html, jsonForScript, raw } from "./html.ts";
import { epochBins } from "./neuron-grid.ts";
import { roleScale } from "./theme.ts";

describe("html", () => {
  test("escapes texts, keeps markup, joins lists and drops nothing's place", () => {
    const items = ["a<b", "\"c\" & 'd'"].map((item) => html`<li>${item}</li>`);
    expect(html`<ul>${items}</ul>${null}${1}${raw("<hr>")}`.markup).toBe(
      "<ul><li>a&lt;b</li><li>&quot;c&quot; &amp; &#39;d&#39;</li></ul>1<hr>",
    );
  });

  test("no data can end the script that holds it, and it stays the same data", () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (json, text) => {
        const data = [JSON.parse(json), `${text}</script><!--`];
        const { markup } = jsonForScript(data);
        expect(markup).not.toContain("<");
        expect(JSON.parse(markup)).toEqual(JSON.parse(JSON.stringify(data)));
      }),
    );
  });
});

describe("numbers for people", () => {
  test.each([
    [11_127_712.4, "11,127,712"],
    [1_000, "1,000"],
    [288, "288.00"],
    [0.0123456, "0.01235"],
    [0, "0.00"],
  ])("%d TAO is written %s", (amount, text) => {
    expect(tao(raoFromTao(amount))).toBe(text);
  });

  test("shares, changes, sizes and dates are in English and UTC", () => {
    expect([percent(0.1234), signedPercent(-0.05), signedPercent(0.5)]).toEqual([
      ...["12.3%", "\u22125.0%", "+50.0%"],
    ]);
    expect([significant(0.016166), significant(1234.56), significant(Number.NaN)]).toEqual([
      ...["0.01617", "1,235", "\u2013"],
    ]);
    expect([bytes(2_134), bytes(3_179_879)]).toEqual(["2.1 kB", "3.2 MB"]);
    expect(date("2026-08-28T23:59:59Z")).toBe("28 August 2026");
    expect(dateTime(Date.UTC(2026, 7, 28, 9, 14))).toBe("28 August 2026, 09:14 UTC");
  });
});

describe("frames", () => {
  test("come back as they were, but for doubles beyond six digits", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ a: fc.integer(), b: fc.constantFrom("x", "y", null) })),
        (rows) => {
          const frame = { a: rows.map(({ a }) => a), b: rows.map(({ b }) => b) };
          expect(unpackFrame(packFrame(frame))).toEqual(frame);
          expect(rowsOf(frame)).toEqual(rows);
        },
      ),
    );
    expect(packFrame({ share: [0.123456789, 1 / 3] })).toEqual({ share: [0.123457, 0.333333] });
  });

  test("a column that repeats itself is stored once a value", () => {
    expect(packFrame({ uid: [7, 7, 7, 9, 9, 9] })).toEqual({
      uid: { distinct: [7, 9], at: [0, 0, 0, 1, 1, 1] },
    });
  });
});

describe("the next halving", () => {
  const now = Date.UTC(2026, 8, 27);

  test("comes when the missing TAO are issued at the run's pace", () => {
    const estimate = nextHalving(raoFromTao(15_000_000), now, 3_600);
    expect(estimate).toEqual({
      thresholdTao: 15_750_000,
      time: now + (750_000 / 3_600) * 86_400_000,
    });
    expect(nextHalving(raoFromTao(1), now, 7_200)?.thresholdTao).toBe(10_500_000);
  });

  test("does not come where issuance does not grow", () => {
    expect(nextHalving(raoFromTao(15_000_000), now, 0)).toBeNull();
    expect(nextHalving(raoFromTao(21_000_000), now, 1)).toBeNull();
  });
});

describe("axes, bins and roles", () => {
  test.each([
    [
      [0.02, 0.12],
      [0.02, 0.03, 0.05, 0.07, 0.1],
    ],
    [
      [1, 1_663],
      [1, 10, 100, 1_000],
    ],
    [
      [0.003, 0.1],
      [0.005, 0.01, 0.02, 0.05, 0.1],
    ],
    [[0.101, 0.104], undefined],
  ])("a logarithmic axis over %j has round ticks", (values, ticks) => {
    expect(logTicks(values)).toEqual(ticks);
  });

  test("bins of epochs cover every epoch once and are nearly equal", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.integer({ min: 1, max: 200 }),
        (epochs, most) => {
          const bins = epochBins(epochs, most);
          const sizes = bins.map(({ from, to }) => to - from);
          expect(bins.length).toBe(Math.min(epochs, most));
          expect(sizes.reduce((a, b) => a + b, 0)).toBe(epochs);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  test("a role has its colour whoever else is there, and unknown roles have one too", () => {
    const { domain, range } = roleScale(["trader", "root", "miner"]);
    expect(domain).toEqual(["miner", "root", "trader"]);
    expect(range[0]).toBe(roleScale(["miner"]).range[0]);
    expect(new Set(range).size).toBe(3);
  });
});
