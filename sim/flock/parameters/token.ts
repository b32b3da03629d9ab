/** Parameters of gmFLOCK, of supply and of the allocations. */
import { choice, real, whole } from "../parameter.ts";

const fraction = [0, 1] as const;
const days = [0, 3650] as const;

export const gmflock = {
  baseLockDays: real(30, "day", days, "D", "docs gmflock (t0)", "a lock up to this earns 1x"),
  fullLockDays: real(
    365,
    "day",
    [1, 3650],
    "D",
    "docs gmflock (t1)",
    "a longer lock earns no more",
  ),
  epsilon: real(
    2.19,
    "1",
    [0, 100],
    "D",
    "docs gmflock; EXC has 21900 bps",
    "slope of the multiplier",
  ),
  feeFraction: real(0.0513, "1", fraction, "D", "docs gmflock", "fee on the FLOCK of a lock"),
  feeAt: choice(
    "lock",
    ["lock", "redemption"],
    "C",
    "EXC; docs describe a withdrawal fee",
    "when the fee is taken",
  ),
  transfer: choice(
    "pools_only",
    ["pools_only", "free"],
    "C",
    "PMv2 registers pools on the token; blog 2025-04-28 says non-transferable, docs restricted",
    "where gmFLOCK may move: into tasks and pools alone, or between wallets too",
  ),
} as const;

export const supply = {
  capFlock: real(1e9, "FLOCK", [0, 1e12], "C", "TOK", "cap on gross mints; burns reopen no room"),
  dailyEmissionFlock: real(
    309_157.68,
    "FLOCK/day",
    [0, 1e8],
    "R",
    "docs validator example; closes at 420M",
    "first mint of the staking emission",
  ),
  decay: real(
    0.99,
    "1",
    fraction,
    "R",
    "RATE: 1 % a month; closes at 420M with 60 periods",
    "factor of each period",
  ),
  periodMints: whole(30, "mint", [1, 10_000], "C", "TMv2 resetCount", "daily mints in a period"),
  periods: whole(
    60,
    "period",
    [0, 1000],
    "R",
    "RATE: 60 months",
    "periods until the emission ends",
  ),
  firstPlateau: choice(
    "contract",
    ["contract", "schedule"],
    "C",
    "TMv2: decay precedes mint 30, 60, ...",
    "whether the first plateau has one mint less, as the contract has it",
  ),
} as const;

/** Shares of the cap. Months are 30.4375 days. The staking emission is 42 points of the community's 47. */
export const allocations = {
  teamInvestorsShare: real(0.225, "1", fraction, "3P", "RATE", "team and shareholders, of the cap"),
  teamInvestorsCliffMonths: real(
    12,
    "month",
    [0, 240],
    "3P",
    "seed article, RATE",
    "nothing vests before",
  ),
  teamInvestorsVestMonths: real(
    24,
    "month",
    [0, 240],
    "3P",
    "seed article, RATE",
    "linear after the cliff",
  ),
  treasuryShare: real(0.18, "1", fraction, "3P", "RATE", "treasury and ecosystem, of the cap"),
  treasuryCliffMonths: real(0, "month", [0, 240], "U", "open 5", "nothing vests before"),
  treasuryVestMonths: real(
    60,
    "month",
    [0, 240],
    "U",
    "open 5; taken as long as the emission",
    "linear after the cliff",
  ),
  airdropShare: real(0.125, "1", fraction, "3P", "RATE", "community airdrop, of the cap"),
  airdropCliffMonths: real(0, "month", [0, 240], "U", "open 5", "nothing vests before"),
  airdropVestMonths: real(
    0,
    "month",
    [0, 240],
    "U",
    "open 5; taken as liquid at the launch",
    "linear after the cliff",
  ),
  reserveShare: real(
    0.05,
    "1",
    fraction,
    "R",
    "47 % community less 42 % emission",
    "community tokens outside the staking schedule",
  ),
  reserveCliffMonths: real(
    60,
    "month",
    [0, 240],
    "U",
    "open 5; taken as held back until the emission ends",
    "nothing vests before",
  ),
  reserveVestMonths: real(0, "month", [0, 240], "U", "open 5", "linear after the cliff"),
} as const;
