/** Grades to scores, four (f32) or two (f64) miners at a time. Columns are padded with zero grades. */
import { incentive, inputStake, inputWeights, weights } from "./layout";
import { sumLanes } from "./shares";

/** Adds to `incentive`, cleared first, each validator's weights times his stake. */
export function scoreAnswers<T>(rows: i32, columns: i32, sharpness: i32): void {
  const bytes = <usize>columns * sizeof<T>();
  memory.fill(incentive, 0, bytes);
  for (let row = 0; row < rows; row++) {
    const sum = weightsOf<T>(inputWeights + <usize>row * <usize>columns * 2, columns, sharpness);
    if (sum == <T>0) continue;
    const share = <T>load<f64>(inputStake + ((<usize>row) << 3)) / sum;
    const factor = v128.splat<T>(share);
    for (let k: usize = 0; k < bytes; k += 16) {
      const scored = v128.mul<T>(v128.load(weights + k), factor);
      v128.store(incentive + k, v128.add<T>(v128.load(incentive + k), scored));
    }
  }
}

/** A row's grades to the power into `weights`; gives their sum. */
function weightsOf<T>(from: usize, columns: i32, sharpness: i32): T {
  const unit = v128.splat<T>(<T>1 / <T>65535);
  let sum = v128.splat<T>(<T>0);
  const bytes = <usize>columns * sizeof<T>();
  let at = from;
  for (let k: usize = 0; k < bytes; k += 16) {
    let grade: v128;
    if (sizeof<T>() == 4) {
      grade = f32x4.convert_i32x4_s(v128.load_ext<u16>(at));
      at += 8;
    } else {
      grade = f64x2.convert_low_i32x4_s(i32x4.extend_low_i16x8_u(i32x4.splat(load<i32>(at))));
      at += 4;
    }
    grade = v128.mul<T>(grade, unit);
    let weight = grade;
    for (let power = 1; power < sharpness; power++) weight = v128.mul<T>(weight, grade);
    v128.store(weights + k, weight);
    sum = v128.add<T>(sum, weight);
  }
  return sumLanes<T>(sum);
}
