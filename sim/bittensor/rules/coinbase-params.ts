/** The coinbase's parameters at a block, from the dated rules and values. */
import type { CoinbaseParams } from "../coinbase/block.ts";
import {
  movingPriceParamsOf,
  shareParamsOf,
  type ValueOverrides,
  valuesAt,
} from "./dated-values.ts";
import { rulesAt, type StartOverrides } from "./timeline.ts";

export function coinbaseParamsAt(
  block: number,
  starts: StartOverrides = {},
  overrides: ValueOverrides = {},
): CoinbaseParams {
  const rules = rulesAt(block, starts);
  const values = valuesAt(block, overrides, starts);
  return {
    shares: rules.shares,
    shareParams: shareParamsOf(values),
    movingPrice: movingPriceParamsOf(values),
    taoWeight: values.taoWeight,
    ownerCutU16: values.ownerCutU16,
    injection: rules.injection,
    closedSubnetsEmit: rules.closedSubnetsEmit,
    pool: rules.pool,
    alphaInCap: rules.alphaInCap,
    surplus: rules.surplus,
    boughtAlpha: rules.boughtAlpha,
    rootSellFlag: rules.rootSellFlag,
  };
}
