import { afterEach, describe, expect, test } from "vitest";
import {
  neuronsTable,
  registrationPricesTable,
  registrationsTable,
} from "../../sim/bittensor/tables.ts";
import type { RecordSink } from "../../sim/records.ts";
import { isDrawn } from "../chart.ts";
import { rowsOf } from "../frame.ts";
import type { Html } from "../html.ts";
import { makeUpRun, smallSize } from "../testing/made-up-run.ts";
import { type StoredRun, storeRun } from "../testing/stored-run.ts";
import { judgeSections } from "./judges.ts";
import { registrationSections } from "./registrations.ts";

let stored: StoredRun | null = null;
afterEach(() => stored?.remove());

const FIRST_BLOCK = 8_957_880;
const TIME = Date.UTC(2026, 8, 1);
const TAO = 1_000_000_000n;

async function sectionsOf<Sections>(
  fill: (sink: RecordSink) => void,
  read: (run: StoredRun["run"]) => Sections,
): Promise<Sections> {
  stored = await storeRun((sink) => {
    makeUpRun(sink, smallSize);
    fill(sink);
  });
  return read(stored.run);
}

const textOf = ({ markup }: Html) => markup.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

describe("the section on registrations", () => {
  const came = (sink: RecordSink, role: string, cost: bigint, replaced: string | null, pay = 0n) =>
    sink.append(registrationsTable, [
      ...[FIRST_BLOCK + 100, TIME, 15, 7, "h", "c", role, cost, cost * 20n, 0n],
      ...(replaced ? ["old", replaced, pay, 9_000] : [null, null, null, null]),
    ]);

  test("adds up what each role paid and whom it replaced", async () => {
    const [section] = await sectionsOf((sink) => {
      came(sink, "miner", TAO, null);
      came(sink, "spammer", 2n * TAO, "miner", 5n);
      came(sink, "spammer", 4n * TAO, "miner");
      came(sink, "spammer", 6n * TAO, "spammer");
    }, registrationSections);
    const text = textOf(section.body);
    expect(text).toContain("4 neurons registered and paid 13 TAO");
    expect(text).toContain("spammer 3 12 4 240 1");
    expect(text).toContain("came a free uid miner spammer spammer 0 2 1 miner 1 0 0");
  });

  test("draws the price and the registrations per day", async () => {
    const [section] = await sectionsOf((sink) => {
      came(sink, "miner", TAO, null);
      for (const [k, price] of [TAO, 3n * TAO, TAO / 2n].entries()) {
        const block = FIRST_BLOCK + 1_800 * (k + 1);
        sink.append(registrationPricesTable, [block, TIME + k * 21_600_000, 15, price, 1, 256]);
      }
    }, registrationSections);
    const [prices, counts] = section.charts;
    if (!isDrawn(prices) || !isDrawn(counts)) throw new Error("not drawn");
    const drawn = (data: object) => rowsOf(Object.values(data)[0]);
    expect(drawn(prices.data).map(({ price }) => price)).toEqual([1, 3, 0.5]);
    const total = drawn(counts.data).reduce((sum, { value }) => sum + Number(value), 0);
    expect(total).toBeGreaterThan(0);
  });

  test("is left out where nobody registered", async () => {
    expect(await sectionsOf(() => {}, registrationSections)).toEqual([]);
  });
});

describe("the section on validators that copy", () => {
  const epoch = (sink: RecordSink, block: number, uid: number, role: string, d: number) =>
    sink.append(neuronsTable, [
      ...[block, TIME, 21, 0, uid, role, 20_000, 0, 0, d, 60_000, 0n, true, true],
    ]);

  test("says what copying brings for the same stake", async () => {
    const sections = await sectionsOf((sink) => {
      for (const block of [FIRST_BLOCK + 360, FIRST_BLOCK + 720]) {
        epoch(sink, block, 1, "validator", 20_000);
        epoch(sink, block, 2, "copier", block === FIRST_BLOCK + 360 ? 14_000 : 22_000);
      }
    }, judgeSections);
    expect(sections.map(({ id }) => id)).toEqual(["validators-21"]);
    const text = textOf(sections[0].body);
    expect(text).toContain(
      "were paid 10.0% less than those that scored the miners; 10.0% more in the second half",
    );
    expect(text).toContain("2 copies 30.5% 27.5% 0.9 0.9155");
  });

  test("is left out where nobody copies", async () => {
    expect(await sectionsOf(() => {}, judgeSections)).toEqual([]);
  });
});
