/**
 * The coinbase of whole blocks in WebAssembly, over the columns of state.ts. The readable form that
 * it agrees with to the last bit is ../block.ts.
 *
 * `advance` runs blocks until one in which epochs are due and stops inside it, after alpha_out was
 * split and before moving prices: the caller drains what is pending on the subnets whose `due` is 1,
 * runs and pays their epochs, and calls `finishBlock`. Their schedule (last epoch, steps, index) is
 * advanced already, as on the chain.
 *
 * Conservation, checked in every block:
 * - TAO: `TOTAL_ISSUANCE_RAO` = `FREE_TAO_RAO` (wallets and everything else outside pools, kept by
 *   the caller) + all `taoReserveRao` (root's at netuid 0 included) + `taoReservoirRao` + `strandedTaoRao`.
 * - alpha of each subnet: in + out + reservoir = `alphaIssuanceStartRao` + `alphaMintedTotalRao` -
 *   `alphaRecycledTotalRao`. Who starts a run sets the start to the issuance and both totals to 0;
 *   who recycles alpha adds it to the recycled total.
 *
 * Domain: amounts below 2^56 rao, moving prices, burn and root proportions of at most one, quote
 * weights from one to ninety-nine hundredths.
 */
import { startWasmKernel } from "../../../wasm-kernel.ts";
import { type ChainState, chainStateOver } from "../../state.ts";
import * as layout from "./assembly/layout.ts";
import { KernelHost } from "./kernel-host.ts";
import { wasmBase64 } from "./wasm.generated.ts";

export interface CoinbaseKernel {
  readonly state: ChainState;
  /** Does not grow, so that the views of `state` stay valid. */
  readonly memory: WebAssembly.Memory;
  /**
   * Runs blocks up to and including `untilBlock`. Returns 0 when that is done, otherwise the number
   * of epochs due in the block that it stopped in. Throws CoinbaseFault.
   */
  advance(untilBlock: number): number;
  /** Ends the block that `advance` stopped in. Throws CoinbaseFault. */
  finishBlock(): void;
}

const faultMeanings: Readonly<Record<number, string>> = {
  [layout.FAULT_TAO]: "TAO is not conserved: TotalIssuance is not the sum of all TAO",
  [layout.FAULT_ALPHA]: "alpha is not conserved",
  [layout.FAULT_PRICE]: "the spot price has passed 524,288 TAO per alpha",
  [layout.FAULT_ORDER]: "advance and finishBlock were called out of turn",
};

/** The kernel stopped. The state is that of the moment, in the middle of `block`. */
export class CoinbaseFault extends Error {
  override readonly name = "CoinbaseFault";

  constructor(
    readonly block: number,
    /** 0 where the fault is of no one subnet. */
    readonly netuid: number,
    /** One of layout.ts's FAULT_*. */
    readonly code: number,
  ) {
    const where = netuid === 0 ? `block ${block}` : `block ${block}, subnet ${netuid}`;
    super(`${where}: ${faultMeanings[code] ?? `unknown fault ${code}`}`);
  }
}

interface Exports {
  setUp(): void;
  advance(untilBlock: bigint): number;
  finishBlock(): number;
}

const PAGE_BYTES = 65_536;

/** A kernel with a state of its own, all zeros. */
export function createCoinbaseKernel(): CoinbaseKernel {
  const host = new KernelHost();
  const { exports: kernel, memory } = startWasmKernel<Exports>(wasmBase64, {
    fixedPages: Math.ceil(layout.MEMORY_BYTES / PAGE_BYTES),
    imports: { host: host.functions },
  });
  kernel.setUp();
  const state = chainStateOver(memory.buffer);
  host.globals = state.globals;

  const faultAware = (result: number): number => {
    if (result >= 0) return result;
    const { globals } = state;
    throw new CoinbaseFault(
      Number(globals[layout.BLOCK]),
      Number(globals[layout.FAULT_NETUID]),
      Number(globals[layout.FAULT_CODE]),
    );
  };
  return {
    state,
    memory,
    advance: (untilBlock) => faultAware(kernel.advance(BigInt(untilBlock))),
    finishBlock: () => {
      faultAware(kernel.finishBlock());
    },
  };
}
