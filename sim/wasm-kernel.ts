/**
 * Starts a WebAssembly kernel from its base64 text, without files or network, so that Node, worker
 * threads and browsers load it alike.
 */

/** What a started kernel offers; `exports` are the functions and globals of its `index.ts`. */
export interface WasmKernel<Exports> {
  readonly exports: Exports;
  /** Grows when the kernel asks for more (views made before are detached), unless pages are fixed. */
  readonly memory: WebAssembly.Memory;
}

/** What a kernel needs of its host besides memory. */
export interface KernelHost {
  /** The memory has this many pages of 64 KiB and never grows. */
  readonly fixedPages?: number;
  /** Functions that the kernel imports, by the file that declares them and their name. */
  readonly imports?: WebAssembly.Imports;
}

const compiled = new Map<string, WebAssembly.Module>();

/**
 * A new instance with a memory of its own. The binary is compiled once a process.
 * `wasmBase64` is that of a `wasm.generated.ts` (scripts/build.mjs makes it).
 */
export function startWasmKernel<Exports>(
  wasmBase64: string,
  { fixedPages, imports }: KernelHost = {},
): WasmKernel<Exports> {
  let module = compiled.get(wasmBase64);
  if (!module) {
    module = new WebAssembly.Module(
      Uint8Array.from(atob(wasmBase64), (character) => character.charCodeAt(0)),
    );
    compiled.set(wasmBase64, module);
  }
  const memory = new WebAssembly.Memory({ initial: fixedPages ?? 1, maximum: fixedPages });
  const { exports } = new WebAssembly.Instance(module, {
    ...imports,
    env: { memory, abort: abortKernel },
  });
  return { exports: exports as Exports, memory };
}

function abortKernel(_message: number, _file: number, line: number, column: number): never {
  throw new WebAssembly.RuntimeError(`kernel aborted at ${line}:${column} of its source`);
}
