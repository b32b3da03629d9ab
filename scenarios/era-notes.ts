/** Sentences for the report on what the rules of a run's time leave to assumption. */
import type { DatedParameters } from "../sim/bittensor/chain/chain.ts";
import type { ChainParameters } from "../sim/bittensor/chain/parameters.ts";

interface EraNote {
  readonly applies: (parameters: ChainParameters) => boolean;
  readonly note: string;
}

const eraNotes: readonly EraNote[] = [
  {
    applies: ({ era }) => era.swapFees === "none",
    note:
      "Before pools had a fee, staking costs 50,000 rao and unstaking 0.005 % of its TAO, at least as " +
      "much; where a hotkey's last yield was more, the chain took that. The fee stays in the pool.",
  },
  {
    applies: ({ era }) => era.pool === "concentrated",
    note:
      "A concentrated pool is the protocol's one full-range position; users' own positions, which " +
      "were few and were closed in December 2025, are not simulated. All pools change over in the " +
      "block of the rule, not each at its first swap.",
  },
  {
    applies: ({ sharesBy }) => sharesBy !== "price",
    note:
      "Averages of TAO flows start at the lesser of a subnet's price and price average, as TAO a " +
      "block, when flow begins to rule within the run; in a state captured later they start at 0, " +
      "as no capture shows them.",
  },
  {
    applies: ({ rootDividends }) => rootDividends === "claimed",
    note:
      "Dividends of root that accrue have one rate a subnet for all root hotkeys, and only agents " +
      "claim them: the chain claimed for five stakers in every block by itself.",
  },
  {
    applies: ({ rootDividends }) => rootDividends === "claimed",
    note:
      "From November 2025 to May 2026 the chain credited 172,001 TAO of root dividends without TAO, " +
      "which kept its issuance back (the first halving by about four days); here every rao is there.",
  },
];

/** The notes of every era that the run touches, each once. */
export const notesOfEras = (dated: readonly DatedParameters[]): string[] =>
  eraNotes
    .filter(({ applies }) => dated.some(({ parameters }) => applies(parameters)))
    .map(({ note }) => note);
