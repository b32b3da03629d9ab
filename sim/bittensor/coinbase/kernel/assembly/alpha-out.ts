/**
 * The alpha_out of a block and its split into the pending amounts of owner, miners, validators and
 * root. Source: spec/token-economics.md 3.3. Ratios in U96F32, each amount floored for itself.
 */
import { eligibleCount, netuidAt } from "./eligible";
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
import { addField, field, global, setField } from "./memory";
import { rootProportion } from "./root-proportion";
import { mulShift32 } from "./wide";

export function splitAlphaOut(): void {
  const ownerRatio = (global(OWNER_CUT_U16) << 32) / 65535;
  const rootSells = global(ROOT_SELL_FLAG) !== 0;
  for (let place = 0; place < eligibleCount; place++) {
    const netuid = netuidAt(place);
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
    if (rootSells && field(SUBSIDISED, netuid) === 0)
      addField(PENDING_ROOT_RAO, netuid, root >> 32);
    else recycleAlpha(netuid, root >> 32);
  }
}

export function recycleAlpha(netuid: i32, amount: u64): void {
  setField(ALPHA_OUT_RAO, netuid, field(ALPHA_OUT_RAO, netuid) - amount);
  addField(ALPHA_RECYCLED_TOTAL_RAO, netuid, amount);
}
