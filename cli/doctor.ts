/** `hivelab doctor`: which backends of batch scoring run here, how fast, and which one screens. */
import { existsSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { BACKEND_NAMES, type DoctorReport, examine } from "../gpu-kernels/index.ts";
import { backendNamed, chooseScreener, type Screener } from "../lab/screening.ts";
import { adviceOn } from "./doctor-advice.ts";
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
    const names = backend === undefined ? BACKEND_NAMES : [backendNamed(backend)];
    const { name: chosen } = await chooseScreener();
    const report = await examine(names);
    const advice = adviceOn(report.backends, chosen, graphicsDevices());
    if (json) console.log(plainData({ ...report, chosen, advice }));
    else print(report, chosen, advice);
    return backend === undefined || report.backends[0].problem === null ? 0 : 1;
  } catch (error) {
    return reportAndExit(error);
  }
}

const whole = (value: number): string => Math.round(value).toLocaleString("en");

function print(
  { shape, exactPerSecond, backends }: DoctorReport,
  chosen: Screener,
  advice: readonly string[],
): void {
  const { validators, miners } = shape;
  console.log(
    `Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores`,
  );
  console.log(
    `Batches of consensus problems, ${validators} validators x ${miners} miners, one thread.`,
  );
  console.log(`The exact kernel, one by one: ${whole(exactPerSecond)} problems/s.\n`);
  const rows = backends.map((one) => [
    one.name === chosen ? `${one.name} (chosen)` : one.name,
    one.problemsPerSecond === null ? "" : whole(one.problemsPerSecond),
    one.problemsPerSecond === null ? "" : (one.problemsPerSecond / exactPerSecond).toFixed(1),
    one.largestError === null ? "" : one.largestError.toExponential(1),
    one.bound === null ? "" : one.bound.toExponential(1),
    one.problem ?? (one.isSoftware ? `software, not a GPU: ${one.device}` : one.device),
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
  if (advice.length > 0) console.log(`\n${advice.join("\n")}`);
}

/** Where Linux shows a graphics device: a card's own node, NVIDIA's, and that of Windows below WSL. */
function graphicsDevices(): string[] {
  if (process.platform !== "linux") return [];
  const cards = existsSync("/dev/dri")
    ? readdirSync("/dev/dri").filter((name) => name.startsWith("render"))
    : [];
  const others = ["/dev/nvidia0", "/dev/dxg"].filter((path) => existsSync(path));
  return [...cards.map((name) => `/dev/dri/${name}`), ...others];
}
