/** Quantiles in tables: of each level its value and the ends of its interval. */
import { LEVELS, type Quantile } from "./quantiles.ts";

const percentOf = (level: number): string => String(Math.round(level * 100)).padStart(2, "0");

/** `q05`, `q05_low`, `q05_high`, ... of `what`: runs, or paths. */
export const quantileColumns = (what: string) =>
  LEVELS.flatMap((level) => {
    const name = `q${percentOf(level)}`;
    return [
      [name, "f64", "", `${percentOf(level)} % of the ${what} are below`],
      [`${name}_low`, "f64", "", "a 95 % interval of that quantile, by order statistics: from"],
      [`${name}_high`, "f64", "", "... to"],
    ] as const;
  });

/** The cells of those columns. */
export const quantileCells = (quantiles: readonly Quantile[]): number[] =>
  quantiles.flatMap(({ value, low, high }) => [value, low, high]);
