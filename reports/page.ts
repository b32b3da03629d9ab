/** The page of a run. */
import { isChainRun, isFlockRun } from "./flock/data.ts";
import { flockHeadline, flockPageSections, flockSections } from "./flock/page-parts.ts";
import { pageMarkup } from "./page-shell.ts";
import type { Section } from "./parts.ts";
import { crossingSections, isCrossingRun } from "./root-era/crossing.ts";
import { isRootEraRun } from "./root-era/data.ts";
import { rootEraSections } from "./root-era/page-parts.ts";
import type { RunData } from "./run-data.ts";
import { decidingSections } from "./sections/deciding.ts";
import { headline } from "./sections/headline.ts";
import { judgeSections } from "./sections/judges.ts";
import { keySwapSections } from "./sections/key-swaps.ts";
import { mechanismSections } from "./sections/mechanisms.ts";
import { actionsSection, rolesSection, subnetsSection, supplySection } from "./sections/network.ts";
import { neuronSections } from "./sections/neurons.ts";
import { provenanceSection, readingSection, rulesSection } from "./sections/notes.ts";
import { registrationSections } from "./sections/registrations.ts";
import { subnetLifeSections } from "./sections/subnet-life.ts";
import { validatorTermSections } from "./sections/validator-terms.ts";
import { isSupplyRun, supplyHeadline, supplyPageSections } from "./supply/page-parts.ts";

export function reportSections(run: RunData): Section[] {
  if (isSupplyRun(run)) return supplyPageSections(run);
  if (isCrossingRun(run)) return crossingSections(run);
  if (isRootEraRun(run)) return rootEraSections(run);
  if (!isFlockRun(run)) return bittensorSections(run);
  if (!isChainRun(run)) return flockPageSections(run);
  return [...flockSections(run), ...bittensorSections(run)];
}

function headerOf(run: RunData) {
  if (isSupplyRun(run)) return supplyHeadline(run);
  return isFlockRun(run) ? flockHeadline(run) : headline(run);
}

const bittensorSections = (run: RunData): Section[] => [
  supplySection(run),
  subnetsSection(run),
  ...subnetLifeSections(run),
  rolesSection(run),
  ...neuronSections(run),
  ...mechanismSections(run),
  ...decidingSections(run),
  ...judgeSections(run),
  ...validatorTermSections(run),
  ...registrationSections(run),
  ...keySwapSections(run),
  actionsSection(run),
  rulesSection(run),
  readingSection(run),
  provenanceSection(run),
];

/** The page as text; `script` is the browser's part, bundled. */
export function reportPage(run: RunData, script: string): string {
  const { scenario, seed } = run.manifest;
  return pageMarkup(
    {
      title: `${scenario.title} (${scenario.name}, seed ${seed})`,
      version: run.manifest.program.version,
      header: headerOf(run),
      sections: reportSections(run),
    },
    script,
  );
}
