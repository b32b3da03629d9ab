/** A thread of a search: keeps the scenario's files and kernels for its next run. */
import { Piscina } from "piscina";
import { type Measured, type MeasureItem, type MeasureJob, Measurer } from "./measurer.ts";

let measurer: Measurer | null = null;

export default function work(items: readonly MeasureItem[]): Measured[] {
  measurer ??= new Measurer(Piscina.workerData as MeasureJob);
  return items.map((item) => measurer!.measure(item));
}
