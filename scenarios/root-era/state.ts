/**
 * States from before dTAO: the genesis of March 2023, and folders with the root network of a later
 * block (about.json, validators.csv, root-weights.csv, root-subnets.csv).
 */
import { z } from "zod";
import { rootEraCalendar } from "../../sim/bittensor/root-era/calendar.ts";
import { countCell, orEmpty, readCsv, wholeCell } from "../csv.ts";
import { DataFolder, type DataReference, type Source } from "../data-folder.ts";
import { type Fault, InputError, nearestName } from "../fault.ts";
import { type Genesis2023, readGenesis2023 } from "../genesis-2023.ts";
import type { InputFile } from "../input-file.ts";
import { shippedData } from "../shipped.ts";
import { shown } from "../tree.ts";

export interface RootValidatorState {
  readonly stakeRao: bigint;
  /** u16 of 65,535; null where it is not known. */
  readonly takeU16: number | null;
  readonly ownStakeRao: bigint | null;
  /** Weights on root, ascending by netuid, in any unit. */
  readonly weights: readonly { readonly netuid: number; readonly weight: number }[];
}

/** Values that are null are not known: the usual ones are taken. */
export interface RootSubnetState {
  readonly netuid: number;
  readonly registeredBlock: number | null;
  readonly tempoBlocks: number | null;
  readonly maxUids: number;
  readonly maxValidators: number;
  readonly lockRao: bigint | null;
  readonly burnRao: bigint | null;
  readonly minBurnRao: bigint | null;
  readonly maxBurnRao: bigint | null;
  readonly targetRegistrations: number | null;
  readonly adjustmentAlphaU64: bigint | null;
}

export interface CapturedRoot {
  readonly kind: "captured";
  readonly block: number;
  readonly timeMs: number;
  readonly totalIssuanceRao: bigint;
  /** All that is staked, with root validators and others. */
  readonly stakedRao: bigint;
  readonly lastLockRao: bigint;
  readonly lastLockBlock: number;
  /** By seat. */
  readonly validators: readonly RootValidatorState[];
  readonly subnets: readonly RootSubnetState[];
  readonly sources: readonly Source[];
}

export interface GenesisRoot {
  readonly kind: "genesis";
  readonly block: 0;
  readonly timeMs: number;
  readonly genesis: Genesis2023;
  readonly sources: readonly Source[];
}

export type RootEraState = CapturedRoot | GenesisRoot;

export const GENESIS_NAME = "finney-genesis-2023";
const MARKER = "root-weights.csv";
const MAX_RAO = 21_000_000_000_000_000n;
const rao = wholeCell(MAX_RAO);
const maybeRao = orEmpty(rao, null);
const block = countCell(0, 4_294_967_295);
const seat = countCell(0, 63);
const netuid = countCell(0, 4_096);

const aboutSchema = z.strictObject({
  format: z.literal("hivelab-root-state-1"),
  source: z.string().max(1_000),
  block: z.int().min(0).max(4_920_350),
  total_issuance_rao: z.string().regex(/^\d{1,17}$/),
  staked_rao: z.string().regex(/^\d{1,17}$/),
  last_lock_rao: z.string().regex(/^\d{1,17}$/),
  last_lock_block: z.int().min(0).max(4_920_350),
});

/** Throws InputError with every fault of the folder's files. */
export function readRootEraState(reference: DataReference): RootEraState {
  if (reference.text === GENESIS_NAME) {
    const genesis = readGenesis2023();
    const timeMs = rootEraCalendar.timeOf(0);
    return { kind: "genesis", block: 0, timeMs, genesis, sources: genesis.sources };
  }
  const known = [GENESIS_NAME, ...shippedData(MARKER)];
  if (!/^\.|[/\\]/.test(reference.text) && !known.includes(reference.text)) {
    const near = nearestName(reference.text, known);
    const problem = `${shown(reference.text)} is no shipped state from before dTAO`;
    const remedy = near ? `did you mean ${near}?` : `shipped are ${known.join(", ")}`;
    throw new InputError([{ ...reference.place, field: reference.field, problem, remedy }]);
  }
  return readCaptured(DataFolder.open(reference, MARKER));
}

function readCaptured(folder: DataFolder): CapturedRoot {
  const about = folder.about(aboutSchema);
  const validators = readCsv(folder.read("validators.csv"), {
    uid: seat,
    stake_rao: rao,
    take_u16: orEmpty(countCell(0, 11_796), null),
    own_stake_rao: maybeRao,
  });
  const weightsFile = folder.read(MARKER);
  const weights = readCsv(weightsFile, {
    uid: seat,
    netuid,
    weight_e4: countCell(1, 1_000_000_000),
  });
  const subnetsFile = folder.read("root-subnets.csv");
  const subnets = readCsv(subnetsFile, {
    netuid: countCell(1, 4_096),
    registered_at_block: orEmpty(block, null),
    tempo_blocks: orEmpty(countCell(1, 65_534), null),
    max_uids: countCell(1, 4_096),
    max_validators: countCell(1, 4_096),
    lock_rao: maybeRao,
    burn_rao: maybeRao,
    min_burn_rao: maybeRao,
    max_burn_rao: maybeRao,
    target_registrations: orEmpty(countCell(1, 1_000), null),
    adjustment_alpha_u64: orEmpty(wholeCell((1n << 64n) - 1n), null),
  });
  const known = new Set([0, ...subnets.map((subnet) => subnet.netuid)]);
  const faults: Fault[] = weights.flatMap((row, index): Fault[] => [
    ...(row.uid < validators.length ? [] : [wrong(weightsFile, index, "uid", row.uid)]),
    ...(known.has(row.netuid) ? [] : [wrong(weightsFile, index, "netuid", row.netuid)]),
  ]);
  const seen = new Set<number>();
  for (const [index, subnet] of subnets.entries()) {
    if (seen.has(subnet.netuid)) faults.push(wrong(subnetsFile, index, "netuid", subnet.netuid));
    seen.add(subnet.netuid);
  }
  if (faults.length > 0) throw new InputError(faults);
  return {
    kind: "captured",
    block: about.block,
    timeMs: rootEraCalendar.timeOf(about.block),
    totalIssuanceRao: BigInt(about.total_issuance_rao),
    stakedRao: BigInt(about.staked_rao),
    lastLockRao: BigInt(about.last_lock_rao),
    lastLockBlock: about.last_lock_block,
    validators: validators.map(({ stake_rao, take_u16, own_stake_rao }, uid) => ({
      stakeRao: stake_rao,
      takeU16: take_u16,
      ownStakeRao: own_stake_rao,
      weights: weights
        .filter((row) => row.uid === uid)
        .map(({ netuid: target, weight_e4: weight }) => ({ netuid: target, weight })),
    })),
    subnets: subnets.map((row) => ({
      netuid: row.netuid,
      registeredBlock: row.registered_at_block,
      tempoBlocks: row.tempo_blocks,
      maxUids: row.max_uids,
      maxValidators: row.max_validators,
      lockRao: row.lock_rao,
      burnRao: row.burn_rao,
      minBurnRao: row.min_burn_rao,
      maxBurnRao: row.max_burn_rao,
      targetRegistrations: row.target_registrations,
      adjustmentAlphaU64: row.adjustment_alpha_u64,
    })),
    sources: folder.sourcesFrom(about.source),
  };
}

const wrong = (file: InputFile, row: number, field: string, value: number): Fault => ({
  file: file.shownAs,
  line: row + 2,
  field,
  problem: `${value} is not right here`,
  remedy: "a seat or subnet that is listed, each subnet once",
});
