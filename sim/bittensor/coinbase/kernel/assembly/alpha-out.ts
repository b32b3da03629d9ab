/**
 * The alpha_out of a block and its split into the pending amounts of owner, miners, validators and
 * root. Source: spec/token-economics.md 3.3. Ratios in U96F32, each amount floored for itself.
 */
import { eligibleCount, netuidAt } from "./eligible";
import { isPaired } from "./lanes";
import {
  ALPHA_MINTED_TOTAL_RAO,
  ALPHA_OUT_EMISSION_RAO,
  ALPHA_OUT_EMISSION_TOTAL_RAO,
  ALPHA_OUT_RAO,
  ALPHA_RECYCLED_TOTAL_RAO,
  FLAG_OWNER_CUT_ENABLED,
  FLAGS,
  OWNER_CUT_U16,
  PENDING_OWNER_CUT_RAO,
  PENDING_ROOT_RAO,
  PENDING_SERVER_RAO,
  PENDING_VALIDATOR_RAO,
  ROOT_SELL_FLAG,
  SUBSIDISED,
} from "./layout";
import { addField, addFieldPair, field, fieldPair, global, setField, setFieldPair } from "./memory";
import { rootProportion, rootProportionPair } from "./root-proportion";
import { mulShift32 } from "./wide";

export function splitAlphaOut(): void {
  const ownerRatio = (global(OWNER_CUT_U16) << 32) / 65535;
  const rootSells = global(ROOT_SELL_FLAG) !== 0;
  for (let place = 0; place < eligibleCount; place++) {
    const netuid = netuidAt(place);
    if (isPaired(place)) {
      splitPair(netuid, ownerRatio, rootSells);
      place++;
    } else splitOne(netuid, ownerRatio, rootSells);
  }
}

function splitOne(netuid: i32, ownerRatio: u64, rootSells: bool): void {
  const alphaOut = field(ALPHA_OUT_EMISSION_RAO, netuid);
  addField(ALPHA_OUT_RAO, netuid, alphaOut);
  addField(ALPHA_MINTED_TOTAL_RAO, netuid, alphaOut);
  addField(ALPHA_OUT_EMISSION_TOTAL_RAO, netuid, alphaOut);
  const ownerCut = field(FLAGS, netuid) & FLAG_OWNER_CUT_ENABLED ? alphaOut * ownerRatio : 0;
  const rest = (alphaOut << 32) - ownerCut;
  const server = rest >> 1;
  const root = mulShift32(rootProportion(netuid), rest) >> 1;
  addField(PENDING_OWNER_CUT_RAO, netuid, ownerCut >> 32);
  addField(PENDING_SERVER_RAO, netuid, server >> 32);
  addField(PENDING_VALIDATOR_RAO, netuid, (rest - server - root) >> 32);
  if (rootSells && field(SUBSIDISED, netuid) === 0) addField(PENDING_ROOT_RAO, netuid, root >> 32);
  else recycleAlpha(netuid, root >> 32);
}

/** The same for netuid and netuid + 1. */
function splitPair(netuid: i32, ownerRatio: u64, rootSells: bool): void {
  const alphaOut = fieldPair(ALPHA_OUT_EMISSION_RAO, netuid);
  addFieldPair(ALPHA_OUT_RAO, netuid, alphaOut);
  addFieldPair(ALPHA_MINTED_TOTAL_RAO, netuid, alphaOut);
  addFieldPair(ALPHA_OUT_EMISSION_TOTAL_RAO, netuid, alphaOut);
  const cutFlag = i64x2.splat(FLAG_OWNER_CUT_ENABLED);
  const isCut = i64x2.eq(v128.and(fieldPair(FLAGS, netuid), cutFlag), cutFlag);
  const ownerCut = v128.and(i64x2.mul(alphaOut, i64x2.splat(ownerRatio)), isCut);
  const rest = i64x2.sub(i64x2.shl(alphaOut, 32), ownerCut);
  const server = i64x2.shr_u(rest, 1);
  const proportion = rootProportionPair(netuid);
  const high = i64x2.mul(proportion, i64x2.shr_u(rest, 32));
  const low = i64x2.mul(proportion, v128.and(rest, i64x2.splat(0xffffffff)));
  const root = i64x2.shr_u(i64x2.add(high, i64x2.shr_u(low, 32)), 1);
  addFieldPair(PENDING_OWNER_CUT_RAO, netuid, i64x2.shr_u(ownerCut, 32));
  addFieldPair(PENDING_SERVER_RAO, netuid, i64x2.shr_u(server, 32));
  const validators = i64x2.sub(i64x2.sub(rest, server), root);
  addFieldPair(PENDING_VALIDATOR_RAO, netuid, i64x2.shr_u(validators, 32));
  const rootRao = i64x2.shr_u(root, 32);
  const sells = i64x2.splat(rootSells ? -1 : 0);
  const accrues = v128.and(sells, i64x2.eq(fieldPair(SUBSIDISED, netuid), i64x2.splat(0)));
  addFieldPair(PENDING_ROOT_RAO, netuid, v128.and(rootRao, accrues));
  const recycled = v128.andnot(rootRao, accrues);
  setFieldPair(ALPHA_OUT_RAO, netuid, i64x2.sub(fieldPair(ALPHA_OUT_RAO, netuid), recycled));
  addFieldPair(ALPHA_RECYCLED_TOTAL_RAO, netuid, recycled);
}

export function recycleAlpha(netuid: i32, amount: u64): void {
  setField(ALPHA_OUT_RAO, netuid, field(ALPHA_OUT_RAO, netuid) - amount);
  addField(ALPHA_RECYCLED_TOTAL_RAO, netuid, amount);
}
