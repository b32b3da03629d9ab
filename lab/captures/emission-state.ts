/**
 * A captured state from which emission shares can be computed, whatever file it came in: raw
 * storage, a list of subnets, or the root metagraph of the time before pools.
 */
import type { ShareSubnet } from "../../sim/bittensor/emission/shares.ts";
import type { ValueOverrides } from "../../sim/bittensor/rules/dated-values.ts";
import { isPlainObject, readJsonFile } from "./json-file.ts";
import { readRootMetagraph } from "./root-metagraph.ts";
import { stateOfStorage } from "./storage-state.ts";
import { stateOfSubnetList } from "./subnet-list.ts";

export interface EmissionState {
  readonly file: string;
  /** The block at whose end the state stands. */
  readonly block: number;
  readonly totalIssuanceRao: bigint | null;
  /** By ascending netuid; those that take part in emission. */
  readonly subnets: readonly StateSubnet[];
  /** Netuids that do not, and why. */
  readonly leftOut: readonly { readonly netuid: number; readonly why: string }[];
  /** The stored bar of the Hill gate, U64F64; 0 where none is known. */
  readonly gateBarBits: bigint;
  /** Stored values that replace the dated ones. */
  readonly values: ValueOverrides;
  /** What rules may read and this file does not hold. */
  readonly lacks: ReadonlySet<StateInput>;
}

export type StateInput =
  | "moving price"
  | "miner burned"
  | "root proportion"
  | "emission switch"
  | "flows"
  | "root weights";

export interface StateSubnet extends ShareSubnet {
  /** Empty where none is known. */
  readonly name: string;
  /** TAO that the chain paid to the subnet in the block; null where the file does not tell. */
  readonly observedRao: bigint | null;
  /** Share by root validators' weights, U64F64. */
  readonly rootWeightShareBits?: bigint;
}

/** Throws InputError for a file of no known format, and for wrong fields. */
export function readEmissionState(path: string): EmissionState {
  if (/\.csv$/i.test(path)) return readRootMetagraph(path);
  const document = readJsonFile(path);
  if (isPlainObject(document.at(["maps"]))) return stateOfStorage(document);
  if (Array.isArray(document.at(["subnets"]))) return stateOfSubnetList(document);
  return document.fail(
    "",
    "holds neither `maps` of raw storage nor a list `subnets`",
    "a state captured as raw storage or as a list of subnets, or the CSV of a root metagraph",
  );
}
