/** What `hivelab doctor` says below its table. */
import type { BackendName, Diagnosis } from "../gpu-kernels/index.ts";
import type { Screener } from "../lab/screening.ts";

type Found = Pick<Diagnosis, "name" | "problemsPerSecond" | "isSoftware" | "problem">;

const isGraphics = (name: BackendName): boolean =>
  name === "gpujs-webgpu" || name === "gpujs-webgl";

/** A line each. `devices` are the graphics devices that the system shows. */
export function adviceOn(
  backends: readonly Found[],
  chosen: Screener,
  devices: readonly string[],
): string[] {
  const graphics = backends.filter(({ name }) => isGraphics(name));
  if (graphics.length === 0) return [];
  const running = graphics.filter(({ problem }) => problem === null);
  const gpus = running.filter(({ isSoftware }) => !isSoftware);
  if (gpus.length > 0) return fasterThan(backends, gpus, chosen);
  const lines = [
    running.length > 0
      ? "What runs on a software driver shows that it works, not what a GPU would do."
      : "No GPU backend runs here; everything works with the others.",
  ];
  const lacksDriver = graphics.some(({ name, problem }) => name === "gpujs-webgpu" && problem);
  if (lacksDriver && devices.length > 0) {
    lines.push(
      `There is ${devices.join(", ")}, but no Vulkan driver for WebGPU: install libvulkan1 and ` +
        "mesa-vulkan-drivers (as Debian calls them) or NVIDIA's with its Vulkan part (in a " +
        "container: NVIDIA_DRIVER_CAPABILITIES=all).",
    );
  }
  return lines;
}

/**
 * A GPU screens where it is asked for: measured speed would make manifests depend on the moment, and
 * a driver's start is part of every command.
 */
function fasterThan(
  backends: readonly Found[],
  gpus: readonly Found[],
  chosen: Screener,
): string[] {
  const usual = backends.find(({ name }) => name === chosen)?.problemsPerSecond;
  const [best] = [...gpus].sort((a, b) => b.problemsPerSecond! - a.problemsPerSecond!);
  if (!usual || best.problemsPerSecond! <= usual) return [];
  const times = (best.problemsPerSecond! / usual).toFixed(1);
  return [`${best.name} is ${times} times as fast as ${chosen} here: --backend ${best.name}`];
}
