// Makes data/finney-root-2024 from published tables of the network before dTAO. Kept so that anyone
// can see how each number was made; neither the build nor a test runs it.
//
//   node scripts/make-root-state.mjs FOLDER data/finney-root-2024
//
// FOLDER: the tables root_metagraph_block4336135.csv, validators_top50_block4107250.csv,
// subnets_hyperparams_block4107450.csv and subnet_registrations_2024-10.csv of taostats' documentation.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [source, folder] = process.argv.slice(2);
if (!source || !folder) {
  console.error("usage: make-root-state.mjs FOLDER OUT");
  process.exit(2);
}

/** Rows as objects; none of these tables quotes a comma outside of names that are not read. */
const table = (name) => {
  const [head, ...lines] = readFileSync(join(source, name), "utf8").trim().split(/\r?\n/);
  const columns = head.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(columns.map((column, i) => [column, cells[i]]));
  });
};
const csv = (header, rows) => `${[header, ...rows].map((row) => row.join(",")).join("\n")}\n`;

const root = table("root_metagraph_block4336135.csv");
const top = new Map(table("validators_top50_block4107250.csv").map((row) => [row.hotkey, row]));
const netuids = Object.keys(root[0])
  .filter((name) => /^w_\d+$/.test(name))
  .map((name) => Number(name.slice(2)));

// Addresses become numbers: uid is the seat on root.
const validators = root.map(({ uid, hotkey, stake }) => {
  const known = top.get(hotkey);
  const take = known ? Math.round(Number(known.take) * 65_535) : "";
  return [uid, stake, take, known?.validator_stake ?? "", known?.nominators ?? ""];
});
// Weights are published in per cent with four decimals.
const weights = root.flatMap((row) =>
  netuids
    .map((netuid) => [row.uid, netuid, Math.round(Number(row[`w_${netuid}`]) * 10_000)])
    .filter(([, , weight]) => weight > 0),
);

const hyper = new Map(
  table("subnets_hyperparams_block4107450.csv").map((row) => [Number(row.netuid), row]),
);
// Subnets that were registered in the month after that table have its usual values.
const subnets = netuids
  .filter((netuid) => netuid > 0)
  .map((netuid) => {
    const row = hyper.get(netuid);
    if (!row) return [netuid, "", "", 256, 64, "", "", "", "", "", ""];
    // registration_cost is the next price, twice what was locked.
    const lockRao = BigInt(row.registration_cost) / 2n;
    return [
      netuid,
      row.registration_block_number,
      row.tempo,
      row.max_neurons,
      row.max_validators,
      lockRao,
      row.neuron_registration_cost,
      row.min_burn,
      row.max_burn,
      row.target_regs_per_interval,
      row.adjustment_alpha,
    ];
  });

mkdirSync(folder, { recursive: true });
const write = (name, header, rows) => writeFileSync(join(folder, name), csv(header, rows));
write(
  "validators.csv",
  ["uid", "stake_rao", "take_u16", "own_stake_rao", "nominators"],
  validators,
);
write("root-weights.csv", ["uid", "netuid", "weight_e4"], weights);
write(
  "root-subnets.csv",
  [
    ...["netuid", "registered_at_block", "tempo_blocks", "max_uids", "max_validators", "lock_rao"],
    ...["burn_rao", "min_burn_rao", "max_burn_rao", "target_registrations", "adjustment_alpha_u64"],
  ],
  subnets,
);
console.log(
  `${folder}: ${validators.length} validators, ${weights.length} weights, ${subnets.length} subnets`,
);
