/**
 * Finney before dTAO: what root's weights gave a subnet, what subnets cost, and a simulated week
 * beside the published pace of issuance, registrations and yields.
 * Source: spec/token-economics.md sections 2.4 and 6.3; data/finney-root-2024.
 */
import { join } from "node:path";
import { countCell, flagCell, textCell } from "../../scenarios/csv.ts";
import { buildRootEraWorld } from "../../scenarios/root-era/build.ts";
import { type LoadedRootEraScenario, loadRootEraScenario } from "../../scenarios/root-era/load.ts";
import type { CapturedRoot } from "../../scenarios/root-era/state.ts";
import { scenariosFolder } from "../../scenarios/shipped.ts";
import { raoFromTao, taoFromRao } from "../../sim/amounts.ts";
import { rootWeightShares } from "../../sim/bittensor/emission/root-weights.ts";
import { rootEraCalendar } from "../../sim/bittensor/root-era/calendar.ts";
import { rootEraParametersAt, rootWeightParams } from "../../sim/bittensor/root-era/parameters.ts";
import { lockCostRao } from "../../sim/bittensor/subnets/lock-cost.ts";
import { exactCheck, type RealityCheck, realityCheck } from "./check.ts";
import { publishedCell, readFacts } from "./facts.ts";

const FOLDER = "finney-root-2024";

/** Published figures of the time, by name. */
export const rootEraFacts = (): Map<string, number> =>
  new Map(
    readFacts(FOLDER, "facts.csv", { name: textCell(60), value: publishedCell }).map(
      ({ name, value }) => [name, value.value],
    ),
  );

/** Ten days before pools came, and without neurons: a few seconds. */
function loadWeek(): LoadedRootEraScenario {
  const path = join(scenariosFolder, "root-weights-2024.yaml");
  return loadRootEraScenario(path, [
    "chain.detailed_subnets=[]",
    "chain.horizon_days=10",
    "recording.every_blocks=7200",
  ]);
}

/** Prices follow from the last registration, to the rao; every one was captured. */
export function lockPriceChecks(): RealityCheck[] {
  const rows = readFacts(FOLDER, "lock-prices.csv", {
    block: countCell(0, 4_920_350),
    tao: publishedCell,
    registered: flagCell,
  });
  const { minLockRao, lockReductionBlocks, subnetRateLimitBlocks } = rootEraParametersAt(4_000_000);
  const priceAt = (last: { rao: bigint; block: number }, block: number) =>
    lockCostRao(last.rao, last.block, block, minLockRao, BigInt(lockReductionBlocks));
  let last = { rao: raoFromTao(rows[0].tao.value), block: rows[0].block };
  return rows.slice(1).flatMap(({ block, tao, registered }): RealityCheck[] => {
    const wanted = raoFromTao(tao.value);
    // A month without captures begins anew.
    const isChained = block - last.block < 100_000;
    // In July subnets came as fast as they may; of two in a row the first was later replaced.
    if (isChained && block - last.block === 2 * subnetRateLimitBlocks) {
      const between = last.block + subnetRateLimitBlocks;
      last = { rao: priceAt(last, between), block: between };
    }
    const ours = priceAt(last, block);
    if (registered) last = { rao: wanted, block };
    return isChained ? [exactCheck(`lock price at block ${block}`, wanted, ours, 1e9)] : [];
  });
}

/** What subnet 19 paid in an epoch, from root's weights 57 blocks before. */
export function rootShareChecks(): RealityCheck[] {
  const published = rootEraFacts();
  const state = loadWeek().state as CapturedRoot;
  const parameters = rootEraParametersAt(state.block);
  const netuids = [0, ...state.subnets.map(({ netuid }) => netuid)];
  const validators = state.validators.map(({ stakeRao, weights }) => {
    const weightOf = new Map(weights.map(({ netuid, weight }) => [netuid, weight]));
    return { stakeRao, weights: netuids.map((netuid) => weightOf.get(netuid) ?? 0) };
  });
  const epochTao = (rootRho: number): number => {
    const params = rootWeightParams({ ...parameters, rootRho });
    const share = rootWeightShares(validators, netuids.length, params)[netuids.indexOf(19)];
    const kept = 1 - parameters.ownerCutU16 / 65_535;
    // An epoch every tempo + 1 = 361 blocks of one TAO each.
    return (Number(share) / 2 ** 64) * 361 * kept;
  };
  const wanted = published.get("epoch_of_subnet_19_tao") as number;
  const ours = epochTao(parameters.rootRho);
  const half = published.get("miners_of_subnet_19_tao") as number;
  const other = published.get("validators_of_subnet_19_tao") as number;
  const error = Math.abs(ours - wanted);
  const worse = [5, 30].map((rho) =>
    realityCheck(
      `the error as part of that with rho ${rho}`,
      0,
      error / Math.abs(epochTao(rho) - wanted),
      0.1,
    ),
  );
  return [
    // Weights are published with four decimals of a per cent.
    realityCheck("subnet 19, TAO in the epoch of block 4,336,192", wanted, ours, 0.005),
    realityCheck("of it to miners", half, ours / 2, 0.005),
    realityCheck("of it to validators", other, ours / 2, 0.005),
    ...worse,
  ];
}

/** A simulated week and a half beside published paces. */
export function rootPaceChecks(): RealityCheck[] {
  const published = rootEraFacts();
  const at = (name: string) => published.get(name) as number;
  const loaded = loadWeek();
  const { world, chain } = buildRootEraWorld(loaded, { sink: { append() {} } });
  const days = loaded.scenario.chain.horizon_days;
  const startTao = taoFromRao(chain.ledger.totalIssuanceRao);
  world.run();
  chain.checkBooks();
  const grown = (taoFromRao(chain.ledger.totalIssuanceRao) - startTao) / days;
  const blocks = rootEraCalendar.blockAt(Date.parse("2025-01-14")) - 4_106_956;
  const pace = ((at("issued_tao_on_2025_01_14") - at("issued_tao_at_4106956")) / blocks) * 7_200;
  const { dividendsRao, rewards } = chain.epochs;
  const dividends = dividendsRao.reduce((sum, rao) => sum + (rao ?? 0), 0) / 1e9;
  const gross = ((dividends / days) * 365) / taoFromRao(chain.stakes.stakedRao);
  const earned = (role: "owner" | "miner") =>
    chain.netuids.reduce((sum, netuid) => sum + taoFromRao(rewards.totalRao(netuid, role)), 0);
  const [owners, miners] = [earned("owner"), earned("miner")];
  const all = owners + miners + dividends;
  const yieldCheck = (take: number, name: string) =>
    realityCheck(`yield to stakers at ${take} % take`, at(name), gross * (1 - take / 100), 0.02);
  return [
    realityCheck("TAO issued a day, October 2024 to January 2025", pace, grown, 250),
    realityCheck(
      "TAO destroyed a day for places in subnets",
      at("registrations_tao_a_day"),
      taoFromRao(chain.ledger.recycledRao) / days,
      90,
    ),
    yieldCheck(9, "yield_at_9_per_cent_take"),
    yieldCheck(18, "yield_at_18_per_cent_take"),
    realityCheck("owners' part of what subnets paid", 0.18, owners / all, 0.001),
    realityCheck("miners' part", 0.41, miners / all, 0.001),
    realityCheck("validators' part, with their stakers", 0.41, dividends / all, 0.001),
  ];
}

export const rootEraChecks = (): RealityCheck[] => [
  ...rootShareChecks(),
  ...lockPriceChecks(),
  ...rootPaceChecks(),
];
