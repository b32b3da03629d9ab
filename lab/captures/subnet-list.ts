/**
 * A list of all subnets with their pools, as `subnets[].economics`; later lists also hold what the
 * emission pipeline read and paid at one block, and `chain_state` beside the list. Amounts are
 * decimal numbers of TAO or alpha.
 */
import { raoFromTao } from "../../sim/amounts.ts";
import {
  alphaIssuanceRao,
  rootProportionBits,
  taoWeightBits,
} from "../../sim/bittensor/emission/root-proportion.ts";
import { valuesAt } from "../../sim/bittensor/rules/dated-values.ts";
import { fromFloat, I96F32, U64F64, U96F32 } from "../../sim/fixed/fixed-point.ts";
import type { EmissionState, StateInput, StateSubnet } from "./emission-state.ts";
import { isPlainObject, type JsonDocument, problemOf } from "./json-file.ts";

/** Throws InputError naming the field that is wrong. */
export function stateOfSubnetList(document: JsonDocument): EmissionState {
  const list = document.at(["subnets"]) as unknown[];
  const rows = list
    .map((value, index) => new ListRow(document, value, index))
    .sort((a, b) => a.netuid - b.netuid);
  const block = blockOf(document, rows);
  const root = rows.find(({ netuid }) => netuid === 0);
  const weight = taoWeightBits(valuesAt(block).taoWeight);
  const rootTao = root?.rao("tao_in_pool_tao") ?? null;
  const others = rows.filter(({ netuid }) => netuid > 0);
  const scale = priceScale(others);
  const subnets = others
    .filter((row) => row.whyLeftOut() === null)
    .map((row) => row.subnet(scale, rootTao, weight));
  return {
    file: document.file,
    block,
    totalIssuanceRao: optionalRao(document.at(["chain_state", "total_issuance_tao"])),
    subnets,
    leftOut: others.flatMap((row) => {
      const why = row.whyLeftOut();
      return why === null ? [] : [{ netuid: row.netuid, why }];
    }),
    gateBarBits: fractionBits(document.at(["chain_state", "emission_gate_bar"])) ?? 0n,
    values: gateValues(document),
    lacks: lacking(others, rootTao !== null),
  };
}

function blockOf(document: JsonDocument, rows: readonly ListRow[]): number {
  const stated = document.at(["chain_state", "block"]);
  if (Number.isSafeInteger(stated)) return stated as number;
  const blocks = rows.map((row) => row.block).filter((block) => block > 0);
  if (blocks.length > 0) return Math.max(...blocks);
  return document.fail("subnets[0].block", "is missing", "the block of the capture");
}

/** The gate's stored values: the exponent comes as a whole number, or as raw U64F64 bits. */
function gateValues(document: JsonDocument): EmissionState["values"] {
  const quantile = fractionBits(document.at(["chain_state", "emission_bar_quantile"]));
  const exponent = document.at(["chain_state", "emission_gate_exponent"]);
  const whole = typeof exponent === "number" && exponent > 0 ? exponent : null;
  const rank = document.at(["chain_state", "emission_bar_rank"]);
  return {
    ...(quantile === null ? {} : { gateQuantileBits: quantile }),
    ...(whole === null
      ? {}
      : { gateExponentBits: whole < 1_000 ? fromFloat(U64F64, whole) : BigInt(whole) }),
    ...(typeof rank === "number" && Number.isSafeInteger(rank) ? { gateRank: rank } : {}),
  };
}

const fractionBits = (value: unknown): bigint | null =>
  typeof value === "number" && value >= 0 && value < 1 ? fromFloat(U64F64, value) : null;

const optionalRao = (value: unknown): bigint | null =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 ? raoFromTao(value) : null;

/**
 * Some lists give the pinned moving price over 2^64 instead of 2^32. Shares depend on proportions
 * alone, so a list whose prices sum to almost nothing is scaled back.
 */
