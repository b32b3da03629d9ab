/** Statistics of the shipped state of March 2023, under the names of the chain vectors. */
import { type Genesis2023, readGenesis2023 } from "../../scenarios/genesis-2023.ts";
import { taoFromRao } from "../../sim/amounts.ts";
import { type RealityCheck, realityCheck } from "./check.ts";
import { ascending, gini, percentile, sumOf, topShare } from "./wealth.ts";

const COMBINED_QUANTILES = [0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999];
const HOTKEY_QUANTILES = COMBINED_QUANTILES.slice(0, -1);
const HISTOGRAM_TAO = [100_000, 10_000, 1_000, 100, 10, 1, 0.1, 0.01, 0.001];

const counts = (values: Iterable<number>): Map<number, number> => {
  const result = new Map<number, number>();
  for (const value of values) result.set(value, (result.get(value) ?? 0) + 1);
  return result;
};

const percentiles = (amounts: readonly bigint[], quantiles: readonly number[]) =>
  Object.fromEntries(quantiles.map((q) => [q, percentile(amounts, q).toString()]));

/** Owners by wealth: how many hold at least the highest bound, then below each bound. */
function histogram(amounts: readonly bigint[]): Record<string, number> {
  const atLeast = (tao: number) => {
    const bound = BigInt(Math.round(tao * 1e9));
    return amounts.filter((rao) => rao >= bound).length;
  };
  const reach = [...HISTOGRAM_TAO.map(atLeast), amounts.length];
  return Object.fromEntries([
    [`>=${HISTOGRAM_TAO[0]}`, reach[0]],
    ...HISTOGRAM_TAO.map((tao, index) => [`<${tao}`, reach[index + 1] - reach[index]]),
  ]);
}

const rounded = (value: number): number => Number(value.toFixed(6));

export function genesisStatistics({ freeRao, hadAccount, neurons }: Genesis2023) {
  const wealth = [...freeRao];
  for (const { owner, stakeRao } of neurons) wealth[owner] += stakeRao;
  const stakes = neurons.map(({ stakeRao }) => stakeRao);
  const hotkeys = counts(neurons.map(({ owner }) => owner));
  const balances = [...freeRao].filter((_, owner) => hadAccount[owner]);
  return {
    coldkeys_with_stake: hotkeys.size,
    hotkeys: neurons.length,
    uids_min: 0,
    uids_max: neurons.length - 1,
    uids_unique: neurons.length,
    zero_stake_hotkeys: stakes.filter((rao) => rao === 0n).length,
    stake_total_rao: sumOf(stakes).toString(),
    balance_accounts: balances.length,
    balance_total_rao: sumOf(balances).toString(),
    balance_min_rao: ascending(balances)[0].toString(),
    grand_total_rao: sumOf(wealth).toString(),
    accounts_combined: wealth.length,
    overlap_coldkeys: [...hotkeys.keys()].filter((owner) => hadAccount[owner]).length,
    gini_combined: rounded(gini(wealth)),
    top10_share: rounded(topShare(wealth, 10)),
    top100_share: rounded(topShare(wealth, 100)),
    top1000_share: rounded(topShare(wealth, 1_000)),
    combined_percentiles_rao: percentiles(wealth, COMBINED_QUANTILES),
    hotkey_stake_percentiles_rao: percentiles(stakes, HOTKEY_QUANTILES),
    hotkeys_per_coldkey: Object.fromEntries(counts(hotkeys.values())),
    combined_histogram_tao: histogram(wealth),
    top20_combined_rao: ascending(wealth).slice(-20).reverse().map(String),
  };
}

export const shippedGenesisStatistics = () => genesisStatistics(readGenesis2023());

/** The published statistics of the snapshot (spec/token-economics.md section 10.1). */
export function genesisChecks(): RealityCheck[] {
  const ours = shippedGenesisStatistics();
  const tao = (text: string) => taoFromRao(BigInt(text));
  const hotkeyCounts = Object.keys(ours.hotkeys_per_coldkey).map(Number);
  const exact = (name: string, published: number, value: number) =>
    realityCheck(`March 2023: ${name}`, published, value, 0);
  const near = (name: string, published: number, value: number, bound: number) =>
    realityCheck(`March 2023: ${name}`, published, value, bound);
  return [
    exact("coldkeys with stake", 371, ours.coldkeys_with_stake),
    exact("hotkeys", 4_096, ours.hotkeys),
    exact("hotkeys without stake", 12, ours.zero_stake_hotkeys),
    exact("staked TAO", 2_361_517.466099541, tao(ours.stake_total_rao)),
    exact("wallets", 18_618, ours.balance_accounts),
    exact("free TAO", 1_819_812.196185399, tao(ours.balance_total_rao)),
    exact("owners", 18_636, ours.accounts_combined),
    exact("owners with both", 353, ours.overlap_coldkeys),
    exact("TAO in all", 4_181_329.66228494, tao(ours.grand_total_rao)),
    near("Gini coefficient", 0.9855, ours.gini_combined, 5e-5),
    near("share of the top 10", 0.247, ours.top10_share, 5e-4),
    near("share of the top 100", 0.756, ours.top100_share, 5e-4),
    near("share of the top 1000", 0.974, ours.top1000_share, 5e-4),
    near("TAO of the median owner", 0.055, tao(ours.combined_percentiles_rao[0.5]), 5e-4),
    near("TAO of the largest owner", 275_686, tao(ours.top20_combined_rao[0]), 0.5),
    exact("coldkeys with one hotkey", 179, ours.hotkeys_per_coldkey[1]),
    exact("hotkeys of the largest coldkey", 210, Math.max(...hotkeyCounts)),
  ];
}
