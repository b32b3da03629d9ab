// Makes data/finney-5373800, the network in April 2025, from two tables of the time. Kept so that
// anyone can see how each number was made; neither the build nor a test runs it.
//
//   node scripts/make-data-2025.mjs POOLS.csv PRICES.csv.gz LATER.csv data/finney-5373800
//
// POOLS.csv: pools of block 5,373,800 (netuid, total_tao, alpha_in_pool, alpha_staked, startup_mode).
// PRICES.csv.gz: hourly spot prices (block, ..., sn1, sn2, ...). LATER.csv: subnets.csv of
// data/finney-8957880, for the tempo and the first blocks of subnets that still stood then.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const BLOCK = 5_373_800;
/** First emission block that the chain gave to all subnets of that time, captured later. */
const AGE_COUNTED_FROM = 5_228_683;
const MOVING_ALPHA = 0.0003;
const HALVING_BLOCKS = 201_600;
/** SubnetTAO and issuance of block 6,812,152; each block between minted one TAO. */
const LATER_BLOCK = 6_812_152;
const LATER_ISSUANCE_RAO = 10_238_806_730_295_346n;
const TAO_WEIGHT_U96F32 = (3_320_413_933_267_719_290n << 32n) / ((1n << 64n) - 1n);

const [poolsFile, pricesFile, laterFile, folder] = process.argv.slice(2);

function readTable(text) {
  const [header, ...lines] = text.trim().split(/\r?\n/);
  const names = header.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ""]));
  });
}

const pools = readTable(readFileSync(poolsFile, "utf8"));
const prices = readTable(gunzipSync(readFileSync(pricesFile)).toString());
const later = new Map(readTable(readFileSync(laterFile, "utf8")).map((row) => [row.netuid, row]));

/** The subnet of a later capture, where the slot has not been given to another since. */
const laterOf = (netuid) => {
  const row = later.get(netuid);
  return row && Number(row.registered_at_block) < BLOCK ? row : undefined;
};

const priceSeries = (netuid) =>
  prices
    .filter((row) => row[`sn${netuid}`])
    .map((row) => ({ block: Number(row.block), price: Number(row[`sn${netuid}`]) }));

/** Prices above one are those of subnets that have not started. */
const firstEmissionBlock = (netuid) => {
  const captured = laterOf(netuid)?.first_emission_block;
  if (captured) return Number(captured);
  const first = priceSeries(netuid).find(({ price }) => price < 1);
  return first ? Math.max(AGE_COUNTED_FROM, first.block) : BLOCK;
};

/** The moving price rule, a price holding until the next one is known. */
function movingPrice(netuid, first) {
  const series = priceSeries(netuid).filter(({ block }) => block <= BLOCK);
  let average = 0;
  series.forEach(({ block, price }, i) => {
    const from = Math.max(block, first);
    const until = series[i + 1]?.block ?? BLOCK;
    if (until <= from) return;
    const [a, b] = [from - first + 1, until - first + 1];
    const weights =
      MOVING_ALPHA *
      (b - a - HALVING_BLOCKS * Math.log((b + HALVING_BLOCKS) / (a + HALVING_BLOCKS)));
    const kept = Math.exp(-weights);
    average = average * kept + Math.min(price, 1) * (1 - kept);
  });
  return average;
}

const rootRao = BigInt(pools.find(({ netuid }) => netuid === "0").total_tao);

function subnetRow({ netuid, total_tao, alpha_in_pool, alpha_staked, startup_mode }) {
  const started = startup_mode === "False";
  const first = started ? firstEmissionBlock(netuid) : "";
  const issuance = BigInt(alpha_in_pool) + BigInt(alpha_staked);
  const rootWeight = rootRao * TAO_WEIGHT_U96F32;
  const bits = started ? Math.floor(movingPrice(netuid, first) * 2 ** 32) : 0;
  return [
    ...[netuid, "", total_tao, alpha_in_pool, alpha_staked, 0, 500_000_000_000_000_000n, bits, 0],
    (rootWeight << 32n) / (rootWeight + (issuance << 32n)),
    ...[laterOf(netuid)?.tempo_blocks ?? 360, started, true, true],
    ...[laterOf(netuid)?.registered_at_block ?? 0, first],
  ];
}

const rows = pools
  .filter(({ netuid }) => netuid !== "0")
  .sort((a, b) => a.netuid - b.netuid)
  .map(subnetRow);
const issuanceRao = LATER_ISSUANCE_RAO - BigInt(LATER_BLOCK - BLOCK) * 1_000_000_000n;
const about = {
  format: "hivelab-bittensor-state-1",
  source:
    "pools of block 5373800 (Finney) as an interface documented in taostat/taostats-docs@35491b4 answered; moving prices and issuance derived (SOURCE.md)",
  block: BLOCK,
  block_hash: null,
  time_utc: "2025-04-17T21:13:36.000Z",
  spec_version: 261,
  total_issuance_rao: String(issuanceRao),
  root_tao_rao: String(rootRao),
  subnet_limit: "128",
  immunity_period_blocks: "1296000",
  registration_rate_limit_blocks: "28800",
  last_registration_block: "5370681",
  last_lock_cost_rao: "1000000000",
  min_lock_cost_rao: "1000000000",
  lock_reduction_interval_blocks: "57600",
};

const header = readFileSync(laterFile, "utf8").split("\n")[0];
mkdirSync(folder, { recursive: true });
writeFileSync(
  join(folder, "subnets.csv"),
  `${[header, ...rows.map((row) => row.join(","))].join("\n")}\n`,
);
writeFileSync(join(folder, "about.json"), `${JSON.stringify(about, null, 2)}\n`);
