/**
 * The chain's state in memory, shared by the AssemblyScript kernel and by TypeScript (state.ts):
 * plain numbers only, so that both compilers read this one file.
 *
 * Memory from STATE_OFFSET: GLOBALS slots of 8 bytes, then one column of CAPACITY slots for each
 * subnet field. Slot i of a column belongs to netuid i. All slots are u64 unless the name says F64.
 *
 * Columns begin COLUMN_SLOTS apart, a cache line more than they hold: a power of two would put one
 * subnet's slots of all columns into the same few sets of the cache, where they drive each other out.
 * COLUMNS_OFFSET puts the slot of netuid 1 at the start of a cache line, so that no pair of slots
 * which is read at once (1 and 2, 3 and 4, ...) lies in two.
 */
export const CAPACITY = 256;
export const SLOT_BYTES = 8;
export const COLUMN_SLOTS = CAPACITY + 8;
export const STATE_OFFSET = 1024;

// Globals: state.
export const BLOCK = 0;
export const TOTAL_ISSUANCE_RAO = 1;
/** theta, U64F64: the integer part (0 or 1) and the fraction. */
export const GATE_BAR_HIGH = 2;
export const GATE_BAR_LOW = 3;
/** TAO in wallets and in transit outside pools, kept by the ledger: for the conservation check. */
export const FREE_TAO_RAO = 4;
/** Running totals since the start of the run. */
export const MINTED_RAO = 5;
export const RECYCLED_RAO = 6;
/** Of the last block. */
export const BLOCK_EMISSION_RAO = 7;
export const SUM_MOVING_PRICE_LOW = 8;
export const SUM_MOVING_PRICE_HIGH = 9;
/** 1 while root dividends accrue: the sum of moving prices of eligible subnets is over 1. */
export const ROOT_SELL_FLAG = 10;
/** How many subnets' epochs are due in the block that `advance` stopped in. */
export const DUE_COUNT = 11;
/** Netuid and reason (one of FAULT_*) of a failure that `advance` reports. */
export const FAULT_NETUID = 12;
export const FAULT_CODE = 13;
/** 1 while `advance` waits inside a block for the epochs that are due; `finishBlock` ends it. */
export const IN_BLOCK = 14;

// Globals: parameters, dated; the chain writes them when a rule-set or a scenario changes them.
/** 0 = exact fixed point, 1 = float64 for ratios (amounts stay integers). */
export const ARITHMETIC = 32;
/** 0 = no gate, 1 = bar by mass quantile, 2 = bar by rank. */
export const GATE_MODE = 33;
export const GATE_RANK = 34;
/** U64F64 fraction of the quantile, below one. */
export const GATE_QUANTILE_LOW = 35;
/** I32F32 bits of the exponent h. */
export const GATE_EXPONENT_I32F32 = 36;
export const GATE_REFRESH_BLOCKS = 37;
/** 1: shares are multiplied by 1 - MinerBurned. */
export const BURN_PENALTY = 38;
/** 1: shares are multiplied by the root proportion (rule-set R5). */
export const ROOT_PROPORTION_PENALTY = 39;
/** I96F32 bits. */
export const MOVING_ALPHA_I96F32 = 40;
export const MOVING_HALVING_BLOCKS = 41;
/** U96F32 bits of TaoWeight. */
export const TAO_WEIGHT_U96F32 = 42;
/** u16 ratio. */
export const OWNER_CUT_U16 = 43;
export const MAX_EPOCHS_PER_BLOCK = 44;
/** 1: chain buy before injection (spec 432 and later). */
export const BUY_FIRST = 45;
/** 1: an epoch is also due when BlocksSinceLastStep > tempo (spec 432 and later). */
export const DUE_BY_STEPS = 46;
/** 0 = weighted pools, 1 = constant product, 2 = concentrated liquidity. */
export const POOL_KIND = 47;
/** What injected alpha is capped by: 0 = root proportion, 1 = alpha emission, 2 = the lesser one. */
export const ALPHA_IN_CAP = 48;
/** TAO beyond the cap: 0 = buys alpha, 1 = is injected all the same, 2 = a subsidy of low prices. */
export const SURPLUS = 49;
/** 1: alpha that the chain buys is recycled; 0: it stays, as protocol alpha. */
export const RECYCLE_BOUGHT = 50;
/** 1: root's alpha accrues whatever the moving prices sum to. */
export const ROOT_ALWAYS_ACCRUES = 51;
/** 1: subnets that closed registration take part in emission. */
export const CLOSED_SUBNETS_EMIT = 52;
/** 1: epochs every tempo + 1 blocks, staggered by netuid. */
export const STAGGERED_EPOCHS = 53;
/** What shares go by: 0 = moving prices, 1 = users' flow of TAO, 2 = that less the protocol's. */
export const SHARES_BY = 54;
/** Weight of a block's flow in its average, the fraction of an I64F64. */
export const FLOW_WEIGHT_LOW = 55;
/** I64F64 rao: flows up to it earn nothing. */
export const FLOW_CUTOFF_HIGH = 56;
export const FLOW_CUTOFF_LOW = 57;
export const FLOW_EXPONENT_I32F32 = 58;
/** 1: the emission switch of subnets is not looked at. */
export const IGNORE_EMISSION_SWITCH = 59;
/** What the host's `rangeScale` answers, U64F64. */
export const RANGE_SCALE_HIGH = 60;
export const RANGE_SCALE_LOW = 61;
export const GLOBALS = 64;
export const COLUMNS_OFFSET = STATE_OFFSET + (GLOBALS + 7) * SLOT_BYTES;

