import { expect, test } from "vitest";
import { leasesSection, leaseTerms } from "./leases-section.ts";
import { temporaryProject } from "./testing/temporary-project.ts";

const lease = {
  netuid: 4,
  contributors: 3,
  contributed_share: 0.6,
  owner_cut_percent: 40,
  end_after_days: 10,
};

test("those who gave share by what they gave; the owner has given the rest", () => {
  const [terms] = leaseTerms(leasesSection.parse([lease]), { block: 1_000 });
  expect(terms).toMatchObject({
    netuid: 4,
    beneficiary: "owner/4",
    percent: 40,
    endBlock: 73_000,
    raisedRao: 5_000_000_000n,
  });
  expect(terms.contributions.map(({ coldkey }) => coldkey)).toEqual([
    "contributor/4/0",
    "contributor/4/1",
    "contributor/4/2",
  ]);
});

test("a lease of a subnet that is not there, or of one twice, is told", () => {
  const project = temporaryProject();
  const text = (netuid: number) =>
    `{ netuid: ${netuid}, contributors: 1, contributed_share: 1, owner_cut_percent: 5 }`;
  const path = project.write(
    "x.yaml",
    `version: 1\ntitle: t\nchain:\n  leases:\n    - ${text(4)}\n    - ${text(200)}\n    - ${text(4)}\n`,
  );
  expect(project.faultLines(path)).toEqual([
    "x.yaml:6:17: chain.leases[1].netuid: 200 does not exist in finney-8957880; a subnet of the state",
    "x.yaml:7:17: chain.leases[2].netuid: 4 is listed twice; list it once",
  ]);
  project.remove();
});
