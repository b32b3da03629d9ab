/** A state of the whole Bittensor network to start from: about.json and subnets.csv of a folder. */
import { z } from "zod";
import { countCell, flagCell, orEmpty, readCsv, textCell, wholeCell } from "./csv.ts";
import { DataFolder, type DataReference, type Source } from "./data-folder.ts";
import { InputError } from "./fault.ts";

/** One subnet as the chain stores it. Amounts in rao; fixed point as raw bits. */
export interface SubnetState {
  readonly netuid: number;
  /** Empty where none is known. */
  readonly name: string;
  readonly taoReserveRao: bigint;
  readonly alphaInRao: bigint;
  readonly alphaOutRao: bigint;
  readonly protocolAlphaRao: bigint;
  /** Weight of TAO in the pool, of 10^18. */
  readonly quoteWeightParts: bigint;
  readonly movingPriceI96F32: bigint;
  readonly minerBurnedU96F32: bigint;
  readonly rootProportionU96F32: bigint;
  readonly tempoBlocks: number;
  readonly subtokenEnabled: boolean;
  readonly registrationAllowed: boolean;
  readonly emissionEnabled: boolean;
  readonly registeredAtBlock: number;
  /** 0 = not started. */
  readonly firstEmissionBlock: number;
}

export interface BittensorState {
  /** The block whose end the state shows; the first simulated block is the next. */
  readonly block: number;
  readonly timeMs: number;
  readonly specVersion: number;
  readonly totalIssuanceRao: bigint;
  /** TAO staked on root: SubnetTAO[0]. */
  readonly rootTaoRao: bigint;
  /** theta of the Hill gate, U64F64; 0 where none is stored. */
  readonly gateBarBits: bigint;
  /** What governance has set; undefined where the chain's default holds. */
  readonly set: {
    readonly gateRank?: number;
    /** U64F64. */
    readonly gateExponentBits?: bigint;
    /** U64F64. */
    readonly gateQuantileBits?: bigint;
    /** I96F32. */
    readonly movingPriceAlphaBits?: bigint;
    /** Of 2^64 - 1. */
    readonly taoWeightU64?: bigint;
    /** Of 65,535. */
    readonly ownerCutU16?: number;
  };
  /** Registration of subnets. */
  readonly registration: {
    readonly subnetLimit: number;
    readonly immunityPeriodBlocks: number;
    readonly rateLimitBlocks: number;
    readonly lastRegistrationBlock: number;
    readonly lastLockCostRao: bigint;
    readonly minLockCostRao: bigint;
    readonly lockReductionIntervalBlocks: number;
  };
  /** By ascending netuid, root left out. */
  readonly subnets: readonly SubnetState[];
  readonly sources: readonly Source[];
}

const MAX_RAO = 21_000_000_000_000_000n;
const MAX_BITS = (1n << 63n) - 1n;
const MAX_BLOCK = 4_294_967_295;

const wholeText = (maximum: bigint) =>
  z
    .string()
    .regex(/^\d{1,40}$/)
    .refine((text) => !/^\d{1,40}$/.test(text) || BigInt(text) <= maximum, {
      error: `is too large; at most ${maximum}`,
    })
    .transform(BigInt)
    .meta({ expected: `a whole number from 0 to ${maximum}, in quotes` });
const rao = wholeText(MAX_RAO);
const blocks = wholeText(BigInt(MAX_BLOCK)).transform(Number);

const aboutSchema = z.strictObject({
  format: z.literal("hivelab-bittensor-state-1"),
  source: z.string().max(500),
  block: z.int().min(1).max(MAX_BLOCK),
  block_hash: z.string().max(66).optional(),
  time_utc: z.iso.datetime(),
  spec_version: z.int().min(0).max(1_000_000),
  total_issuance_rao: rao,
  root_tao_rao: rao,
  root_alpha_in_rao: rao.optional(),
  root_alpha_out_rao: rao.optional(),
  gate_bar_bits: wholeText((1n << 128n) - 1n).optional(),
  gate_rank: wholeText(65_535n).optional(),
  gate_exponent_bits: wholeText((1n << 128n) - 1n).optional(),
  gate_quantile_bits: wholeText((1n << 64n) - 1n).optional(),
  moving_price_alpha_bits: wholeText(1n << 32n).optional(),
  tao_weight_u64: wholeText((1n << 64n) - 1n).optional(),
  owner_cut_u16: wholeText(65_535n).optional(),
  subnet_limit: blocks,
  immunity_period_blocks: blocks,
  registration_rate_limit_blocks: blocks,
  last_registration_block: blocks,
  last_lock_cost_rao: rao,
  min_lock_cost_rao: rao,
  lock_reduction_interval_blocks: blocks,
  refund_deployment_block: blocks.optional(),
  nominator_min_required_stake_factor: wholeText((1n << 64n) - 1n).optional(),
});

