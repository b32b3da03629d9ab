/**
 * What a day brings to a holder of alpha, from the split of emission, root's proportion and the
 * alpha that earns. Source: spec/measured-chain.md section 5.
 */

import { countCell } from "../../scenarios/csv.ts";
import { BLOCKS_PER_DAY, RAO_PER_TAO } from "../../sim/amounts.ts";
import { splitAlphaOut } from "../../sim/bittensor/coinbase/terms.ts";
import { fromFloat, U96F32 } from "../../sim/fixed/fixed-point.ts";
import { type RealityCheck, realityCheck } from "./check.ts";
import { publishedCell, readFacts } from "./facts.ts";

const OWNER_CUT_U16 = 11_796;
const TEMPO_BLOCKS = 360;

/** Percent a day for alpha with a validator that takes nothing. `earningAlpha` is in alpha. */
export function yieldPercentPerDay(rootProportion: number, earningAlpha: number): number {
  const proportion = fromFloat(U96F32, rootProportion);
  const { validatorRao } = splitAlphaOut(RAO_PER_TAO, OWNER_CUT_U16, proportion);
  const perDay = (Number(validatorRao) / Number(RAO_PER_TAO)) * BLOCKS_PER_DAY;
  return (100 * perDay) / earningAlpha;
}

export function yieldChecks(): RealityCheck[] {
  const rows = readFacts("finney-yields", "yields.csv", {
    netuid: countCell(1, 65_535),
    root_proportion: publishedCell,
    earning_alpha: publishedCell,
    predicted_percent_per_day: publishedCell,
    observed_percent_per_day: publishedCell,
  });
  const checks = rows.flatMap((row) => {
    const { root_proportion: root, earning_alpha: alpha } = row;
    const ours = yieldPercentPerDay(root.value, alpha.value);
    // The published root proportion is rounded, and so is what was made of it.
    const input = (ours * root.halfUnit) / (1 - root.value);
    const { predicted_percent_per_day: predicted, observed_percent_per_day: observed } = row;
    return [
      realityCheck(
        `SN${row.netuid} yield, predicted, %/day`,
        predicted.value,
        ours,
        predicted.halfUnit + input,
      ),
      realityCheck(
        `SN${row.netuid} yield, observed, %/day`,
        observed.value,
        ours,
        observed.halfUnit + input,
      ),
    ];
  });
  const sn70 = rows.find((row) => row.netuid === 70);
  if (sn70 === undefined) throw new Error("yields.csv has lost its row of SN70");
  const perEpoch =
    (yieldPercentPerDay(sn70.root_proportion.value, sn70.earning_alpha.value) * TEMPO_BLOCKS) /
    BLOCKS_PER_DAY;
  const step = realityCheck(
    "SN70 growth at its epoch in block 9,240,582, %",
    0.0279,
    perEpoch,
    1e-4,
  );
  return [...checks, step];
}
