/** The epoch kernel's memory as typed arrays; assembly/memory.ts is the map of it. */

/** A sparse matrix: row i is start[i] ... start[i + 1] of columns and values, in stored order. */
export interface FlatMatrix {
  /** maxNeurons + 1 places. */
  readonly start: Uint32Array;
  /** maxEntries target uids. */
  readonly columns: Uint16Array;
  /** maxEntries u16 values. */
  readonly values: Uint16Array;
}

/** Views of maxNeurons elements, unless said otherwise. Units as in ../types.ts. */
export interface KernelMemory extends EpochColumns {
  // Inputs: they keep their values until they are overwritten.
  /** Pairs (low, high) of I64F64 bits: 2 * maxNeurons elements. */
  readonly totalStakeBits: BigUint64Array;
  /** What `weighStakes` makes total stakes of, rao. */
  readonly alphaStakeRao: BigUint64Array;
  readonly rootStakeRao: BigUint64Array;
  readonly lastUpdate: Float64Array;
  readonly blockAtRegistration: Float64Array;
  /** Infinity = no live commit. Read where commit-reveal is on. */
  readonly commitBlocks: Float64Array;
  /** 0 or 1. The epoch does not carry its new permits over; copy `newPermit` here for that. */
  readonly validatorPermit: Uint8Array;
  readonly previousConsensus: Uint16Array;
  readonly weights: FlatMatrix;
  /** Input of an epoch and, when it is done, its output: bonds are carried by doing nothing. */
  readonly bonds: FlatMatrix;

  // Stages of the last epoch, I32F32 bits.
  readonly stakeBits: BigInt64Array;
  readonly activeStakeBits: BigInt64Array;
  readonly consensusBits: BigInt64Array;
  readonly validatorTrustBits: BigInt64Array;
  readonly incentiveBits: BigInt64Array;
  readonly dividendsBits: BigInt64Array;
}

/** Outputs of the last epoch, by uid. */
export interface EpochColumns {
  readonly active: Uint8Array;
  readonly newPermit: Uint8Array;
  readonly stakeWeight: Uint16Array;
  readonly consensus: Uint16Array;
  readonly incentive: Uint16Array;
  readonly dividends: Uint16Array;
  readonly validatorTrust: Uint16Array;
  readonly emissionRao: BigUint64Array;
  readonly serverEmissionRao: BigUint64Array;
  readonly validatorEmissionRao: BigUint64Array;
}

export type KernelPointers = Readonly<Record<`${string}At`, WebAssembly.Global<"i32">>>;

/** Views over memory that is laid out; it must not grow afterwards. */
export function viewKernelMemory(
  buffer: ArrayBuffer,
  at: KernelPointers,
  maxNeurons: number,
  maxEntries: number,
): KernelMemory {
  const bytes = (pointer: WebAssembly.Global<"i32">) =>
    new Uint8Array(buffer, pointer.value, maxNeurons);
  const u16 = (pointer: WebAssembly.Global<"i32">, length = maxNeurons) =>
    new Uint16Array(buffer, pointer.value, length);
  const f64 = (pointer: WebAssembly.Global<"i32">) =>
    new Float64Array(buffer, pointer.value, maxNeurons);
  const u64 = (pointer: WebAssembly.Global<"i32">, length = maxNeurons) =>
    new BigUint64Array(buffer, pointer.value, length);
  const i64 = (pointer: WebAssembly.Global<"i32">) =>
    new BigInt64Array(buffer, pointer.value, maxNeurons);
  const matrix = (name: "weight" | "bond"): FlatMatrix => ({
    start: new Uint32Array(buffer, at[`${name}StartAt`].value, maxNeurons + 1),
    columns: u16(at[`${name}ColumnsAt`], maxEntries),
    values: u16(at[`${name}ValuesAt`], maxEntries),
  });
  return {
    totalStakeBits: u64(at.totalStakeAt, 2 * maxNeurons),
    alphaStakeRao: u64(at.alphaStakeAt),
    rootStakeRao: u64(at.rootStakeAt),
    lastUpdate: f64(at.lastUpdateAt),
    blockAtRegistration: f64(at.blockAtRegistrationAt),
    commitBlocks: f64(at.commitBlockAt),
    validatorPermit: bytes(at.storedPermitAt),
    previousConsensus: u16(at.previousConsensusAt),
    weights: matrix("weight"),
    bonds: matrix("bond"),
    active: bytes(at.activeAt),
    newPermit: bytes(at.newPermitAt),
    stakeWeight: u16(at.stakeWeightAt),
    consensus: u16(at.consensusU16At),
    incentive: u16(at.incentiveU16At),
    dividends: u16(at.dividendsU16At),
    validatorTrust: u16(at.validatorTrustU16At),
    emissionRao: u64(at.emissionAt),
    serverEmissionRao: u64(at.serverEmissionAt),
    validatorEmissionRao: u64(at.validatorEmissionAt),
    stakeBits: i64(at.stakeAt),
    activeStakeBits: i64(at.activeStakeAt),
    consensusBits: i64(at.consensusAt),
    validatorTrustBits: i64(at.validatorTrustAt),
    incentiveBits: i64(at.incentiveAt),
    dividendsBits: i64(at.dividendsAt),
  };
}
