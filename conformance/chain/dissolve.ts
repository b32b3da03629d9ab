/** Checks of dissolve.json. */
import { dissolve, largestRemainder } from "../../sim/bittensor/subnets/dissolution.ts";
import { medianPriceBits } from "../../sim/bittensor/subnets/pool-seed.ts";
import { NETWORK_IMMUNITY_BLOCKS, subnetToPrune } from "../../sim/bittensor/subnets/prune.ts";
import { fromFloat, I96F32, U64F64 } from "../../sim/fixed/fixed-point.ts";
import { differs, type RecordCheck } from "../format.ts";

const payout: RecordCheck = ({ pot, alpha, payout: wanted }) =>
  differs("payout", wanted, largestRemainder(BigInt(pot), alpha.map(BigInt)));

const pruneChoice: RecordCheck = ({ networks, result }) => {
  const now = 10 * NETWORK_IMMUNITY_BLOCKS.default;
  // The records say who is immune, not since when; "all immune" stands for any such list.
  const listed =
    networks === "all immune" ? [{ netuid: 1, moving_price: 1, immune: true }] : networks;
  // biome-ignore lint/suspicious/noExplicitAny: a foreign record
  const standings = listed.map((network: any) => ({
    netuid: network.netuid,
    movingPriceBits: fromFloat(I96F32, network.moving_price),
    registeredBlock: network.immune ? now : (network.registered_at ?? 0),
  }));
  return differs("pruned", result, subnetToPrune(standings, now, NETWORK_IMMUNITY_BLOCKS.default));
};

export const dissolveChecks: Readonly<Record<string, RecordCheck>> = {
  "pro-rata pot by alpha value (largest remainder)": payout,
  "largest remainder extra": payout,
  "protocol alpha participates, its part is recycled": (record) => {
    const protocol = BigInt(record.protocol_alpha) + BigInt(record.alpha_in_counts ?? 0);
    const { stakersRao } = dissolve(BigInt(record.pot), [BigInt(record.user_alpha)], protocol);
    return differs("user payout", record.user_payout, stakersRao[0]);
  },
  "median alpha price": ({ prices, median }) =>
    differs(
      "median",
      fromFloat(U64F64, median),
      medianPriceBits(prices.map((price: number) => fromFloat(U64F64, price))),
    ),
  "prune choice": pruneChoice,
};
