import { expect, test } from "vitest";
import { viewOf, wake } from "../testing.ts";
import { spammersConfig } from "./config.ts";
import { RegistrationSpammer } from "./registration-spammer.ts";

const TAO = 1_000_000_000n;
const config = spammersConfig.parse({ max_price_tao: 2, start_after_days: 1, attack_days: 1 });
const see = (block: number, priceTao: bigint, balanceTao = 50n) =>
  viewOf({
    block,
    registrationPriceRao: () => priceTao * TAO,
    balanceRao: balanceTao * TAO,
  });

test("an attacker registers one hotkey after the other while the price allows", () => {
  const spammer = new RegistrationSpammer({ id: "s", netuid: 3, startBlock: 100 }, config);
  expect(spammer.wake.firstBlock).toBe(7_300);
  const limit = { kind: "register_limit", netuid: 3, limitPriceRao: 2n * TAO };
  expect(wake(spammer, see(7_300, 1n))).toEqual([{ ...limit, hotkey: "s/0" }]);
  expect(wake(spammer, see(7_330, 2n))).toEqual([{ ...limit, hotkey: "s/1" }]);
  expect(wake(spammer, see(7_360, 3n))).toEqual([]);
  expect(wake(spammer, see(7_390, 1n, 1n))).toEqual([]);
  expect(wake(spammer, see(14_501, 1n))).toEqual([]);
});

test("a refused hotkey is tried again", () => {
  const spammer = new RegistrationSpammer({ id: "s", netuid: 3, startBlock: 100 }, config);
  const refuse = () => ({ applied: false, reason: "NoNeuronIdAvailable" }) as const;
  wake(spammer, see(7_300, 1n), refuse);
  expect(wake(spammer, see(7_330, 1n))).toMatchObject([{ hotkey: "s/0" }]);
});
