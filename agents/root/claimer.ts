/** Root stakers, who claim a part of their waiting dividends every day, which sells alpha for TAO. */
import { BLOCKS_PER_DAY } from "../../sim/amounts.ts";
import type { Actions, BittensorAgent } from "../bittensor.ts";
import type { RootConfig } from "./config.ts";

export class RootClaimer implements BittensorAgent {
  readonly role = "root";
  readonly wake;

  constructor(
    readonly id: string,
    private readonly config: RootConfig,
    firstBlock: number,
  ) {
    this.wake = { firstBlock, everyBlocks: BLOCKS_PER_DAY };
  }

  *act(): Actions {
    const share = this.config.claim_share_per_day;
    if (share > 0) yield { kind: "claim_root", netuid: 0, share };
  }
}
