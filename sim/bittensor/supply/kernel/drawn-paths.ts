/**
 * Recycled shares and flows of many paths at once in WebAssembly: those of RecyclingPath and FlowPath
 * with the same streams, bit for bit, some seven times as fast.
 */
import { exp } from "../../../portable-math.ts";
import { randomSource, streamKeyOf } from "../../../random.ts";
import { startWasmKernel, type WasmKernel } from "../../../wasm-kernel.ts";
import type { FlowModel } from "../flow-path.ts";
import type { RecyclingModel } from "../recycling.ts";
import { wasmBase64 } from "./wasm.generated.ts";

interface DrawExports {
  layOut(paths: number, days: number): number;
  parametersAt(): number;
  flowKeyAt(): number;
  statesAt(): number;
  outputAt(): number;
  begin(first: number, paths: number, hasFlows: boolean): void;
  next(paths: number, days: number, hasFlows: boolean): void;
}

export interface DrawnModel {
  readonly recycling: RecyclingModel;
  /** Null for supply alone: nothing is sold or spent. */
  readonly flows: FlowModel | null;
  /** The seed of the stream "flows", of which path k takes the numbers from the k-th 2^40 on. */
  readonly flowSeed: string;
  /** By path: the seed of its stream "recycling". */
  readonly seedOf: (path: number) => string;
}

/** By day and path. */
export interface DrawnDays {
  readonly recycledShare: Float64Array;
  readonly soldAlpha: Float64Array;
  readonly spentTao: Float64Array;
}

const STATE_BYTES = 80;

/** One a thread, and whose paths it holds. */
let shared: { readonly kernel: WasmKernel<DrawExports>; owner: DrawnPaths | null } | null = null;

/** Only the newest of a thread can go on: they share a kernel's memory. */
export class DrawnPaths {
  private readonly hasFlows: boolean;

  /** Of paths `first` to `first + paths - 1`, at most `mostDays` at a time. Throws RangeError. */
  constructor(
    model: DrawnModel,
    first: number,
    readonly paths: number,
    readonly mostDays: number,
  ) {
    shared ??= { kernel: startWasmKernel<DrawExports>(wasmBase64), owner: null };
    shared.owner = this;
    this.hasFlows = model.flows !== null;
    const { exports, memory } = shared.kernel;
    if (!exports.layOut(paths, mostDays)) {
      throw new RangeError(`no memory for ${mostDays} days of ${paths} paths`);
    }
    const parameters = parametersOf(model);
    new Float64Array(memory.buffer, exports.parametersAt(), parameters.length).set(parameters);
    const flowKey = streamKeyOf(randomSource(model.flowSeed), "flows");
    new Uint32Array(memory.buffer, exports.flowKeyAt(), 4).set(flowKey);
    for (let p = 0; p < paths; p++) {
      const key = streamKeyOf(randomSource(model.seedOf(first + p)), "recycling");
      new Uint32Array(memory.buffer, exports.statesAt() + p * STATE_BYTES, 4).set(key);
    }
    exports.begin(first, paths, this.hasFlows);
  }

  /** The next days of all paths; throws RangeError for more than `mostDays`, or for older paths. */
  next(days: number): DrawnDays {
    if (days > this.mostDays) throw new RangeError(`${days} days, at most ${this.mostDays}`);
    if (shared?.owner !== this) throw new RangeError("other paths have been begun since");
    const { exports, memory } = shared.kernel;
    exports.next(this.paths, days, this.hasFlows);
    const cells = this.paths * days;
    const column = (k: number) =>
      new Float64Array(memory.buffer, exports.outputAt() + k * cells * 8, cells).slice();
    const none = () => new Float64Array(cells);
    return {
      recycledShare: column(0),
      soldAlpha: this.hasFlows ? column(1) : none(),
      spentTao: this.hasFlows ? column(2) : none(),
    };
  }
}

/** In the order of assembly/index.ts; formed as the readable classes form them. */
function parametersOf({ recycling, flows }: DrawnModel): number[] {
  const { meanShare, meanDeviation, dailyDeviation, memoryDays } = recycling;
  const keep = exp(-1 / memoryDays);
  const own = [
    ...[meanShare, meanDeviation, dailyDeviation, keep],
    Math.sqrt(1 - keep * keep) * dailyDeviation,
  ];
  if (flows === null) return [...own, ...new Array<number>(7).fill(0)];
  const mean = flows.meanDeviation;
  const daily = flows.dailyDeviation;
  const flowKeep = exp(-1 / flows.memoryDays);
  return [
    ...own,
    ...[flows.soldAlpha, flows.spentTao, -0.5 * (mean * mean + daily * daily)],
    ...[mean, daily, flowKeep, daily * Math.sqrt(1 - flowKeep * flowKeep)],
  ];
}
