/**
 * Where a chain's time goes: its parts' methods with a clock around them. A part that calls another
 * is counted without it.
 */
import type { BittensorChain } from "../../sim/bittensor/chain/chain.ts";
import { DetailedSubnet } from "../../sim/bittensor/chain/detailed-subnet.ts";

export const phases = ["coinbase", "epoch kernel", "epoch state", "payment", "rest"] as const;
export type Phase = (typeof phases)[number];

type Method = (...values: unknown[]) => unknown;

export class PhaseClock {
  private readonly spentMs = new Map<Phase, number>(phases.map((phase) => [phase, 0]));
  private readonly stack: Phase[] = ["rest"];
  private since = performance.now();

  constructor(chain: BittensorChain) {
    this.clock(chain.kernel, ["advance", "finishBlock"], "coinbase");
    this.clock(chain.epochs, ["run"], "payment");
    this.clock(DetailedSubnet.prototype, ["step"], "epoch state");
    const kernels = new Set([...chain.detailed.values()].map((subnet) => subnet.shared.kernel));
    for (const kernel of kernels) this.clock(kernel, ["compute"], "epoch kernel");
  }

  /** Milliseconds since the last call, by phase. */
  take(): ReadonlyMap<Phase, number> {
    this.switchTo(this.stack.at(-1) as Phase);
    const spent = new Map(this.spentMs);
    for (const phase of phases) this.spentMs.set(phase, 0);
    return spent;
  }

  private clock(target: object, methods: readonly string[], phase: Phase): void {
    const part = target as Record<string, Method>;
    const clock = this;
    for (const name of methods) {
      const method = part[name];
      part[name] = function timed(this: unknown, ...values: unknown[]) {
        clock.stack.push(phase);
        clock.switchTo(clock.stack.at(-2) as Phase);
        try {
          return method.apply(this, values);
        } finally {
          clock.stack.pop();
          clock.switchTo(phase);
        }
      };
    }
  }

  /** Books the time that has passed on the phase that it was spent in. */
  private switchTo(phase: Phase): void {
    const now = performance.now();
    this.spentMs.set(phase, (this.spentMs.get(phase) as number) + now - this.since);
    this.since = now;
  }
}
