/** gpu.js as the jobs need it: kernels by shape, results that stay on the device or come back flat. */
import type { DeviceWork } from "../types.ts";

/** The part of gpu.js that is used, as it is; its own typings lack some of it. */
export interface GpuLibrary {
  readonly GPU: {
    new (settings: { mode: string }): GpuInstance;
    readonly isHeadlessGLSupported: boolean;
    readonly isWebGLSupported: boolean;
    readonly isWebGL2Supported: boolean;
  };
  input(values: Float32Array, size: readonly number[]): unknown;
}

export interface GpuInstance {
  createKernel(source: unknown, settings: object): GpuKernel;
  destroy(): Promise<void>;
}

interface GpuKernel {
  (...values: readonly unknown[]): unknown;
  /** The kernel that ran last: gpu.js may have put another in the place of the one asked for. */
  readonly kernel: { readonly constructor: { readonly mode: string } };
  setOutput(output: readonly number[]): GpuKernel;
  destroy(): void;
}

/** A function of kernels.ts. */
type ThreadFunction = (...values: never[]) => number;

/** Numbers for a kernel, on their way to the device or already there. */
export interface Held {
  readonly value: unknown;
  /** Columns, rows and, of matrices, problems. */
  readonly size: readonly number[];
}

type KernelValue = Held | Float32Array | number;

/** Kernels kept per kind and sizes; with as many, the next batch starts over. */
const MOST_KERNELS = 64;

/** What gpu.js hands out for values that stay on a WebGPU device, and counts the holders of. */
interface WebGpuValues {
  readonly type: "WebGPUBuffer";
  delete(): void;
}

export class GpuRunner {
  readonly work: DeviceWork = { compiled: 0, launches: 0, uploadedBytes: 0, readBytes: 0 };
  private readonly kernels = new Map<string, GpuKernel>();
  private readonly kept = new Map<GpuKernel, WebGpuValues>();

  constructor(
    private readonly library: GpuLibrary,
    private readonly gpu: GpuInstance,
    private readonly mode: string,
  ) {}

  /** To be called between batches only: what is kept on the device may go. */
  startBatch(): void {
    if (this.kernels.size >= MOST_KERNELS) this.forget();
  }

  forget(): void {
    for (const values of this.kept.values()) values.delete();
    this.kept.clear();
    for (const kernel of this.kernels.values()) kernel.destroy();
    this.kernels.clear();
  }

  input(values: Float32Array, size: readonly number[]): Held {
    return { value: this.library.input(values, size), size };
  }

  /** Runs `kernel` for each index below `size`; values by z, y and x. */
  async run(
    kernel: ThreadFunction,
    size: readonly number[],
    ...values: readonly KernelValue[]
  ): Promise<Float32Array> {
    const compiled = this.compiled(kernel, size, values, false);
    return this.flat(await this.launched(compiled, values), size);
  }

  /** As `run`, with the values left on the device until the same kernel runs again. */
  async keep(
    kernel: ThreadFunction,
    size: readonly number[],
    ...values: readonly KernelValue[]
  ): Promise<Held> {
    const compiled = this.compiled(kernel, size, values, true);
    const value = await this.launched(compiled, values);
    if (isOnWebGpu(value)) {
      this.kept.get(compiled)?.delete();
      this.kept.set(compiled, value);
    }
    return { value, size };
  }

  async read({ value, size }: Held): Promise<Float32Array> {
    const kept = value as { toArray?(): unknown };
    return this.flat(await (kept.toArray ? kept.toArray() : value), size);
  }

  /**
   * A graphics driver's kernel takes any sizes, so that each is compiled once. In gpu.js's other modes
   * one is compiled for the sizes of its values: with sizes left open, its CPU mode reads matrices as
   * if they were as wide as the output.
   */
  private compiled(
    kernel: ThreadFunction,
    output: readonly number[],
    values: readonly KernelValue[],
    pipeline: boolean,
  ): GpuKernel {
    const isOpen = this.mode !== "cpu" && this.mode !== "webasm";
    const sizes = isOpen ? [] : [output, ...values.map(sizeOf)];
    const key = [kernel.name, pipeline, ...sizes].join(" ");
    const former = this.kernels.get(key);
    if (former) return isOpen ? former.setOutput(output) : former;
    const compiled = this.gpu.createKernel(kernel, {
      ...{ output, pipeline, dynamicOutput: isOpen, dynamicArguments: isOpen },
      ...{ precision: "single", tactic: "precision", loopMaxIterations: 65_536 },
    });
    this.work.compiled++;
    this.kernels.set(key, compiled);
    return compiled;
  }

  private async launched(compiled: GpuKernel, values: readonly KernelValue[]): Promise<unknown> {
    this.work.launches++;
    for (const value of values) this.work.uploadedBytes += uploadedBytes(value);
    const result = await compiled(...values.map((value) => (isHeld(value) ? value.value : value)));
    const ranOn = compiled.kernel.constructor.mode;
    if (ranOn === "cpu" && this.mode !== "cpu") {
      throw new Error(`gpu.js fell back from ${this.mode} to JavaScript`);
    }
    return result;
  }

  private flat(nested: unknown, [width, height, depth]: readonly number[]): Float32Array {
    const values = new Float32Array(width * height * (depth ?? 1));
    const planes = (depth === undefined ? [nested] : nested) as ArrayLike<number>[][];
    planes.forEach((rows, z) => {
      for (let y = 0; y < height; y++) values.set(rows[y], (z * height + y) * width);
    });
    this.work.readBytes += values.byteLength;
    return values;
  }
}

const isOnWebGpu = (value: unknown): value is WebGpuValues =>
  (value as { type?: unknown } | null)?.type === "WebGPUBuffer";

const isHeld = (value: KernelValue): value is Held =>
  typeof value === "object" && "size" in value && "value" in value;

function sizeOf(value: KernelValue): string {
  if (typeof value === "number") return "";
  return isHeld(value) ? value.size.join("x") : `${value.length}`;
}

/** Of values that are not on the device yet. */
function uploadedBytes(value: KernelValue): number {
  if (typeof value === "number") return 0;
  if (!isHeld(value)) return value.byteLength;
  const { value: own } = value.value as { value?: unknown };
  return own instanceof Float32Array ? own.byteLength : 0;
}
