// Makes the tables of facts under data/ from captures. Kept so that anyone can see how each number
// was made; neither the build nor a test runs it.
//
//   node scripts/make-data.mjs state CAPTURE.json NAMES.json data/finney-8957880
//   node scripts/make-data.mjs next-block CAPTURE.json data/finney-8957880
//   node scripts/make-data.mjs metagraph FOLDER data/metagraph-sn15
//   node scripts/make-data.mjs genesis SNAPSHOT.json data/finney-genesis-2023
//
// CAPTURE.json: raw storage values before and after one block, hex per netuid.
// NAMES.json: a list of subnets with netuid, name and registered_at_block.
// SNAPSHOT.json: stakes (coldkey -> hotkey -> [rao, uid]) and balances (address -> rao).
// FOLDER: hotkeys.json (block), stake.csv (uid,hotkey,stake_tao) and weights_sparse.csv (validator_uid,miner_uid,weight).
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const fromHex = (hex) => {
  if (hex === null || hex === undefined) return null;
  const bytes = Buffer.from(hex.slice(2), "hex").reverse();
  return bytes.length === 0 ? 0n : BigInt(`0x${bytes.toString("hex")}`);
};

const csv = (header, rows) => `${[header, ...rows].map((row) => row.join(",")).join("\n")}\n`;

