/** What a page in a browser runs of the contract; the test calls it by this name. */
import { openBackend } from "../index.ts";
import type { BackendName } from "../types.ts";
import { contractCases, partedCases } from "./contract.ts";

export interface PageResult {
  readonly device: string;
  readonly cases: readonly {
    readonly name: string;
    readonly checked: number;
    readonly ofBound: number;
    readonly faults: readonly string[];
  }[];
}

declare global {
  var contractOf: (name: BackendName) => Promise<PageResult>;
}

globalThis.contractOf = async (name) => {
  const backend = await openBackend(name);
  const cases: PageResult["cases"][number][] = [];
  for (const one of [...contractCases, ...partedCases]) {
    try {
      const { checked, ofBound, faults } = await one.run(backend);
      cases.push({ name: one.name, checked, ofBound, faults });
    } catch (error) {
      cases.push({ name: one.name, checked: 0, ofBound: 0, faults: [String(error)] });
    }
  }
  await backend.dispose();
  return { device: backend.device, cases };
};
