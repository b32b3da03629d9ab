/**
 * The economy's parameters as the chain's code sets them where nothing is stored. What the live
 * chain had stored at which block is in dated-parameters.ts.
 * Source: spec/token-economics.md sections 2.5, 2.6, 8; spec/recent-rules.md section 1.1.
 */
import { fromFloat, U64F64 } from "../../fixed/fixed-point.ts";
import type { MovingPriceParams } from "../emission/moving-price.ts";
import type { ShareParams } from "./share-rule.ts";

/** tau, over 2^64 - 1: 0.0526770. */
export const DEFAULT_TAO_WEIGHT = 971_718_665_099_567_868n;
/** 18 per cent, over 65,535. */
export const DEFAULT_OWNER_CUT_U16 = 11_796;

/** SubnetMovingAlpha 0.000003 as I96F32, half of it after 28 days. */
export const defaultMovingPrice: MovingPriceParams = {
  movingAlphaBits: 12_885n,
  halvingBlocks: 201_600,
};

export const defaultShareParams: ShareParams = {
  gate: {
    exponentBits: fromFloat(U64F64, 3),
    barRank: 32,
    barQuantileBits: fromFloat(U64F64, 0.61),
    refreshBlocks: 360,
  },
  flow: {
    smoothingFactor: 29_597_889_189_277n,
    cutoffBits: 0n,
    exponentBits: U64F64.oneBits,
    netFlow: true,
  },
};