function priceScale(rows: readonly ListRow[]): number {
  const sum = rows.reduce((total, row) => total + row.price(), 0);
  return sum > 0 && sum < 1e-6 ? 2 ** 32 : 1;
}

function lacking(rows: readonly ListRow[], rootKnown: boolean): ReadonlySet<StateInput> {
  const nobodyHas = (field: string) => rows.every((row) => row.value(field) === undefined);
  const entries: [boolean, StateInput][] = [
    [nobodyHas("miner_burned_fraction"), "miner burned"],
    [nobodyHas("emission_enabled"), "emission switch"],
    [!rootKnown, "root proportion"],
    [true, "flows"],
    [true, "root weights"],
  ];
  return new Set(entries.filter(([lacks]) => lacks).map(([, input]) => input));
}

/** One subnet of the list. */
class ListRow {
  readonly netuid: number;
  readonly block: number;
  private readonly economics: Readonly<Record<string, unknown>>;

  constructor(
    private readonly document: JsonDocument,
    row: unknown,
    private readonly index: number,
  ) {
    const fields = isPlainObject(row) ? row : {};
    const { netuid, block, economics } = fields;
    if (!Number.isSafeInteger(netuid) || (netuid as number) < 0 || (netuid as number) > 65_535) {
      document.fail(`subnets[${index}].netuid`, problemOf(netuid), "a whole number to 65535");
    }
    this.netuid = netuid as number;
    this.block = Number.isSafeInteger(block) ? (block as number) : 0;
    this.economics = isPlainObject(economics) ? economics : fields;
    this.name = typeof fields.name === "string" ? fields.name : "";
  }

  private readonly name: string;

  /** A field of the economics; undefined where it is absent or null. */
  value(field: string): unknown {
    return this.economics[field] ?? undefined;
  }

  whyLeftOut(): string | null {
    const first = this.value("first_emission_block");
    const laterList = this.value("subtoken_enabled") !== undefined;
    if (laterList && first === undefined) return "not started";
    if (this.value("subtoken_enabled") === false) return "subtoken off";
    const pinned = this.value("registration_allowed_pinned");
    const open = pinned ?? this.value("registration_allowed") ?? true;
    return open === true ? null : "registration closed";
  }

  price(): number {
    return this.decimal("moving_price_pinned") ?? this.decimal("alpha_price_tao") ?? 0;
  }

  subnet(scale: number, rootTaoRao: bigint | null, weight: bigint): StateSubnet {
    const taoIn = this.rao("tao_in_emission_tao");
    const excess = this.rao("excess_tao") ?? 0n;
    const burned = this.decimal("miner_burned_fraction") ?? 0;
    const alphaIn = this.rao("alpha_in_pool") ?? 0n;
    const alphaOut = this.rao("alpha_out_pool") ?? 0n;
    return {
      netuid: this.netuid,
      name: this.name,
      movingPriceBits: fromFloat(I96F32, this.price() * scale),
      minerBurnedBits: fromFloat(U96F32, burned),
      emissionEnabled: this.value("emission_enabled") !== false,
      ...(rootTaoRao === null
        ? {}
        : {
            rootProportionBits: rootProportionBits(
              rootTaoRao,
              weight,
              alphaIssuanceRao(alphaIn, alphaOut),
            ),
          }),
      observedRao: taoIn === null ? null : taoIn + excess,
    };
  }

  rao(field: string): bigint | null {
    const value = this.decimal(field);
    return value === null ? null : raoFromTao(value);
  }

  /** A number, or a decimal text; a fault for anything else and for what is negative. */
  private decimal(field: string): number | null {
    const value = this.value(field);
    if (value === undefined) return null;
    const number = typeof value === "string" && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
    if (typeof number === "number" && Number.isFinite(number) && number >= 0) return number;
    const name = `subnets[${this.index}].economics.${field}`;
    return this.document.fail(name, problemOf(value), "a number of at least 0");
  }
}
