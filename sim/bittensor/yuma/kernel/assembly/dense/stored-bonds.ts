/** Dense stored bonds without those of a uid's previous holder (spec 5.9). */
import {
  blockAtRegistrationAt,
  bondColumnsAt,
  bondStartAt,
  bondValuesAt,
  denseStoredAt,
  rowU16At,
  wideSumAt,
} from "../memory";
import { bondMaskBlock } from "../old-bonds";
import { n } from "../parameters";
import { rowCount, spreadRow, stride, uidOf } from "./rows";

/** denseStored: the u16 as stored; with sums of the columns (u32, below 2^32) in the room of wideSum. */
export function loadStoredBonds(): void {
  findKeptColumns();
  memory.fill(wideSumAt, 0, (<usize>stride) << 2);
  const bytes = (<usize>stride) << 1;
  for (let row = 0; row < rowCount; row++) {
    const to = denseStoredAt + <usize>row * bytes;
    spreadRow(bondStartAt, bondColumnsAt, bondValuesAt, uidOf(row), to);
    for (let at: usize = 0; at < bytes; at += 16) {
      const kept = v128.and(v128.load(to + at), v128.load(rowU16At + at));
      v128.store(to + at, kept);
      const sums = wideSumAt + (at << 1);
      v128.store(sums, i32x4.add(v128.load(sums), i32x4.extend_low_i16x8_u(kept)));
      v128.store(sums, i32x4.add(v128.load(sums, 16), i32x4.extend_high_i16x8_u(kept)), 16);
    }
  }
}

/** rowU16: all bits set for columns whose holder is the one the bonds were given to. */
function findKeptColumns(): void {
  const since = bondMaskBlock();
  memory.fill(rowU16At, 0, (<usize>stride) << 1);
  for (let column = 0; column < n; column++) {
    const registered = load<f64>(blockAtRegistrationAt + ((<usize>column) << 3));
    store<u16>(rowU16At + ((<usize>column) << 1), since > registered ? 0xffff : 0);
  }
}