// Subnet fields: state.
export const TAO_RESERVE_RAO = 0;
export const ALPHA_IN_RAO = 1;
export const ALPHA_OUT_RAO = 2;
export const PROTOCOL_ALPHA_RAO = 3;
/** Weight of TAO in the pool, parts of 10^18. */
export const QUOTE_WEIGHT_PARTS = 4;
export const TAO_RESERVOIR_RAO = 5;
export const ALPHA_RESERVOIR_RAO = 6;
/** I96F32 bits; at most one, so that 64 bits hold it. */
export const MOVING_PRICE_I96F32 = 7;
/** U96F32 bits. */
export const MINER_BURNED_U96F32 = 8;
export const ROOT_PROPORTION_U96F32 = 9;
/** 0 = emission has not started. */
export const FIRST_EMISSION_BLOCK = 10;
export const FLAGS = 11;
export const TEMPO_BLOCKS = 12;
export const LAST_EPOCH_BLOCK = 13;
/** 0 = none. */
export const PENDING_EPOCH_AT = 14;
export const BLOCKS_SINCE_LAST_STEP = 15;
export const PENDING_SERVER_RAO = 16;
export const PENDING_VALIDATOR_RAO = 17;
export const PENDING_ROOT_RAO = 18;
export const PENDING_OWNER_CUT_RAO = 19;
export const SUBNET_EPOCH_INDEX = 20;
/** 1 in the block that `advance` stopped in, when this subnet's epoch runs in it. */
export const DUE = 21;
/** Concentrated pools: the square root of the price, U64F64 in two words, and the liquidity, rao. */
export const SQRT_PRICE_HIGH = 22;
export const SQRT_PRICE_LOW = 23;
export const LIQUIDITY_RAO = 24;
/** Signed rao since the last reading: stake less unstake; injections and buys less root's sales. */
export const USER_FLOW_RAO = 25;
export const PROTOCOL_FLOW_RAO = 26;
/** Their averages, I64F64 in two words. */
export const USER_AVERAGE_HIGH = 27;
export const USER_AVERAGE_LOW = 28;
export const PROTOCOL_AVERAGE_HIGH = 29;
export const PROTOCOL_AVERAGE_LOW = 30;
/** 1 in a block in which the subsidy of low prices was at work. */
export const SUBSIDISED = 31;

// Subnet fields: of the last block, for records and checks.
export const SHARE_F64 = 32;
export const TAO_IN_EMISSION_RAO = 33;
export const ALPHA_IN_EMISSION_RAO = 34;
export const EXCESS_TAO_RAO = 35;
export const ALPHA_OUT_EMISSION_RAO = 36;

// Subnet fields: running totals since the start of the run.
export const INJECTED_TOTAL_RAO = 40;
export const CHAIN_BUYS_TOTAL_RAO = 41;
/** Alpha minted (alpha_in issued + alpha_out) and recycled, for the conservation check. */
export const ALPHA_MINTED_TOTAL_RAO = 42;
export const ALPHA_RECYCLED_TOTAL_RAO = 43;
export const ALPHA_OUT_EMISSION_TOTAL_RAO = 44;
/** Alpha issuance (in + out + reservoir) when the run began. */
export const ALPHA_ISSUANCE_START_RAO = 45;
/** TAO on the subnet's account outside its pool: of chain buys that failed before spec 432. */
export const STRANDED_TAO_RAO = 46;
/** Of the recycled: alpha that the chain had bought. */
export const BOUGHT_RECYCLED_TOTAL_RAO = 47;
export const SUBNET_FIELDS = 48;

// Bits of FLAGS.
export const FLAG_EXISTS = 1;
export const FLAG_SUBTOKEN_ENABLED = 2;
export const FLAG_REGISTRATION_ALLOWED = 4;
export const FLAG_EMISSION_ENABLED = 8;
export const FLAG_OWNER_CUT_ENABLED = 16;
/** Mechanism 0: price fixed at one, no pool. */
export const FLAG_STABLE = 32;

// Values of FAULT_CODE.
/** TotalIssuance is not the sum of all TAO. */
export const FAULT_TAO = 1;
/** A subnet's alpha is not what it began with and what was minted, less what was recycled. */
export const FAULT_ALPHA = 2;
/** A spot price of 2^19 TAO per alpha or more: the chain's limit on buys comes near. */
export const FAULT_PRICE = 3;
/** `advance` was called inside a block, or `finishBlock` outside of one. */
export const FAULT_ORDER = 4;

export const STATE_BYTES = (GLOBALS + 8 + SUBNET_FIELDS * COLUMN_SLOTS) * SLOT_BYTES;
/** The kernel's own working memory begins here. */
export const SCRATCH_OFFSET = STATE_OFFSET + STATE_BYTES;
export const SCRATCH_COLUMNS = 16;
export const MEMORY_BYTES = SCRATCH_OFFSET + SCRATCH_COLUMNS * COLUMN_SLOTS * SLOT_BYTES;
