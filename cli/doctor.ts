/** `hivelab doctor`: which backends of batch scoring run here, how fast, and which one is chosen. */
import { availableParallelism } from "node:os";
import {
  BACKEND_NAMES,
  type BackendName,
  type DoctorReport,
  examine,
} from "../gpu-kernels/index.ts";
import { backendNamed } from "../lab/screening.ts";
import { reportAndExit } from "./failure.ts";
import { plainData } from "./json.ts";
import { screenOf, table } from "./layout.ts";

export interface DoctorFlags {
  readonly backend?: string;
  readonly json: boolean;
}

/** The exit code: 1 where a backend that was asked for does not run. */
export async function doctor({ backend, json }: DoctorFlags): Promise<number> {
  try {
    const report = await examine(backend === undefined ? BACKEND_NAMES : [backendNamed(backend)]);
    if (json) console.log(plainData(report));
    else print(report);
    return backend === undefined || report.backends[0].problem === null ? 0 : 1;
  } catch (error) {
    return reportAndExit(error);
  }
}

const whole = (value: number): string => Math.round(value).toLocaleString("en");

function print({ shape, exactPerSecond, backends, chosen }: DoctorReport): void {
  const { validators, miners } = shape;
  console.log(
    `Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores`,
  );
  console.log(
    `Batches of consensus problems, ${validators} validators x ${miners} miners, one thread.`,
  );
  console.log(`The exact kernel, one by one: ${whole(exactPerSecond)} problems/s.\n`);
  const rows = backends.map((one) => [
    one.name === chosen && one.problem === null ? `${one.name} (chosen)` : one.name,
    one.problemsPerSecond === null ? "" : whole(one.problemsPerSecond),
    one.problemsPerSecond === null ? "" : (one.problemsPerSecond / exactPerSecond).toFixed(1),
    one.largestError === null ? "" : one.largestError.toExponential(1),
    one.bound === null ? "" : one.bound.toExponential(1),
    one.problem ?? one.device,
  ]);
  const head = [
    "backend",
    "problems/s",
    "x exact",
    "largest error",
    "bound",
    "runs on, or why not",
  ];
  console.log(table(head, rows, screenOf(process.stdout)));
  if (!backends.some(({ name, problem }) => isGpu(name) && problem === null)) {
    console.log("\nNo GPU backend runs here; everything works with the others.");
  }
}

const isGpu = (name: BackendName): boolean => name === "gpujs-webgpu" || name === "gpujs-webgl";
