/**
 * A captured block: the storage that the coinbase reads at block N - 1 and writes at block N, raw
 * per netuid. `items[name].before[netuid]` is hex or null for a key that is absent.
 */
import type { CoinbaseState, CoinbaseSubnet } from "../../sim/bittensor/coinbase/state.ts";
import { EVEN_WEIGHT } from "../../sim/bittensor/pools/balancer.ts";
import { type JsonDocument, problemOf, readJsonFile } from "./json-file.ts";
import { littleEndian, storedFlag } from "./storage-value.ts";

export interface BlockPair {
  readonly file: string;
  /** The block that is replayed: N. */
  readonly block: number;
  readonly spec: number;
  readonly before: CapturedState;
  readonly after: CapturedState;
}

export interface CapturedState {
  readonly coinbase: CoinbaseState;
  /** Values that governance has set; absent where the default holds. */
  readonly set: CapturedValues;
}

export interface CapturedValues {
  readonly movingAlphaBits?: bigint;
  readonly taoWeight?: bigint;
  readonly ownerCutU16?: number;
  readonly gateRank?: number;
  readonly gateQuantileBits?: bigint;
  readonly gateExponentBits?: bigint;
}

type Side = "before" | "after";
const CHAIN = "SubtensorModule.";

/** Throws InputError naming the field that is wrong. */
export function readBlockPair(path: string): BlockPair {
  const document = readJsonFile(path);
  const block = document.count(["block"]);
  const pair = {
    file: document.file,
    block,
    spec: document.count(["spec"]),
    before: new SideReader(document, "before").state(),
    after: new SideReader(document, "after").state(),
  };
  for (const [side, expected] of [
    ["before", block - 1],
    ["after", block],
  ] as const) {
    const got = pair[side].coinbase.block;
    if (got === expected) continue;
    document.fail(`scalars.System.Number.${side}`, `is block ${got}`, `block ${expected}`);
  }
  return pair;
}

/** Reads one side of a pair. */
class SideReader {
  constructor(
    private readonly document: JsonDocument,
    private readonly side: Side,
  ) {}

  state(): CapturedState {
    const added = this.column(`${CHAIN}NetworksAdded`);
    const netuids = added.flatMap((_, netuid) =>
      netuid > 0 && this.flag(`${CHAIN}NetworksAdded`, netuid, false) ? [netuid] : [],
    );
    return {
      coinbase: {
        block: Number(this.scalar("System.Number")),
        totalIssuanceRao: this.scalar(`${CHAIN}TotalIssuance`),
        rootTaoRao: this.scalar(`${CHAIN}SubnetTAO[0]`),
        gateBarBits: this.optionalScalar(`${CHAIN}EmissionGateBar`) ?? 0n,
        subnets: netuids.map((netuid) => this.subnet(netuid)),
      },
      set: this.values(),
    };
  }

  private values(): CapturedValues {
    const small = (name: string) => {
      const value = this.optionalScalar(name);
      return value === undefined ? undefined : Number(value);
    };
    return withoutAbsent({
      movingAlphaBits: this.optionalScalar(`${CHAIN}SubnetMovingAlpha`),
      taoWeight: this.optionalScalar(`${CHAIN}TaoWeight`),
      ownerCutU16: small(`${CHAIN}SubnetOwnerCut`),
      gateRank: small(`${CHAIN}EmissionBarRank`),
      gateQuantileBits: this.optionalScalar(`${CHAIN}EmissionBarQuantile`),
      gateExponentBits: this.optionalScalar(`${CHAIN}EmissionGateExponent`),
    });
  }

  private subnet(netuid: number): CoinbaseSubnet {
    const amount = (name: string, absent = 0n) => this.amount(name, netuid, absent);
    const flag = (name: string, absent: boolean) => this.flag(CHAIN + name, netuid, absent);
    return {
      netuid,
      taoRao: amount(`${CHAIN}SubnetTAO`),
      alphaInRao: amount(`${CHAIN}SubnetAlphaIn`),
      alphaOutRao: amount(`${CHAIN}SubnetAlphaOut`),
      protocolAlphaRao: amount(`${CHAIN}SubnetProtocolAlpha`),
      quoteWeight: amount("Swap.SwapBalancer", EVEN_WEIGHT),
      taoReservoirRao: amount("Swap.BalancerTaoReservoir"),
      alphaReservoirRao: amount("Swap.BalancerAlphaReservoir"),
      movingPriceBits: amount(`${CHAIN}SubnetMovingPrice`),
      minerBurnedBits: amount(`${CHAIN}MinerBurned`),
      rootProportionBits: amount(`${CHAIN}RootProp`),
      emissionEnabled: flag("SubnetEmissionEnabled", true),
      subtokenEnabled: flag("SubtokenEnabled", false),
      registrationAllowed: flag("NetworkRegistrationAllowed", true),
      firstEmissionBlock: Number(amount(`${CHAIN}FirstEmissionBlockNumber`)),
      // Not in the capture, and without influence on what is compared.
      ownerCutEnabled: true,
      pending: { serverRao: 0n, validatorRao: 0n, rootAlphaRao: 0n, ownerCutRao: 0n },
      lastBlock: {
        taoInRao: amount(`${CHAIN}SubnetTaoInEmission`),
        alphaInRao: amount(`${CHAIN}SubnetAlphaInEmission`),
        excessTaoRao: amount(`${CHAIN}SubnetExcessTao`),
        alphaOutRao: amount(`${CHAIN}SubnetAlphaOutEmission`),
      },
    };
  }

  /** The column of an item; an item that the capture lacks is absent for every netuid. */
  private column(name: string): readonly unknown[] {
    const value = this.document.at(["items", name, this.side]);
    if (Array.isArray(value)) return value;
    if (value === undefined && name !== `${CHAIN}NetworksAdded`) return [];
    return this.document.fail(this.itemField(name), problemOf(value), "a list by netuid");
  }

  private amount(name: string, netuid: number, absent: bigint): bigint {
    const hex = this.column(name)[netuid] ?? null;
    if (hex === null) return absent;
    return littleEndian(hex) ?? this.wrong(this.itemField(name, netuid), hex);
  }

  private flag(name: string, netuid: number, absent: boolean): boolean {
    const hex = this.column(name)[netuid] ?? null;
    if (hex === null) return absent;
    return (
      storedFlag(hex) ??
      this.document.fail(this.itemField(name, netuid), problemOf(hex), '"0x01" or "0x00"')
    );
  }

  private scalar(name: string): bigint {
    return (
      this.optionalScalar(name) ??
      this.document.fail(`scalars.${name}.${this.side}`, "is missing", "hex of a stored number")
    );
  }

  private optionalScalar(name: string): bigint | undefined {
    const hex = this.document.at(["scalars", name, this.side]) ?? null;
    if (hex === null) return undefined;
    return littleEndian(hex) ?? this.wrong(`scalars.${name}.${this.side}`, hex);
  }

  private itemField(name: string, netuid?: number): string {
    return `items.${name}.${this.side}${netuid === undefined ? "" : `[${netuid}]`}`;
  }

  private wrong(field: string, hex: unknown): never {
    return this.document.fail(field, problemOf(hex), "hex of a little-endian number, or null");
  }
}

const withoutAbsent = <T extends object>(values: T): T =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
