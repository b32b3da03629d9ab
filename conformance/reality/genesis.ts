/** Statistics of the shipped state of March 2023, under the names of the chain vectors. */
import { type Genesis2023, readGenesis2023 } from "../../scenarios/genesis-2023.ts";
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
