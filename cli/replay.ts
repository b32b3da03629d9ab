/** `hivelab replay PAIR...`: captured blocks through our coinbase, item by item. */
import { readBlockPair } from "../lab/captures/block-pair.ts";
import type { PoolOrder } from "../lab/replay/pool-orders.ts";
import { type Replay, replayBlock } from "../lab/replay/replay.ts";
import { reportAndExit } from "./failure.ts";
import { plainData } from "./json.ts";
import { type Screen, screenOf, strong, table } from "./layout.ts";

/** The exit code: 0 when all agrees or is explained, 1 otherwise. */
export function replay(files: readonly string[], options: { readonly json: boolean }): number {
  let replays: Replay[] = [];
  try {
    replays = files.map((file) => replayBlock(readBlockPair(file)));
  } catch (error) {
    reportAndExit(error);
  }
  const screen = screenOf(process.stdout);
  console.log(
    options.json ? plainData(replays) : replays.map((one) => replayText(one, screen)).join("\n\n"),
  );
  return replays.every(({ agrees }) => agrees) ? 0 : 1;
}

function replayText(replay: Replay, screen: Screen): string {
  const title = `block ${replay.block}, spec ${replay.spec}, rule ${replay.rule} (${replay.file})`;
  const parts = [strong(title, screen), itemTable(replay, screen)];
  if (replay.orders.length > 0) parts.push(`moved by users\n${orderTable(replay.orders, screen)}`);
  parts.push(verdict(replay));
  return parts.join("\n");
}

const itemTable = ({ items, scalars }: Replay, screen: Screen): string =>
  table(
    ["item", "agree to the last unit", "largest difference", "unit", "where or why"],
    [
      ...items.map((item) => [
        item.item,
        `${item.agree} of ${item.subnets}`,
        String(item.largestDifference),
        item.unit,
        item.where === null ? "" : `subnet ${item.where}`,
      ]),
      ...scalars.map((scalar) => [
        scalar.item,
        scalar.captured === scalar.ours ? "1 of 1" : "0 of 1",
        String(scalar.captured - scalar.ours),
        scalar.unit,
        scalar.explanation ?? "",
      ]),
    ],
    screen,
  );

const orderTable = (orders: readonly PoolOrder[], screen: Screen): string =>
  table(
    ["subnet", "what", "SubnetTAO rao", "SubnetAlphaIn", "SubnetAlphaOut", "one order to the unit"],
    orders.map((order) => [
      String(order.netuid),
      order.kind,
      String(order.taoRao),
      String(order.alphaInRao),
      String(order.alphaOutRao),
      order.exact ? "yes" : "no",
    ]),
    screen,
  );

function verdict({ agrees, items, orders }: Replay): string {
  if (!agrees) {
    const wrong = items.filter((item) => item.agree < item.subnets).map(({ item }) => item);
    return `differs: ${wrong.join(", ") || "TotalIssuance or the gate's bar"}`;
  }
  const moved = orders.length === 0 ? "" : "; what users moved is listed apart";
  return `agrees to the last unit${moved}`;
}
