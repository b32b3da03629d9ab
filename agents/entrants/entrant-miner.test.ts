import { expect, test } from "vitest";
import type { BittensorAction } from "../../sim/bittensor/chain/actions.ts";
import { minersConfig } from "../miners/config.ts";
import { SkillField } from "../miners/skills.ts";
import { publicNeurons, viewOf, wake } from "../testing.ts";
import { entrantsConfig } from "./config.ts";
import { EntrantMiner } from "./entrant-miner.ts";

const TAO = 1_000_000_000n;
const place = { id: "e", netuid: 3, seat: 1, hotkey: "e", firstBlock: 1 };
const miners = minersConfig.parse({ effort_cost_tao_per_day: 1, skill_drift_per_day: 0 });
const config = entrantsConfig.parse({
  decide_every_days: 1,
  payback_days: 4,
  patience_days: 2,
  rest_days: 5,
});

/** A rival of quality 1 inside, and one just as good outside. */
function subnet() {
  const skills = new SkillField(2);
  skills.lnSkill.fill(0);
  skills.place("rival", 0);
  skills.place("e", 1);
  const miner = new EntrantMiner(place, config, miners, skills, false);
  const see = (block: number, payTao: number, priceTao: number, uid: number | null, stake = 0n) =>
    viewOf({
      block,
      uidOf: () => uid,
      registrationPriceRao: () => BigInt(priceTao) * TAO,
      balanceRao: 100n * TAO,
      minerPayPerDay: () => payTao,
      neurons: () =>
        publicNeurons({
          neurons: [{ hotkey: "rival", coldkey: "r", role: "miner", registeredAtBlock: 0 }],
        }),
      stakeRao: () => stake,
      price: () => 1,
    });
  return { skills, miner, see };
}

const kinds = (actions: readonly BittensorAction[]) => actions.map(({ kind }) => kind);

test("a miner registers when what it would earn pays for the price in time", () => {
  const { miner, see, skills } = subnet();
  // Half of 10 TAO a day, less 1 of cost, for 4 days: 16 TAO.
  expect(wake(miner, see(1, 10, 16, null))).toEqual([]);
  expect(skills.effort[1]).toBe(0);
  expect(kinds(wake(miner, see(7_201, 10, 15, null)))).toEqual(["register_limit", "serve_axon"]);
  expect(skills.effort[1]).toBe(1);
});

test("a miner that was refused does not start to work", () => {
  const { miner, see, skills } = subnet();
  const refuse = () => ({ applied: false, reason: "NoNeuronIdAvailable" }) as const;
  expect(kinds(wake(miner, see(1, 10, 1, null), refuse))).toEqual(["register_limit"]);
  expect(skills.effort[1]).toBe(0);
});

test("a miner that earns nothing for too long stops, sells and rests", () => {
  const { miner, see, skills } = subnet();
  wake(miner, see(1, 10, 1, null));
  // What it holds comes from before: it is no income.
  const idle = (block: number) => wake(miner, see(block, 10, 1, 5, 3n * TAO));
  expect([7_201, 14_401].map(idle)).toEqual([[], []]);
  expect(idle(21_601)).toMatchObject([{ kind: "remove_stake", amountRao: 3n * TAO }]);
  expect(skills.effort[1]).toBe(0);
  // Its uid is still its own: after the rest it starts again for nothing.
  expect(wake(miner, see(28_801, 10, 1, 5))).toEqual([]);
  expect(wake(miner, see(21_601 + 36_000, 10, 1, 5))).toEqual([]);
  expect(skills.effort[1]).toBe(1);
});

test("a miner that has been replaced sells what is left and stays away for a while", () => {
  const { miner, see, skills } = subnet();
  wake(miner, see(1, 10, 1, null));
  wake(miner, see(7_201, 10, 1, 5));
  expect(kinds(wake(miner, see(14_401, 10, 1, null, 7n * TAO)))).toEqual(["remove_stake"]);
  expect(skills.effort[1]).toBe(0);
  expect(wake(miner, see(21_601, 10, 1, null))).toEqual([]);
  expect(kinds(wake(miner, see(14_401 + 36_000, 10, 1, null)))).toEqual([
    "register_limit",
    "serve_axon",
  ]);
});
