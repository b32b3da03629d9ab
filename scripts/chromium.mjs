// The browser that checks and pictures of the report use: Debian's, or the one named by CHROMIUM.
import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

const usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Path of the browser; without one, says so in one line and exits with 1. */
export function findChromium() {
  const named = process.env.CHROMIUM;
  const path = named ? (existsSync(named) ? named : undefined) : usual.find(existsSync);
  if (path) return path;
  console.error(
    named
      ? `CHROMIUM=${named} is no file`
      : "no Chromium here: `apt-get install chromium`, or name one with CHROMIUM=/path/to/chromium",
  );
  process.exit(1);
}

/** No sandbox and no network of its own: it opens one local file and nothing else. */
const quietFlags = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
export const chromiumFlags = [...quietFlags, "--disable-gpu"];

/** WebGL and WebGPU on SwiftShader, the driver in software that Chromium ships. */
export const softwareGpuFlags = [
  ...quietFlags,
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
];

/**
 * What a program's environment needs to find SwiftShader's Vulkan driver beside a Chromium: WebGPU in
 * Node runs on it. `/usr/bin/chromium` is a script of Debian's that starts /usr/lib/chromium/chromium.
 * Null where the files are not there.
 */
export function softwareVulkanOf(chromium) {
  const folders = [dirname(realpathSync(chromium)), "/usr/lib/chromium", "/opt/google/chrome"];
  const folder = folders.find((one) =>
    ["vk_swiftshader_icd.json", "libvulkan.so.1"].every((file) => existsSync(join(one, file))),
  );
  if (!folder) return null;
  const libraries = [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
  return {
    VK_ICD_FILENAMES: join(folder, "vk_swiftshader_icd.json"),
    LD_LIBRARY_PATH: libraries,
  };
}
