/** What is known and what is assumed about paths, in sentences for manifest and page. */
import type { LoadedPathScenario } from "../../scenarios/load-pool.ts";
import type { PathModel } from "./model.ts";

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;
const count = (value: number): string => Math.round(value).toLocaleString("en");

export function pathAssumptions(
  { pool, scenario }: LoadedPathScenario,
  { pool: model }: PathModel,
): string[] {
  const lines = [
    "A day's recycled share is an autoregressive path around a mean that differs from path to path. " +
      "Captured intervals show 1 to 3.5 % since August 2026, not what shape it has. Path k is run " +
      "`seed/k` of `hivelab ensemble`.",
    "Days have 7,200 blocks of 12 seconds; real blocks took 12.0 to 12.1.",
    "Quantiles are linear between neighbours; their intervals are order statistics, those of chances " +
      "Wilson's. They show chance within these assumptions, not whether these are right.",
  ];
  if (pool === null || model === null) return lines;
  const { flows } = model;
  const { flows: given, state } = scenario.pool!;
  const days = Math.abs(pool.block - scenario.supply.start.block) / 7_200;
  return [
    ...lines,
    `Pool of subnet ${pool.netuid}${pool.name ? ` (${pool.name})` : ""}: ${count(model.tao)} TAO and ` +
      `${count(model.alpha)} alpha, from ${state}${days >= 1 ? `, ${count(days)} days away from the supply's start` : ""}. ` +
      "Weights are even, no fee.",
    `Of all new TAO ${percent(model.emissionShare)} is injected with alpha and ${percent(model.boughtShare)} buys ` +
      "alpha, as in the captured block unless set, and stays so: in the chain both follow prices and rules.",
    `People sell ${count(flows.soldAlpha)} alpha and spend ${count(flows.spentTao)} TAO in the mean of a day. ` +
      "Neither is known ahead: unless set, the first is a share of the emission and a turnover, the second what " +
      "would hold the starting price together with chain buys.",
    `Both flows are log-normal and independent, with memory of ${given.memory_days} days around a mean that ` +
      "differs from path to path. They do not answer to the price, so that a price far off comes back towards " +
      "the flows' ratio. Only the size of daily moves is measured (5.3 % across subnets, June to October 2026), " +
      "and by default flows are sized to give about that; the rest of their shape is assumed.",
  ];
}
