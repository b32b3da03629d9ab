/**
 * Raw storage of the emission pipeline at one block: `maps[item][netuid]` and `values[item]` as hex
 * of little-endian bytes, absent keys left out, under the names of the storage items in snake case.
 */
import type { EmissionState, StateInput, StateSubnet } from "./emission-state.ts";
import { isPlainObject, type JsonDocument, problemOf } from "./json-file.ts";
import { littleEndian, storedFlag } from "./storage-value.ts";

/** Throws InputError naming the field that is wrong. */
export function stateOfStorage(document: JsonDocument): EmissionState {
  const items = new StorageItems(document);
  const netuids = items.netuids("moving_price");
  if (netuids.length === 0) document.fail("maps.moving_price", "is missing", "a value by netuid");
  const leftOut: EmissionState["leftOut"][number][] = [];
  const subnets: StateSubnet[] = [];
  for (const netuid of netuids) {
    const why = items.whyLeftOut(netuid);
    if (why) leftOut.push({ netuid, why });
    else subnets.push(items.subnet(netuid));
  }
  const quantile = items.value("emission_bar_quantile");
  const exponent = items.value("emission_gate_exponent");
  const rank = items.value("emission_bar_rank");
  return {
    file: document.file,
    block: document.count(["block_number"]),
    totalIssuanceRao: items.value("total_issuance"),
    subnets,
    leftOut,
    gateBarBits: items.value("emission_gate_bar") ?? 0n,
    values: {
      ...(quantile === null ? {} : { gateQuantileBits: quantile }),
      ...(exponent === null ? {} : { gateExponentBits: exponent }),
      ...(rank === null ? {} : { gateRank: Number(rank) }),
    },
    lacks: items.lacks(),
  };
}

/** Reads one file's items. */
class StorageItems {
  constructor(private readonly document: JsonDocument) {}

  netuids(item: string): number[] {
    const map = this.document.at(["maps", item]);
    if (!isPlainObject(map)) return [];
    return Object.keys(map)
      .filter((key) => /^\d{1,5}$/.test(key) && key !== "0")
      .map(Number)
      .sort((a, b) => a - b);
  }

  whyLeftOut(netuid: number): string | null {
    const first = this.number("first_emission_block", netuid);
    if (this.has("first_emission_block") && first === null) return "not started";
    if (this.has("subtoken_enabled") && !this.flag("subtoken_enabled", netuid, false)) {
      return "subtoken off";
    }
    return this.flag("registration_allowed", netuid, true) ? null : "registration closed";
  }

  subnet(netuid: number): StateSubnet {
    const taoIn = this.number("tao_in_emission", netuid);
    const excess = this.number("excess_tao", netuid) ?? 0n;
    const proportion = this.number("root_prop", netuid) ?? this.number("root_proportion", netuid);
    return {
      netuid,
      name: "",
      movingPriceBits: this.number("moving_price", netuid) ?? 0n,
      minerBurnedBits: this.number("miner_burned", netuid) ?? 0n,
      emissionEnabled: this.flag("emission_enabled", netuid, true),
      ...(proportion === null ? {} : { rootProportionBits: proportion }),
      observedRao: this.has("tao_in_emission") ? (taoIn ?? 0n) + excess : null,
    };
  }

  lacks(): ReadonlySet<StateInput> {
    const lacking: [boolean, StateInput][] = [
      [!this.has("miner_burned"), "miner burned"],
      [!this.has("emission_enabled"), "emission switch"],
      [!this.has("root_prop") && !this.has("root_proportion"), "root proportion"],
      [true, "flows"],
      [true, "root weights"],
    ];
    return new Set(lacking.filter(([lacks]) => lacks).map(([, input]) => input));
  }

  value(item: string): bigint | null {
    const hex = this.document.at(["values", item]) ?? null;
    if (hex === null) return null;
    return littleEndian(hex) ?? this.wrong(`values.${item}`, hex);
  }

  private has(item: string): boolean {
    return isPlainObject(this.document.at(["maps", item]));
  }

  private number(item: string, netuid: number): bigint | null {
    const hex = this.document.at(["maps", item, String(netuid)]) ?? null;
    if (hex === null) return null;
    return littleEndian(hex) ?? this.wrong(`maps.${item}.${netuid}`, hex);
  }

  private flag(item: string, netuid: number, absent: boolean): boolean {
    const hex = this.document.at(["maps", item, String(netuid)]) ?? null;
    if (hex === null) return absent;
    return (
      storedFlag(hex) ??
      this.document.fail(`maps.${item}.${netuid}`, problemOf(hex), '"0x01" or "0x00"')
    );
  }

  private wrong(field: string, hex: unknown): never {
    return this.document.fail(field, problemOf(hex), "hex of a little-endian number, or null");
  }
}
