/** From a loaded scenario to what paths are computed from, and what is said about it. */
import type { LoadedPathScenario, StartingPool } from "../../scenarios/load-pool.ts";
import type { PoolSection } from "../../scenarios/pool-section.ts";
import { raoFromTao } from "../../sim/amounts.ts";
import { blockEmissionRao } from "../../sim/bittensor/emission/block-emission.ts";
import type { PathModel, PoolModel } from "./model.ts";

/** Moments of the bands, at most, where nobody says how many days lie between two. */
const USUAL_MOMENTS = 60;
const BLOCKS_PER_DAY = 7_200;

export interface AskedDays {
  readonly days?: number;
  readonly everyDays?: number;
}

export function pathModel(loaded: LoadedPathScenario, asked: AskedDays = {}): PathModel {
  const { scenario } = loaded;
  const { supply, questions } = scenario;
  const days = asked.days ?? Math.max(1, Math.round(supply.horizon_days));
  const { recycling } = supply;
  const pool = loaded.pool && poolModel(loaded.pool, scenario.pool!, supply.start.issuance_tao);
  const prices = questions?.price_below ?? [];
  return {
    seed: scenario.seed,
    days,
    everyDays: Math.min(days, asked.everyDays ?? Math.ceil(days / USUAL_MOMENTS)),
    issuanceTao: supply.start.issuance_tao,
    recycling: {
      meanShare: recycling.mean_share,
      meanDeviation: recycling.mean_deviation,
      dailyDeviation: recycling.daily_deviation,
      memoryDays: recycling.memory_days,
    },
    pool,
    priceBelow: pool === null ? [] : prices.length > 0 ? prices : [pool.tao / pool.alpha / 2],
  };
}

function poolModel(start: StartingPool, { flows }: PoolSection, issuanceTao: number): PoolModel {
  const { tao, alpha, emissionShare, boughtShare, alphaPerDay } = start;
  const price = tao / alpha;
  const newTaoPerDay = (Number(blockEmissionRao(raoFromTao(issuanceTao))) / 1e9) * BLOCKS_PER_DAY;
  const turnover = flows.turnover_share;
  const soldAlpha = flows.sold_alpha_per_day ?? flows.sell_share * alphaPerDay + turnover * alpha;
  const balanced = Math.max(0, soldAlpha * price - boughtShare * newTaoPerDay);
  return {
    ...{ tao, alpha, emissionShare, boughtShare },
    flows: {
      ...{ soldAlpha, spentTao: flows.spent_tao_per_day ?? balanced },
      meanDeviation: flows.mean_deviation,
      dailyDeviation: flows.daily_deviation,
      memoryDays: flows.memory_days,
    },
  };
}
