import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PERCENT_BASE } from "../amounts.ts";
import { releaseLocked, settleDay, type UploadedShare } from "./settlement.ts";

const empty = {
  dailyWei: 1_000_000n,
  allianceWei: 0n,
  taskWeight: 1n,
  allWeights: 1n,
  gammaPart: 0n,
  nodesStake: 1n,
  validatorsStake: 1n,
  lockedPart: 900_000n,
  percentBase: PERCENT_BASE,
};
const share = fc
  .tuple(fc.nat(100_000), fc.nat(100_000), fc.nat(1_000_000))
  .map(([a, b, sigma]) => ({
    withPart: BigInt(Math.max(a, b)),
    withoutPart: BigInt(Math.min(a, b)),
    sigmaPart: BigInt(sigma),
  }));
const shares = fc.array(share, { maxLength: 10 });
const paid = (payments: readonly { operatorWei: bigint; delegatorsWei: bigint }[]) =>
  payments.reduce((sum, { operatorWei, delegatorsWei }) => sum + operatorWei + delegatorsWei, 0n);

describe("settlement of a task's day", () => {
  test("pays, locks or keeps as dust every wei of the task's reward", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 24n }),
        fc.nat(500_000),
        shares,
        shares,
        (dailyWei, gamma, nodes, validators) => {
          const day = settleDay({
            ...empty,
            dailyWei,
            gammaPart: BigInt(gamma),
            nodes,
            validators,
          });
          expect(day.nodePoolWei + day.validatorPoolWei).toBe(day.rewardWei);
          const spent = day.lockedWei + paid(day.nodes) + paid(day.validators);
          expect(spent + day.dustWei).toBe(day.rewardWei);
          expect(day.dustWei).toBeGreaterThanOrEqual(0n);
        },
      ),
    );
  });

  test("with sigma one leaves delegators nothing, with sigma zero the owner's own part", () => {
    const pays = (sigmaPart: bigint) =>
      releaseLocked(1000n, [{ withPart: 500_000n, withoutPart: 300_000n, sigmaPart }], PERCENT_BASE)
        .nodes[0];
    expect(pays(1_000_000n)).toEqual({ operatorWei: 500n, delegatorsWei: 0n });
    expect(pays(0n)).toEqual({ operatorWei: 300n, delegatorsWei: 200n });
  });

  test("half and half whatever the stakes, where gamma is one half", () => {
    const day = settleDay({
      ...empty,
      gammaPart: 500_000n,
      nodesStake: 7n,
      validatorsStake: 1n,
      nodes: [],
      validators: [],
    });
    expect([day.nodePoolWei, day.validatorPoolWei]).toEqual([500_000n, 500_000n]);
  });

  test("refuses percentages that the contract would revert on", () => {
    const settle = (node: UploadedShare) =>
      settleDay({ ...empty, nodes: [node, node], validators: [] });
    const good = { withPart: 500_000n, withoutPart: 0n, sigmaPart: 0n };
    expect(() => settle(good)).not.toThrow();
    expect(() => settle({ ...good, withPart: 500_001n })).toThrow(/sum to 1000002/);
    expect(() => settle({ ...good, withoutPart: 500_001n })).toThrow(/nodes\[0\]/);
  });
});