/** The network's state before the captured block: subnets.csv and about.json. */
function makeState(captureFile, namesFile, folder) {
  const capture = JSON.parse(readFileSync(captureFile, "utf8"));
  const subtensor = (name) => capture.items[`SubtensorModule.${name}`].before.map(fromHex);
  const scalar = (name) => fromHex(capture.scalars[name].before);
  const text = (name) => scalar(`SubtensorModule.${name}`)?.toString() ?? null;

  const column = {
    added: subtensor("NetworksAdded"),
    tao: subtensor("SubnetTAO"),
    alphaIn: subtensor("SubnetAlphaIn"),
    alphaOut: subtensor("SubnetAlphaOut"),
    protocolAlpha: subtensor("SubnetProtocolAlpha"),
    movingPrice: subtensor("SubnetMovingPrice"),
    minerBurned: subtensor("MinerBurned"),
    rootProp: subtensor("RootProp"),
    subtoken: subtensor("SubtokenEnabled"),
    registration: subtensor("NetworkRegistrationAllowed"),
    emission: subtensor("SubnetEmissionEnabled"),
    registeredAt: subtensor("NetworkRegisteredAt"),
    firstEmission: subtensor("FirstEmissionBlockNumber"),
    quoteWeight: capture.items["Swap.SwapBalancer"].before.map(fromHex),
  };
  // A netuid is a slot: a name counts only if the slot still holds the subnet that bore it.
  const named = new Map(
    JSON.parse(readFileSync(namesFile, "utf8")).map((subnet) => [subnet.netuid, subnet]),
  );
  const nameOf = (netuid) => {
    const subnet = named.get(netuid);
    const same = BigInt(subnet?.registered_at_block ?? -1) === column.registeredAt[netuid];
    return same ? subnet.name.replaceAll(/[",\s]+/g, " ").trim() : "";
  };
  // An absent key means: number 0; the flags' defaults are those of the chain.
  // Tempos change seldom: the named subnet's is taken, the chain's default where none is known.
  const tempoOf = (netuid) => (nameOf(netuid) === "" ? 360 : named.get(netuid).tempo);
  const flag = (value, absent) => String(value === null ? absent : value !== 0n);
  const source = `${capture.source.repo}@${capture.source.commit.slice(0, 8)}, ${capture.source.path}`;
  const netuids = column.added.flatMap((added, netuid) => (added && netuid > 0 ? [netuid] : []));
  const rows = netuids.map((netuid) => [
    netuid,
    nameOf(netuid),
    column.tao[netuid] ?? 0n,
    column.alphaIn[netuid] ?? 0n,
    column.alphaOut[netuid] ?? 0n,
    column.protocolAlpha[netuid] ?? 0n,
    column.quoteWeight[netuid],
    column.movingPrice[netuid] ?? 0n,
    column.minerBurned[netuid] ?? 0n,
    column.rootProp[netuid] ?? 0n,
    tempoOf(netuid),
    flag(column.subtoken[netuid], false),
    flag(column.registration[netuid], true),
    flag(column.emission[netuid], true),
    column.registeredAt[netuid],
    column.firstEmission[netuid] ?? "",
  ]);
  const header = [
    ...["netuid", "name", "tao_reserve_rao", "alpha_in_rao", "alpha_out_rao"],
    ...["protocol_alpha_rao", "quote_weight_parts", "moving_price_bits", "miner_burned_bits"],
    ...["root_prop_bits", "tempo_blocks", "subtoken_enabled", "registration_allowed"],
    ...["emission_enabled", "registered_at_block", "first_emission_block"],
  ];
  const timeMs = Number(scalar("Timestamp.Now"));
  const about = {
    format: "hivelab-bittensor-state-1",
    source: `chain storage before block ${capture.block} (Finney), as captured in ${source}`,
    block: Number(scalar("System.Number")),
    block_hash: capture.block_hash_before,
    time_utc: new Date(timeMs).toISOString(),
    spec_version: capture.spec,
    total_issuance_rao: text("TotalIssuance"),
    root_tao_rao: column.tao[0].toString(),
    root_alpha_in_rao: column.alphaIn[0].toString(),
    root_alpha_out_rao: column.alphaOut[0].toString(),
    gate_bar_bits: text("EmissionGateBar"),
    gate_rank: text("EmissionBarRank"),
    gate_exponent_bits: text("EmissionGateExponent"),
    gate_quantile_bits: text("EmissionBarQuantile"),
    moving_price_alpha_bits: text("SubnetMovingAlpha"),
    tao_weight_u64: text("TaoWeight"),
    owner_cut_u16: text("SubnetOwnerCut"),
    subnet_limit: text("SubnetLimit"),
    immunity_period_blocks: text("NetworkImmunityPeriod"),
    registration_rate_limit_blocks: text("NetworkRateLimit"),
    last_registration_block: text("LastRateLimitedBlock[NetworkLastRegistered]"),
    last_lock_cost_rao: text("NetworkLastLockCost"),
    min_lock_cost_rao: text("NetworkMinLockCost"),
    lock_reduction_interval_blocks: text("NetworkLockReductionInterval"),
    refund_deployment_block: text("TaoInRefundDeploymentBlock"),
    nominator_min_required_stake_factor: text("NominatorMinRequiredStake"),
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "subnets.csv"), csv(header, rows));
  writeFileSync(join(folder, "about.json"), `${JSON.stringify(about, null, 2)}\n`);
  console.log(`${folder}: ${rows.length} subnets before block ${capture.block}`);
}

/** A subnet's stakes and weights: neurons.csv and weights.csv. */
function makeMetagraph(source, folder) {
  const lines = (name) =>
    readFileSync(join(source, name), "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(","));
  // The capture holds float32 TAO: below 2^53 rao, so rounding the product loses nothing more.
  const neurons = lines("stake.csv").map(([uid, , tao]) => [uid, Math.round(Number(tao) * 1e9)]);
  const rows = new Map();
  for (const [from, to, weight] of lines("weights_sparse.csv")) {
    if (!rows.has(from)) rows.set(from, []);
    rows.get(from).push([to, Number(weight)]);
  }
  // The chain stores u16 weights with the largest at 65,535; the capture divides them by their sum.
  const weights = [...rows].flatMap(([from, row]) => {
    const largest = Math.max(...row.map(([, weight]) => weight));
    return row.map(([to, weight]) => {
      const exact = (weight / largest) * 65_535;
      if (Math.abs(exact - Math.round(exact)) > 0.01) throw new Error(`${from} -> ${to}: not u16`);
      return [from, to, Math.round(exact)];
    });
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "neurons.csv"), csv(["uid", "stake_rao"], neurons));
  writeFileSync(join(folder, "weights.csv"), csv(["from_uid", "to_uid", "weight_u16"], weights));
  const { block } = JSON.parse(readFileSync(join(source, "hotkeys.json"), "utf8"));
  const about = {
    format: "hivelab-metagraph-1",
    source: `metagraph of subnet 15 at block ${block}, bactensor/yuma-simulation@2b976fd (MIT)`,
    block,
  };
  writeFileSync(join(folder, "about.json"), `${JSON.stringify(about, null, 2)}\n`);
  console.log(`${folder}: ${neurons.length} neurons, ${weights.length} weights`);
}

/**
 * What the captured block left behind, for a check: next-block.csv. A subnet that took no part in
 * emission keeps the emission columns of an earlier block.
 */
function makeNextBlock(captureFile, folder) {
  const { items } = JSON.parse(readFileSync(captureFile, "utf8"));
  const storage = {
    tao_reserve_rao: "SubtensorModule.SubnetTAO",
    alpha_in_rao: "SubtensorModule.SubnetAlphaIn",
    alpha_out_rao: "SubtensorModule.SubnetAlphaOut",
    protocol_alpha_rao: "SubtensorModule.SubnetProtocolAlpha",
    quote_weight_parts: "Swap.SwapBalancer",
    moving_price_bits: "SubtensorModule.SubnetMovingPrice",
    root_prop_bits: "SubtensorModule.RootProp",
    tao_in_emission_rao: "SubtensorModule.SubnetTaoInEmission",
    alpha_in_emission_rao: "SubtensorModule.SubnetAlphaInEmission",
    excess_tao_rao: "SubtensorModule.SubnetExcessTao",
    alpha_out_emission_rao: "SubtensorModule.SubnetAlphaOutEmission",
  };
  const added = items["SubtensorModule.NetworksAdded"].after.map(fromHex);
  const netuids = added.flatMap((exists, netuid) => (exists && netuid > 0 ? [netuid] : []));
  const rows = netuids.map((netuid) => [
    netuid,
    ...Object.values(storage).map((name) => fromHex(items[name].after[netuid]) ?? 0n),
  ]);
  writeFileSync(join(folder, "next-block.csv"), csv(["netuid", ...Object.keys(storage)], rows));
  console.log(`${folder}: ${rows.length} subnets after the block`);
}

/**
 * Who held what in March 2023: owners.csv.gz (free TAO) and neurons.csv.gz (whose, how much staked).
 * Addresses become numbers, by wealth: stakes and balances stay as they were, to the rao.
 */
function makeGenesis(snapshotFile, folder) {
  const { stakes, balances } = JSON.parse(readFileSync(snapshotFile, "utf8"));
  const neurons = Object.entries(stakes).flatMap(([coldkey, hotkeys]) =>
    Object.values(hotkeys).map(([stakeRao, uid]) => ({ uid, coldkey, stakeRao })),
  );
  const wealth = new Map(Object.entries(balances));
  for (const { coldkey, stakeRao } of neurons) {
    wealth.set(coldkey, (wealth.get(coldkey) ?? 0) + stakeRao);
  }
  const owners = [...wealth.keys()].sort(
    (a, b) => wealth.get(b) - wealth.get(a) || (balances[b] ?? 0) - (balances[a] ?? 0),
  );
  const numberOf = new Map(owners.map((address, index) => [address, index]));
  neurons.sort((a, b) => a.uid - b.uid);
  const write = (name, header, rows) =>
    writeFileSync(join(folder, name), gzipSync(csv(header, rows), { level: 9 }));
  mkdirSync(folder, { recursive: true });
  const free = owners.map((address) => [balances[address] ?? ""]);
  write("owners.csv.gz", ["free_rao"], free);
  const rows = neurons.map(({ uid, coldkey, stakeRao }) => [uid, numberOf.get(coldkey), stakeRao]);
  write("neurons.csv.gz", ["uid", "owner", "stake_rao"], rows);
  console.log(`${folder}: ${owners.length} owners, ${neurons.length} neurons`);
}

const [kind, ...args] = process.argv.slice(2);
if (kind === "state" && args.length === 3) makeState(...args);
else if (kind === "next-block" && args.length === 2) makeNextBlock(...args);
else if (kind === "metagraph" && args.length === 2) makeMetagraph(...args);
else if (kind === "genesis" && args.length === 2) makeGenesis(...args);
else {
  console.error(
    "usage: make-data.mjs state CAPTURE NAMES OUT | next-block CAPTURE OUT | metagraph FOLDER OUT | genesis SNAPSHOT OUT",
  );
  process.exit(2);
}
