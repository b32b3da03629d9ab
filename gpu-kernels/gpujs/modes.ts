/** gpu.js's modes, and what they run on here. */
import type { BackendName } from "../types.ts";
import type { GpuLibrary } from "./runner.ts";

export interface OpenedMode {
  /** gpu.js's name. */
  readonly mode: "webgpu" | "webgl2" | "webgl" | "headlessgl" | "webasm" | "cpu";
  readonly device: string;
  /** A graphics driver that computes on the processor. */
  readonly isSoftware: boolean;
}

/** Throws with the reason where this machine cannot run the mode. */
export async function openMode(library: GpuLibrary, name: BackendName): Promise<OpenedMode> {
  const onProcessor = { isSoftware: false };
  if (name === "gpujs-cpu") {
    return { ...onProcessor, mode: "cpu", device: "gpu.js in JavaScript, one thread" };
  }
  if (name === "gpujs-webasm") {
    return { ...onProcessor, mode: "webasm", device: "gpu.js in WebAssembly" };
  }
  return name === "gpujs-webgpu" ? openWebGpu() : openWebGl(library);
}

/** Version 2 states how exact its arithmetic is; version 1 leaves it to the driver. */
function openWebGl({ GPU: Gpu }: GpuLibrary): OpenedMode {
  if (Gpu.isHeadlessGLSupported) return { mode: "headlessgl", ...rendererOf("headless WebGL") };
  const version = Gpu.isWebGL2Supported ? "webgl2" : "webgl";
  const context = globalThis.document?.createElement("canvas").getContext(version);
  if (Gpu.isWebGL2Supported || Gpu.isWebGLSupported) {
    return { mode: version, ...rendererOf(version === "webgl2" ? "WebGL 2" : "WebGL", context) };
  }
  throw new Error(
    globalThis.document
      ? "no WebGL in this browser"
      : "no WebGL here (in Node: npm rebuild gl --ignore-scripts=false, and an X server)",
  );
}

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render/i;

function rendererOf(
  version: string,
  context?: RenderingContext | null,
): Pick<OpenedMode, "device" | "isSoftware"> {
  const gl = context as WebGLRenderingContext | null | undefined;
  const info = gl?.getExtension("WEBGL_debug_renderer_info");
  const renderer = info ? String(gl?.getParameter(info.UNMASKED_RENDERER_WEBGL)) : "";
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return {
    device: renderer ? `${version} on ${renderer}` : version,
    isSoftware: SOFTWARE.test(renderer),
  };
}

interface WebGpu {
  requestAdapter(): Promise<{
    readonly info: {
      readonly vendor: string;
      readonly architecture: string;
      readonly description: string;
      readonly isFallbackAdapter?: boolean;
    };
  } | null>;
}

interface NodeWebGpu {
  create(options: string[]): WebGpu;
  readonly globals: object;
}

async function openWebGpu(): Promise<OpenedMode> {
  const place = globalThis as { navigator?: { gpu?: WebGpu } };
  if (!place.navigator?.gpu) await bringWebGpu();
  const adapter = await quietly(() => place.navigator?.gpu?.requestAdapter());
  if (!adapter) throw new Error("no WebGPU adapter: no GPU, or no driver for it");
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const device = [vendor, architecture, description].filter((part) => part).join(" ") || "WebGPU";
  return { mode: "webgpu", device, isSoftware: isFallbackAdapter ?? SOFTWARE.test(device) };
}

/** In Node the interface is put in its place by hand; a browser has its own or none. */
async function bringWebGpu(): Promise<void> {
  if (!isNode())
    throw new Error("no WebGPU in this browser, or none for a page that is not secure");
  const { create, globals } = (await importWebGpu()) as NodeWebGpu;
  Object.assign(globalThis, globals);
  const navigator = { ...globalThis.navigator, gpu: create([]) };
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
}

async function importWebGpu(): Promise<unknown> {
  const name = "webgpu";
  try {
    return await import(name);
  } catch (error) {
    const [line] = String((error as Error).message).split("\n");
    throw new Error(`the package webgpu does not load: ${line}`);
  }
}

const isNode = (): boolean => typeof process === "object" && Boolean(process.versions?.node);

/** Vulkan drivers look for a display's socket and complain on stderr where no folder is named for it. */
async function quietly<T>(ask: () => T): Promise<Awaited<T>> {
  const isUnset = isNode() && process.platform === "linux" && !process.env.XDG_RUNTIME_DIR;
  if (isUnset) process.env.XDG_RUNTIME_DIR = "/nonexistent";
  try {
    return await ask();
  } finally {
    if (isUnset) delete process.env.XDG_RUNTIME_DIR;
  }
}
