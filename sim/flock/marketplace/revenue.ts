/**
 * Where paid inference goes: hard compute costs first, then buybacks, treasury and issuer; on the
 * API platform half of it to the trainer. Micro-USD. Source: spec/flock.md section 4; the shares
 * are not published (U).
 */
import { scaledFraction } from "../amounts.ts";
import type { FlockParameters } from "../parameters.ts";

const BASE = 1_000_000n;

export interface RevenueSplit {
  readonly compute: bigint;
  readonly modelBuyback: bigint;
  readonly flockBuyback: bigint;
  readonly treasury: bigint;
  readonly issuer: bigint;
}

/** A token model's revenue. Throws RangeError when the three shares are more than one. */
export function splitTokenRevenue(
  usdMicro: bigint,
  rules: FlockParameters["marketplace"],
): RevenueSplit {
  const part = (share: number) => scaledFraction(share, BASE);
  const shares = [rules.modelBuybackShare, rules.flockBuybackShare, rules.treasuryRevenueShare];
  if (shares.reduce((sum, share) => sum + part(share), 0n) > BASE) {
    throw new RangeError(
      "marketplace: modelBuybackShare, flockBuybackShare and treasuryRevenueShare are more than 1",
    );
  }
  const compute = (usdMicro * part(rules.computeCostShare)) / BASE;
  const net = usdMicro - compute;
  const [modelBuyback, flockBuyback, treasury] = shares.map((share) => (net * part(share)) / BASE);
  const issuer = net - modelBuyback - flockBuyback - treasury;
  return { compute, modelBuyback, flockBuyback, treasury, issuer };
}

/** A model on the API platform, without a token: the trainer's share, costs, then FLOCK and treasury. */
export function splitApiRevenue(
  usdMicro: bigint,
  rules: FlockParameters["marketplace"],
): RevenueSplit {
  const part = (share: number) => scaledFraction(share, BASE);
  const issuer = (usdMicro * part(rules.apiTrainerShare)) / BASE;
  const wanted = (usdMicro * part(rules.computeCostShare)) / BASE;
  const compute = wanted < usdMicro - issuer ? wanted : usdMicro - issuer;
  const net = usdMicro - issuer - compute;
  const buyback = part(rules.flockBuybackShare);
  const treasury = part(rules.treasuryRevenueShare);
  const flockBuyback = buyback + treasury === 0n ? 0n : (net * buyback) / (buyback + treasury);
  return { compute, modelBuyback: 0n, flockBuyback, treasury: net - flockBuyback, issuer };
}
