/**
 * The FLock vector files, recognised by the `id` inside each. One group per list of cases, one
 * record per case. Reported figures (`validation_targets`) are nobody's arithmetic: that file is
 * recognised and yields no record; what we make of them is a report.
 */
import { isObject, type JsonObject, type VectorFormat, type VectorGroup } from "../format.ts";
import { delegatorExampleGroups, rewardExampleGroups, settlementGroups } from "./arena.ts";
import { allianceGroups, delegationPoolGroups, eapyGroups } from "./pools.ts";
import { scoreGroups, winnerGroups } from "./sn96.ts";
import { emissionGroups, gmflockGroups } from "./token.ts";

const groupsById: Readonly<Record<string, (document: JsonObject) => VectorGroup[]>> = {
  gmflock_mint: gmflockGroups,
  emission_schedule: emissionGroups,
  ai_arena_reward_example: rewardExampleGroups,
  ai_arena_delegator_example: delegatorExampleGroups,
  ai_arena_contract_v2_settlement: settlementGroups,
  delegation_pool_time_weighted: delegationPoolGroups,
  delegator_eapy: eapyGroups,
  fl_alliance_rounds: allianceGroups,
  sn96_score: scoreGroups,
  sn96_select_winner: winnerGroups,
  validation_targets: () => [
    { name: "reported figures only, nothing to check", records: [], check: () => null },
  ],
};

const kindOf = (document: unknown): string | undefined =>
  isObject(document) && typeof document.id === "string"
    ? Object.keys(groupsById).find((kind) => String(document.id).startsWith(kind))
    : undefined;

export const flockVectors: VectorFormat = {
  name: "FLock",
  recognises: (document) => kindOf(document) !== undefined,
  groups: (document) => {
    const kind = kindOf(document) as string;
    return groupsById[kind](document as JsonObject)
      .filter(({ records }) => records.length > 0 || kind === "validation_targets")
      .map((group) => ({ ...group, name: `${kind}/${group.name}` }));
  },
};
