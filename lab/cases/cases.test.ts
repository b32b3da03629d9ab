import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { loadCase } from "../../scenarios/cases/load.ts";
import { runLoadedCase, totals } from "./run.ts";

const casesFolder = fileURLToPath(new URL("../../scenarios/cases/", import.meta.url));
const shipped = readdirSync(casesFolder).filter((file) => file.endsWith(".yaml"));
const vectors = JSON.parse(
  gunzipSync(
    readFileSync(
      new URL("../../conformance/vectors/yuma/epoch_yuma3.json.gz", import.meta.url),
    ) as never,
  ).toString(),
);

/** Dividends of A, B, C in the chain's own asserted tests; null = not asserted in that epoch. */
const asserted: Record<string, { record: string; version: string; dividends: string }> = {
  "kappa-moves-first": {
    ...{ record: "kappa_moves_first", version: "yuma3-liquid" },
    dividends:
      ".8 .1 .1; 1 0 0; .9382 .0618 0; .8819 .0773 .0407; .8564 .0844 .0592; .8418 .0884 .0697",
  },
  "kappa-moves-second": {
    ...{ record: "kappa_moves_second", version: "yuma3-liquid" },
    dividends:
      ".8 .1 .1; .8446 .0498 .1056; .6868 .3132 0; .7421 .2090 .0489; .7625 .1706 .0669; .7730 .1508 .0762",
  },
  "kappa-moves-last": {
    ...{ record: "kappa_moves_last", version: "yuma3-liquid" },
    dividends:
      ".8 .1 .1; .8446 .0498 .1056; .8966 .0333 .0701; .4663 .3210 .2127; .5976 .2340 .1683; .6592 .1932 .1475",
  },
  "one-epoch-defector": {
    ...{ record: "one_epoch_switch", version: "yuma3-liquid" },
    dividends:
      ".33 .33 .34; .33 .33 .34; .3782 .3782 .2436; .3628 .3628 .2745; .3541 .3541 .2917; .3487 .3487 .3026",
  },
  "one-epoch-defector without liquid alpha": {
    ...{ record: "liquid_alpha_disabled", version: "yuma3" },
    dividends:
      ".33 .33 .34; .33 .33 .34; .3734 .3734 .2532; .3611 .3611 .2779; .3541 .3541 .2919; .3495 .3495 .3009",
  },
  "stable-miner": {
    ...{ record: "stable_miner", version: "yuma3-liquid" },
    dividends:
      ".8 .1 .1; .8226 .0745 .1028; .7750 .1685 .0565; .7864 .1372 .0764; .7912 .1241 .0847; .7937 .1173 .0890",
  },
  "bonds-reset": {
    ...{ record: "bonds_reset", version: "yuma3-liquid" },
    dividends: ".8 .1 .1; .8944 .0528 .0528; .5230 .2385 .2385",
  },
};

const caseResults = (file: string, version: string) =>
  runLoadedCase(loadCase(`${casesFolder}${file}.yaml`, [], [version])).versions[0].results;

describe("the shipped cases are the chain's own tests of Yuma 3", () => {
  test.each(Object.entries(asserted))("%s", (name, { record, version, dividends }) => {
    const results = caseResults(name.split(" ")[0], version);
    for (const [epoch, row] of dividends.split("; ").entries()) {
      for (const [validator, value] of row.split(" ").entries()) {
        const off = Math.abs(results[epoch].dividends[validator] - Number(value));
        expect(off).toBeLessThanOrEqual(1e-3);
      }
    }
    expect(exactDifferences(record, results)).toEqual([]);
  });

  test("bonds-reset, up to the last epoch", () => {
    const results = caseResults("bonds-reset", "yuma3-liquid");
    const largest = (epoch: number) => results[epoch].dividends[0];
    for (const [epoch, value] of [
      [19, 0.7919],
      [20, 0.7928],
      [21, 0.8467],
      [40, 0.7928],
    ]) {
      expect(Math.abs(largest(epoch) - value)).toBeLessThanOrEqual(1e-3);
    }
  });
});

/** Epochs in which u16 dividends, incentive or bonds are not those that the chain's code gave. */
function exactDifferences(record: string, results: ReturnType<typeof caseResults>): number[] {
  const { steps } = vectors.records.find(
    ({ id }: { id: string }) => id === `test_yuma_3_${record}/sparse`,
  );
  // The first epoch there hands out permits.
  const epochs = steps.filter(({ op }: { op: string }) => op === "epoch").slice(1);
  expect(epochs.length).toBeGreaterThan(4);
  const u16 = (fractions: readonly number[]) =>
    fractions.map((value) => Math.round(value * 65_535));
  return epochs.flatMap(({ derived }: { derived: Record<string, never[]> }, epoch: number) => {
    const ours = results[epoch];
    const validators = ours.dividends.length;
    const bonds = ours.bonds.map((row, v) => {
      const wanted = new Map<number, number>(derived.bonds[v]);
      return u16(row).every((bond, s) => bond === (wanted.get(validators + s) ?? 0));
    });
    const same =
      `${u16(ours.dividends)}` === `${derived.dividends.slice(0, validators)}` &&
      `${u16(ours.incentive)}` === `${derived.incentive.slice(validators)}` &&
      bonds.every(Boolean);
    return same ? [] : [epoch];
  });
}

test.each(shipped)("%s runs under every version, and dividends sum to at most one", (file) => {
  const run = runLoadedCase(
    loadCase(`${casesFolder}${file}`, ["epochs=25"].slice(shortened(file))),
  );
  expect(run.versions.map(({ name }) => name).slice(0, 2)).toEqual(["yuma1-textbook", "yuma2"]);
  for (const { results } of run.versions) {
    for (const { dividends } of results) {
      expect(dividends.reduce((sum, value) => sum + value, 0)).toBeLessThanOrEqual(1 + 1e-12);
    }
  }
});

/** Only the captured subnet takes long, and nothing in it is bound to an epoch. */
const shortened = (file: string): number => (file === "subnet-15.yaml" ? 0 : 1);

test("who moves first to the new best miner earns more for stake than who comes after", () => {
  const run = runLoadedCase(loadCase(`${casesFolder}kappa-moves-first.yaml`, [], ["yuma3"]));
  const [a, b, c] = totals(run, run.versions[0].results, 100).map((one) => one.perThousandTao);
  expect(a).toBeGreaterThan(b);
  expect(b).toBeGreaterThan(c);
});

test("who copies the consensus earns less for stake than all who lead or follow", () => {
  const run = runLoadedCase(loadCase(`${casesFolder}weight-copiers.yaml`, [], ["yuma3-liquid"]));
  const all = totals(run, run.versions[0].results, 100).map((one) => one.perThousandTao);
  expect(Math.min(...all.slice(0, 3))).toBeGreaterThan(Math.max(...all.slice(3)));
  expect(all[3]).toBeGreaterThan(all[4]);
});
