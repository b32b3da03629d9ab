import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { notesOfEras } from "./era-notes.ts";
import { chainGenesis, neuronsOf, rootWeights } from "./genesis.ts";
import { loadScenario } from "./load.ts";
import { ruleBlock, runnableShareRules, runRules } from "./rules.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const load = (...sets: string[]) => loadScenario(join(root, "scenarios", "finney-2026.yaml"), sets);

describe("the start of a run", () => {
  test("gives every rao of the captured totals to somebody", () => {
    const { state, metagraphs, scenario } = load();
    const genesis = chainGenesis({
      state,
      metagraphs,
      holders: scenario.agents.holders,
      wallets: [],
    });
    const granted = new Map<number, bigint>();
    for (const { netuid, stakeRao } of genesis.stakes) {
      granted.set(netuid, (granted.get(netuid) ?? 0n) + stakeRao);
    }
    expect(granted.get(0)).toBe(state.rootTaoRao);
    for (const { netuid, alphaOutRao, protocolAlphaRao } of state.subnets) {
      expect(granted.get(netuid) ?? 0n).toBe(alphaOutRao - protocolAlphaRao);
    }
  });

  test("takes who sets weights for a validator, with the captured stake proportions on root", () => {
    const { metagraphs } = load();
    const metagraph = metagraphs.get(15)!;
    const roles = neuronsOf(15, metagraph).map(({ role }) => role);
    expect(roles.filter((role) => role === "validator")).toHaveLength(20);
    const weights = rootWeights(metagraphs);
    expect(weights[0]).toEqual({ hotkey: "validator/15/0", weight: metagraph.stakeRao[0] });
  });

  test("leaves the part of a role that nobody fills to the owner", () => {
    const { state, metagraphs, scenario } = load();
    const metagraph = {
      ...metagraphs.get(15)!,
      weights: metagraphs.get(15)!.weights.map(() => []),
    };
    const { stakes } = chainGenesis({
      state,
      metagraphs: new Map([[15, metagraph]]),
      holders: scenario.agents.holders,
      wallets: [],
    });
    const hotkeys = new Set(
      stakes.filter(({ netuid }) => netuid === 15).map(({ hotkey }) => hotkey),
    );
    expect([...hotkeys].filter((hotkey) => hotkey.startsWith("validator"))).toEqual([]);
    expect(hotkeys).toContain("owner/15");
  });
});

describe("the rules of a run", () => {
  const rulesOf = (...sets: string[]) => {
    const { scenario, state, ruleChanges, untilBlock } = load(...sets);
    return runRules(scenario, state, ruleChanges, untilBlock);
  };

  test("follow the chain's own dates: rank 32 at the start, cheaper transactions in September", () => {
    const { dated, ruleSets } = rulesOf();
    expect(ruleSets[0].name).toBe("R8");
    expect(dated[0].parameters).toMatchObject({ gate: "rank", gateRank: 32, ownerCut: 11_796 });
    const fees = dated.map(({ fromBlock, parameters }) => [
      fromBlock,
      parameters.transactionFeeRao,
    ]);
    expect(fees).toEqual([
      [8_957_880, 1_701_072n],
      [9_101_879, 850_536n],
    ]);
  });

  test("bend as a scenario wants: another rule-set throughout, other constants, from a date on", () => {
    expect(rulesOf("chain.rules.as_of=R6").dated[0].parameters.gate).toBe("none");
    expect(rulesOf("chain.rules.as_of=R7").dated[0].parameters.gate).toBe("mass");
    expect(rulesOf("chain.rules.overrides.gate=false").dated[0].parameters.gate).toBe("none");
    const changed = rulesOf('chain.rules.changes=[{from: "2026-09-10", owner_cut_share: 0.1}]');
    const cuts = changed.dated.map(({ parameters }) => parameters.ownerCut);
    expect(new Set(cuts)).toEqual(new Set([11_796, 6_554]));
  });

  test("of an older era can be frozen, too", () => {
    const [{ parameters }] = rulesOf("chain.rules.as_of=R3").dated;
    expect(parameters).toMatchObject({ sharesBy: "user flow", staggeredEpochs: true });
    expect(parameters.era).toMatchObject({ pool: "concentrated", boughtAlpha: "recycled" });
  });

  test("leave other things to assumption in each era, which the report says", () => {
    expect(notesOfEras(rulesOf().dated)).toEqual([]);
    const noClaims = "agents.root.claim_share_per_day=0";
    const notes = (rules: string) =>
      notesOfEras(rulesOf(`chain.rules.as_of=${rules}`, noClaims).dated);
    expect(notes("2025-03-01")).toEqual([expect.stringContaining("50,000 rao")]);
    expect(notes("R4")).toHaveLength(4);
    expect(notes("R6")).toHaveLength(2);
  });

  test("that no chain with pools can run are named at validation, with what is possible", () => {
    expect(runnableShareRules).toEqual(["R2", "R3", "R4", "R5", "R6", "R7", "R8"]);
    expect(ruleBlock("R1")).toBeLessThan(4_920_351);
    expect(() => load("chain.rules.as_of=R1")).toThrow(
      /chain.rules.as_of: rule-set R1 has no pools, which this world needs; possible from block 4920351 \(2025-02-13\)/,
    );
  });
});
