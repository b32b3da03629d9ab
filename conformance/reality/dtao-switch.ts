/**
 * The shipped run across the switch to pools, from root weights of November 2024 to the pools that
 * were captured on 17 April 2025. What was emitted is the rules'; who bought and sold is assumed,
 * and set so that pools come near what was captured.
 */
import { join } from "node:path";
import { simulateScenario } from "../../lab/engine.ts";
import { readBittensorState } from "../../scenarios/bittensor-state.ts";
import { loadAnyScenario } from "../../scenarios/load-flock.ts";
import { packageFolder, scenariosFolder } from "../../scenarios/shipped.ts";
import { LAST_ROOT_ERA_BLOCK } from "../../sim/bittensor/root-era/calendar.ts";
import { type Cell, MemorySink } from "../../sim/records.ts";
import { type RealityCheck, realityCheck } from "./check.ts";
import { median } from "./pools-2025.ts";
import { rootEraFacts } from "./root-era.ts";

type Row = Readonly<Record<string, Cell>>;

const TABLES = ["supply", "subnets", "pools", "root_network"];
const tao = (cell: Cell): number => Number(cell) / 1e9;

export function dtaoSwitchChecks(): RealityCheck[] {
  const path = join(scenariosFolder, "dtao-switch-2025.yaml");
  const sink = new MemorySink();
  simulateScenario(loadAnyScenario(path), sink, { tables: TABLES });
  const supply = sink.objects("supply");
  const captured = readBittensorState({
    ...{ text: "finney-5373800", place: { file: "" }, field: "" },
    ...{ base: packageFolder, project: packageFolder },
  });
  const last = (rows: readonly Row[], holds: (row: Row) => boolean) => rows.findLast(holds) as Row;
  const blocks = captured.block - LAST_ROOT_ERA_BLOCK;
  const january = last(supply, ({ time }) => Number(time) <= Date.parse("2025-01-15"));
  const before = last(supply, ({ block }) => Number(block) <= LAST_ROOT_ERA_BLOCK);
  const after = supply.filter(({ block }) => Number(block) > LAST_ROOT_ERA_BLOCK);
  const end = last(supply, () => true);
  const network = last(sink.objects("root_network"), () => true);
  const issuedTao = tao(captured.totalIssuanceRao);
  const minted = after.reduce((sum, row) => sum + tao(row.minted_rao), 0);
  const switched = tao(after[0].minted_rao) - (Number(after[0].block) - LAST_ROOT_ERA_BLOCK);
  const { subnets, pools } = {
    subnets: sink.objects("subnets").filter(({ block }) => block === captured.block),
    pools: sink.objects("pools").filter(({ block }) => block === captured.block),
  };
  const launched = captured.subnets.filter(({ netuid }) => netuid <= Number(network.subnets));
  const alphaOf = (alphaIn: Cell, alphaOut: Cell) => tao(alphaIn) + tao(alphaOut);
  const price = (row: Row) => Number(row.moving_price);
  return [
    realityCheck("subnets when pools began", 64, Number(network.subnets), 0),
    near(
      "TAO issued on 2025-01-14",
      rootEraFacts().get("issued_tao_on_2025_01_14") as number,
      tao(january.total_issuance_rao),
      0.005,
    ),
    near(
      "TAO issued before the switch, from the issuance of April",
      issuedTao - blocks,
      tao(before.total_issuance_rao),
      0.005,
    ),
    realityCheck(
      "TAO minted from the switch to April, besides what the switch credits",
      blocks,
      minted - switched,
      1,
    ),
    near(
      "alpha of a subnet of the launch in April, in the pool and out: median",
      median(launched.map(({ alphaInRao, alphaOutRao }) => alphaOf(alphaInRao, alphaOutRao))),
      median(pools.map((row) => alphaOf(row.alpha_reserve_rao, row.alpha_out_rao))),
      0.15,
    ),
    realityCheck(
      "root proportion of those: median",
      median(launched.map(({ rootProportionU96F32 }) => Number(rootProportionU96F32) / 2 ** 32)),
      median(subnets.map((row) => Number(row.root_proportion))),
      0.1,
    ),
    near(
      "TAO in all pools in April (buying and selling are set to come near it)",
      captured.subnets.reduce((sum, { taoReserveRao }) => sum + tao(taoReserveRao), 0),
      tao(end.pools_tao_rao),
      0.1,
    ),
    realityCheck(
      "sum of price averages in April (the same)",
      captured.subnets.reduce(
        (sum, { movingPriceI96F32: bits }) => sum + Number(bits) / 2 ** 32,
        0,
      ),
      subnets.reduce((sum, row) => sum + price(row), 0),
      1,
    ),
    near("TAO on root in April", tao(captured.rootTaoRao), tao(end.root_stake_rao), 0.25),
  ];
}

/** Within a part of what was published. */
const near = (name: string, published: number, ours: number, part: number): RealityCheck =>
  realityCheck(name, published, ours, part * published);
