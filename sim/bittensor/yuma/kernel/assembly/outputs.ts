/** What the chain stores, as u16 (spec 5.12, 5.13). */
import { u16FromProportion } from "./fixed";
import { bitsOf, rowStart } from "./list-rows";
import {
  bondColumnsAt,
  bondStartAt,
  bondValuesAt,
  consensusAt,
  consensusU16At,
  dividendsAt,
  dividendsU16At,
  emaBitsAt,
  emaColumnsAt,
  emaStartAt,
  incentiveAt,
  incentiveU16At,
  newPermitAt,
  stakeAt,
  stakeWeightAt,
  validatorTrustAt,
  validatorTrustU16At,
} from "./memory";
import { n } from "./parameters";

export function storeVectors(): void {
  storeVector(stakeAt, stakeWeightAt);
  storeVector(consensusAt, consensusU16At);
  storeVector(incentiveAt, incentiveU16At);
  storeVector(dividendsAt, dividendsU16At);
  storeVector(validatorTrustAt, validatorTrustU16At);
}

function storeVector(from: usize, to: usize): void {
  for (let uid = 0; uid < n; uid++) {
    store<u16>(to + ((<usize>uid) << 1), u16FromProportion(load<i64>(from + ((<usize>uid) << 3))));
  }
}

/** The new bonds replace the stored ones; those without a new permit get an empty row. */
export function storeBonds(): void {
  let to: u32 = 0;
  store<u32>(bondStartAt, 0);
  for (let row = 0; row < n; row++) {
    if (load<u8>(newPermitAt + row) != 0) {
      const start = rowStart(emaStartAt, row);
      const count = rowStart(emaStartAt, row + 1) - start;
      memory.copy(
        bondColumnsAt + ((<usize>to) << 1),
        emaColumnsAt + ((<usize>start) << 1),
        (<usize>count) << 1,
      );
      for (let k: u32 = 0; k < count; k++) {
        const value = u16FromProportion(bitsOf(emaBitsAt, start + k));
        store<u16>(bondValuesAt + ((<usize>(to + k)) << 1), value);
      }
      to += count;
    }
    store<u32>(bondStartAt + ((<usize>row + 1) << 2), to);
  }
}
