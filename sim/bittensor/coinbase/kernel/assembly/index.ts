/**
 * The coinbase of whole blocks, in the chain's own order (spec/token-economics.md Appendix A as
 * corrected by spec/recent-rules.md 2 and spec/measured-chain.md 1.2), over the columns of layout.ts.
 */
import { splitAlphaOut } from "./alpha-out";
import { blockEmission, MAX_SUPPLY_RAO } from "./block-emission";
import { checkConservation } from "./conservation";
import { eligibleCount, listEligible, netuidAt } from "./eligible";
import { scheduleEpochs } from "./epoch-schedule";
import { faulty, raiseFault } from "./fault";
import { updateAveragesF64, updatePairF64 } from "./float64/averages";
import { emitToSubnetsF64 } from "./float64/emit";
import { emissionSharesF64 } from "./float64/shares";
import { emitToSubnets } from "./injection";
import { isPaired } from "./lanes";
import {
  ARITHMETIC,
  BLOCK,
  BLOCK_EMISSION_RAO,
  FAULT_ORDER,
  IN_BLOCK,
  MINTED_RAO,
  POOL_KIND,
  RECYCLED_RAO,
  ROOT_ALWAYS_ACCRUES,
  ROOT_PROPORTION_U96F32,
  ROOT_SELL_FLAG,
  SUM_MOVING_PRICE_LOW,
  TOTAL_ISSUANCE_RAO,
} from "./layout";
import { setUpReciprocals } from "./log-exp";
import { addGlobal, global, setField, setGlobal } from "./memory";
import { updateMovingPrice } from "./moving-price";
import { WEIGHTED } from "./pool-price";
import { readRootStake, rootProportion } from "./root-proportion";
import { emissionShares } from "./shares";
import { subnetTerms } from "./terms";

const FAULT: i32 = -1;
/** The value of ARITHMETIC that chooses doubles. */
const FLOAT64: u64 = 1;

/** To be called once, before anything else. */
export function setUp(): void {
  setUpReciprocals();
}

/**
 * Runs blocks up to and including `until`. Stops inside the first block in which epochs are due,
 * and returns how many; the caller runs them and calls `finishBlock`. 0: all done. -1: a fault.
 */
export function advance(until: u64): i32 {
  if (global(IN_BLOCK) !== 0) raiseFault(FAULT_ORDER, 0);
  if (faulty()) return FAULT;
  listEligible();
  while (global(BLOCK) < until) {
    runCoinbase();
    const due = scheduleEpochs();
    checkConservation();
    if (faulty()) return FAULT;
    if (due !== 0) {
      setGlobal(IN_BLOCK, 1);
      return due;
    }
    endBlock();
  }
  return 0;
}

/** Ends the block that `advance` stopped in: moving prices and root proportions. -1: a fault. */
export function finishBlock(): i32 {
  if (global(IN_BLOCK) === 0) raiseFault(FAULT_ORDER, 0);
  if (faulty()) return FAULT;
  setGlobal(IN_BLOCK, 0);
  listEligible();
  endBlock();
  checkConservation();
  return faulty() ? FAULT : 0;
}

/** Mint, shares, terms, chain buys and injections, the split of alpha_out. */
function runCoinbase(): void {
  addGlobal(BLOCK, 1);
  const issuance = global(TOTAL_ISSUANCE_RAO);
  const minted = min(blockEmission(issuance), MAX_SUPPLY_RAO - min(issuance, MAX_SUPPLY_RAO));
  setGlobal(BLOCK_EMISSION_RAO, minted);
  addGlobal(MINTED_RAO, minted);
  readRootStake();
  const unspent = global(ARITHMETIC) === FLOAT64 ? emitInFloat64(minted) : emitExactly(minted);
  const accrues = global(ROOT_ALWAYS_ACCRUES) !== 0 || global(SUM_MOVING_PRICE_LOW) > 1 << 32;
  setGlobal(ROOT_SELL_FLAG, <u64>accrues);
  setGlobal(TOTAL_ISSUANCE_RAO, issuance + minted - unspent);
  addGlobal(RECYCLED_RAO, unspent);
  splitAlphaOut();
}

function emitExactly(minted: u64): u64 {
  emissionShares(minted);
  subnetTerms();
  return emitToSubnets(minted);
}

function emitInFloat64(minted: u64): u64 {
  emissionSharesF64();
  return emitToSubnetsF64(minted);
}

function endBlock(): void {
  readRootStake();
  if (global(ARITHMETIC) === FLOAT64) return endBlockInFloat64();
  for (let place = 0; place < eligibleCount; place++) {
    const netuid = netuidAt(place);
    updateMovingPrice(netuid);
    setField(ROOT_PROPORTION_U96F32, netuid, rootProportion(netuid));
  }
}

function endBlockInFloat64(): void {
  const isWeighted = global(POOL_KIND) === WEIGHTED;
  for (let place = 0; place < eligibleCount; place++) {
    const netuid = netuidAt(place);
    if (isWeighted && isPaired(place) && updatePairF64(netuid)) place++;
    else updateAveragesF64(netuid);
  }
}
