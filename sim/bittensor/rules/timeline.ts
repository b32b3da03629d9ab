/**
 * The dated rules of the chain's economy, oldest first. `rulesAt` folds the layers that have
 * begun; a scenario may begin one earlier, later or never.
 */
import { authorFees } from "./author-fees.ts";
import { balancerPools } from "./balancer-pools.ts";
import { buyFirst } from "./buy-first.ts";
import { closedSwitch } from "./closed-switch.ts";
import { concentratedPools } from "./concentrated-pools.ts";
import { decayingBurn } from "./decaying-burn.ts";
import { exactSeed } from "./exact-seed.ts";
import { fixedTable } from "./fixed-table.ts";
import { halvingAlphaCap } from "./halving-alpha-cap.ts";
import { hillGateByMass } from "./hill-gate.ts";
import { hillGateByRank } from "./hill-gate-rank.ts";
import { leases } from "./leases.ts";
import { mechanisms } from "./mechanisms.ts";
import { netFlow } from "./net-flow.ts";
import { nullConsensus } from "./null-consensus.ts";
import { openRegistration } from "./open-registration.ts";
import { ownershipThreshold } from "./ownership-threshold.ts";
import { price } from "./price.ts";
import { priceBurn } from "./price-burn.ts";
import { priceRootBurn } from "./price-root-burn.ts";
import { protocolAlpha } from "./protocol-alpha.ts";
import { recycledFees } from "./recycled-fees.ts";
import { rootClaims } from "./root-claims.ts";
import { rootWeights } from "./root-weights.ts";
import type { RuleLayer, RuleSet } from "./rule-set.ts";
import { subsidy } from "./subsidy.ts";
import { userFlow } from "./user-flow.ts";

export const ruleLayers: readonly RuleLayer[] = [
  fixedTable,
  rootWeights,
  price,
  concentratedPools,
  subsidy,
  openRegistration,
  leases,
  mechanisms,
  userFlow,
  rootClaims,
  halvingAlphaCap,
  authorFees,
  decayingBurn,
  netFlow,
  protocolAlpha,
  priceRootBurn,
  closedSwitch,
  balancerPools,
  priceBurn,
  buyFirst,
  hillGateByMass,
  hillGateByRank,
  recycledFees,
  ownershipThreshold,
  exactSeed,
  nullConsensus,
];

/** Block in which a layer begins instead of its own; null for never. By the layer's name. */
export type StartOverrides = Readonly<Record<string, number | null>>;

/** The block in which a layer begins, by its own date or as a scenario moves it; null for never. */
export const startOf = ({ name, firstBlock }: RuleLayer, starts: StartOverrides): number | null =>
  Object.hasOwn(starts, name) ? starts[name] : firstBlock;

interface StartedLayer {
  readonly layer: RuleLayer;
  readonly firstBlock: number;
}

/** The layers that have begun at a block, in the order in which they began. */
export function layersAt(block: number, starts: StartOverrides = {}): RuleLayer[] {
  checkNames(starts);
  const started = ruleLayers
    .map((layer) => {
      const firstBlock = startOf(layer, starts);
      return firstBlock === null || firstBlock > block ? null : { layer, firstBlock };
    })
    .filter((entry): entry is StartedLayer => entry !== null);
  // A stable sort: layers of one block keep the order of the list.
  return started.sort((a, b) => a.firstBlock - b.firstBlock).map(({ layer }) => layer);
}

/** The rules in force at a block. */
export function rulesAt(block: number, starts: StartOverrides = {}): RuleSet {
  const changes = layersAt(block, starts).map((layer) => layer.changes);
  return Object.assign({}, fixedTable.changes, ...changes);
}

/** The name of the share rule in force, R0 to R8. */
export function shareRuleNameAt(block: number, starts: StartOverrides = {}): string {
  const named = layersAt(block, starts).filter(({ name }) => isShareRule(name));
  return named.at(-1)?.name ?? fixedTable.name;
}

const isShareRule = (name: string): boolean => /^R\d$/.test(name);

/** The layers that change how TAO is divided between subnets. */
export const shareRules: readonly RuleLayer[] = ruleLayers.filter(({ name }) => isShareRule(name));

/** The first layer from which a condition on the rules holds, for "possible since ..."; or null. */
export function firstLayerWith(holds: (rules: RuleSet) => boolean): RuleLayer | null {
  return ruleLayers.find(({ firstBlock }) => holds(rulesAt(firstBlock))) ?? null;
}

/** Throws RangeError for a layer that does not exist. */
function checkNames(starts: StartOverrides): void {
  for (const name of Object.keys(starts)) {
    if (ruleLayers.some((layer) => layer.name === name)) continue;
    const known = ruleLayers.map((layer) => layer.name).join(", ");
    throw new RangeError(`no rule is called ${name}; there are ${known}`);
  }
}