const subnetColumns = {
  netuid: countCell(1, 65_535),
  name: textCell(100),
  tao_reserve_rao: wholeCell(MAX_RAO),
  alpha_in_rao: wholeCell(MAX_RAO),
  alpha_out_rao: wholeCell(MAX_RAO),
  protocol_alpha_rao: wholeCell(MAX_RAO),
  quote_weight_parts: wholeCell(1_000_000_000_000_000_000n),
  moving_price_bits: wholeCell(MAX_BITS),
  miner_burned_bits: wholeCell(MAX_BITS),
  root_prop_bits: wholeCell(MAX_BITS),
  tempo_blocks: countCell(1, 65_535),
  subtoken_enabled: flagCell,
  registration_allowed: flagCell,
  emission_enabled: flagCell,
  registered_at_block: countCell(0, MAX_BLOCK),
  first_emission_block: orEmpty(countCell(1, MAX_BLOCK), 0),
};

/** Throws InputError with every fault of the folder's files. */
export function readBittensorState(reference: DataReference): BittensorState {
  const folder = DataFolder.open(reference, "subnets.csv");
  const about = folder.about(aboutSchema);
  const file = folder.read("subnets.csv");
  const subnets = readCsv(file, subnetColumns).map(
    (row): SubnetState => ({
      netuid: row.netuid,
      name: row.name,
      taoReserveRao: row.tao_reserve_rao,
      alphaInRao: row.alpha_in_rao,
      alphaOutRao: row.alpha_out_rao,
      protocolAlphaRao: row.protocol_alpha_rao,
      quoteWeightParts: row.quote_weight_parts,
      movingPriceI96F32: row.moving_price_bits,
      minerBurnedU96F32: row.miner_burned_bits,
      rootProportionU96F32: row.root_prop_bits,
      tempoBlocks: row.tempo_blocks,
      subtokenEnabled: row.subtoken_enabled,
      registrationAllowed: row.registration_allowed,
      emissionEnabled: row.emission_enabled,
      registeredAtBlock: row.registered_at_block,
      firstEmissionBlock: row.first_emission_block,
    }),
  );
  const unordered = subnets.findIndex((row, i) => i > 0 && row.netuid <= subnets[i - 1].netuid);
  if (unordered >= 0) {
    const problem = `${subnets[unordered].netuid} does not come after ${subnets[unordered - 1].netuid}`;
    const remedy = "each netuid once, in ascending order";
    const place = { file: file.shownAs, line: unordered + 2, column: 1 };
    throw new InputError([{ ...place, field: "netuid", problem, remedy }]);
  }
  return {
    block: about.block,
    timeMs: Date.parse(about.time_utc),
    specVersion: about.spec_version,
    totalIssuanceRao: about.total_issuance_rao,
    rootTaoRao: about.root_tao_rao,
    gateBarBits: about.gate_bar_bits ?? 0n,
    set: {
      gateRank: about.gate_rank === undefined ? undefined : Number(about.gate_rank),
      gateExponentBits: about.gate_exponent_bits,
      gateQuantileBits: about.gate_quantile_bits,
      movingPriceAlphaBits: about.moving_price_alpha_bits,
      taoWeightU64: about.tao_weight_u64,
      ownerCutU16: about.owner_cut_u16 === undefined ? undefined : Number(about.owner_cut_u16),
    },
    registration: {
      subnetLimit: about.subnet_limit,
      immunityPeriodBlocks: about.immunity_period_blocks,
      rateLimitBlocks: about.registration_rate_limit_blocks,
      lastRegistrationBlock: about.last_registration_block,
      lastLockCostRao: about.last_lock_cost_rao,
      minLockCostRao: about.min_lock_cost_rao,
      lockReductionIntervalBlocks: about.lock_reduction_interval_blocks,
    },
    subnets,
    sources: folder.sourcesFrom(about.source),
  };
}
