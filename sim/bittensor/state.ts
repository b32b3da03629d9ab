/**
 * The state of the chain that every block touches, as columns over one block of memory that the
 * coinbase kernel works on in place. `state.subnet.taoReserveRao[netuid]` is the live number.
 */
import * as layout from "./coinbase/kernel/assembly/layout.ts";

const columns = {
  taoReserveRao: layout.TAO_RESERVE_RAO,
  alphaInRao: layout.ALPHA_IN_RAO,
  alphaOutRao: layout.ALPHA_OUT_RAO,
  protocolAlphaRao: layout.PROTOCOL_ALPHA_RAO,
  quoteWeightParts: layout.QUOTE_WEIGHT_PARTS,
  taoReservoirRao: layout.TAO_RESERVOIR_RAO,
  alphaReservoirRao: layout.ALPHA_RESERVOIR_RAO,
  movingPriceI96F32: layout.MOVING_PRICE_I96F32,
  minerBurnedU96F32: layout.MINER_BURNED_U96F32,
  rootProportionU96F32: layout.ROOT_PROPORTION_U96F32,
  firstEmissionBlock: layout.FIRST_EMISSION_BLOCK,
  flags: layout.FLAGS,
  tempoBlocks: layout.TEMPO_BLOCKS,
  lastEpochBlock: layout.LAST_EPOCH_BLOCK,
  pendingEpochAt: layout.PENDING_EPOCH_AT,
  blocksSinceLastStep: layout.BLOCKS_SINCE_LAST_STEP,
  pendingServerRao: layout.PENDING_SERVER_RAO,
  pendingValidatorRao: layout.PENDING_VALIDATOR_RAO,
  pendingRootRao: layout.PENDING_ROOT_RAO,
  pendingOwnerCutRao: layout.PENDING_OWNER_CUT_RAO,
  subnetEpochIndex: layout.SUBNET_EPOCH_INDEX,
  due: layout.DUE,
  sqrtPriceHigh: layout.SQRT_PRICE_HIGH,
  sqrtPriceLow: layout.SQRT_PRICE_LOW,
  liquidityRao: layout.LIQUIDITY_RAO,
  userFlowRao: layout.USER_FLOW_RAO,
  protocolFlowRao: layout.PROTOCOL_FLOW_RAO,
  userAverageHigh: layout.USER_AVERAGE_HIGH,
  userAverageLow: layout.USER_AVERAGE_LOW,
  protocolAverageHigh: layout.PROTOCOL_AVERAGE_HIGH,
  protocolAverageLow: layout.PROTOCOL_AVERAGE_LOW,
  subsidised: layout.SUBSIDISED,
  taoInEmissionRao: layout.TAO_IN_EMISSION_RAO,
  alphaInEmissionRao: layout.ALPHA_IN_EMISSION_RAO,
  excessTaoRao: layout.EXCESS_TAO_RAO,
  alphaOutEmissionRao: layout.ALPHA_OUT_EMISSION_RAO,
  injectedTotalRao: layout.INJECTED_TOTAL_RAO,
  chainBuysTotalRao: layout.CHAIN_BUYS_TOTAL_RAO,
  alphaMintedTotalRao: layout.ALPHA_MINTED_TOTAL_RAO,
  alphaRecycledTotalRao: layout.ALPHA_RECYCLED_TOTAL_RAO,
  alphaOutEmissionTotalRao: layout.ALPHA_OUT_EMISSION_TOTAL_RAO,
  alphaIssuanceStartRao: layout.ALPHA_ISSUANCE_START_RAO,
  strandedTaoRao: layout.STRANDED_TAO_RAO,
  boughtRecycledTotalRao: layout.BOUGHT_RECYCLED_TOTAL_RAO,
} as const;

export type SubnetColumn = keyof typeof columns;

export interface ChainState {
  /** Globals by the indices of layout.ts. */
  readonly globals: BigUint64Array;
  /** One column a field, indexed by netuid; length CAPACITY. */
  readonly subnet: Readonly<Record<SubnetColumn, BigUint64Array>>;
  /** Share of the last block's TAO emission, as a double: for records only. */
  readonly share: Float64Array;
}

/** Views over the kernel's memory. The memory must not grow afterwards. */
export function chainStateOver(buffer: ArrayBufferLike): ChainState {
  const columnOffset = (field: number) =>
    layout.COLUMNS_OFFSET + field * layout.COLUMN_SLOTS * layout.SLOT_BYTES;
  const subnet = Object.fromEntries(
    Object.entries(columns).map(([name, field]) => [
      name,
      new BigUint64Array(buffer, columnOffset(field), layout.CAPACITY),
    ]),
  ) as Record<SubnetColumn, BigUint64Array>;
  return {
    globals: new BigUint64Array(buffer, layout.STATE_OFFSET, layout.GLOBALS),
    subnet,
    share: new Float64Array(buffer, columnOffset(layout.SHARE_F64), layout.CAPACITY),
  };
}

/** Alpha issuance of a subnet: what its halving and its root proportion count. */
export const alphaIssuanceRao = ({ subnet }: ChainState, netuid: number): bigint =>
  subnet.alphaInRao[netuid] + subnet.alphaOutRao[netuid] + subnet.alphaReservoirRao[netuid];
