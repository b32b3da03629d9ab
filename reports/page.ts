/** The whole page: one self-contained file that asks the network for nothing. */
import { type Chart, compileChart, isDrawn } from "./chart.ts";
import { packFrame } from "./frame.ts";
import { type Html, html, jsonForScript, raw } from "./html.ts";
import { pageCss } from "./page-style.ts";
import type { Section } from "./parts.ts";
import type { RunData } from "./run-data.ts";
import { headline } from "./sections/headline.ts";
import { actionsSection, rolesSection, subnetsSection, supplySection } from "./sections/network.ts";
import { neuronSections } from "./sections/neurons.ts";
import { provenanceSection, readingSection, rulesSection } from "./sections/notes.ts";

// Nothing may be fetched, whatever a text in a table says; Vega compiles its expressions itself.
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline' 'unsafe-eval'; img-src data:";

export const reportSections = (run: RunData): Section[] => [
  supplySection(run),
  subnetsSection(run),
  rolesSection(run),
  ...neuronSections(run),
  actionsSection(run),
  rulesSection(run),
  readingSection(run),
  provenanceSection(run),
];

/** The page as text; `script` is the browser's part, bundled. */
export function reportPage(run: RunData, script: string): string {
  const sections = reportSections(run);
  const charts = sections.flatMap((section) => section.charts);
  const { scenario, seed } = run.manifest;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${scenario.title} (${scenario.name}, seed ${seed}) · hivelab</title>
<style>${raw(pageCss)}</style>
</head>
<body>
<header>${headline(run)}
<nav aria-label="Sections">${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav>
</header>
<main>
${sections.map(sectionHtml)}
</main>
<footer>Made by hivelab ${run.manifest.program.version}. Not advice of any kind.</footer>
<noscript>The charts need JavaScript; the tables do not.</noscript>
<script type="application/json" id="charts">${chartData(charts)}</script>
<script>${raw(script.replace(/<\/(script)/gi, "<\\/$1"))}</script>
</body>
</html>
`;
  return page.markup;
}

const sectionHtml = ({ id, title, body }: Section): Html =>
  html`<section id="${id}"><h2>${title}</h2>
${body}</section>
`;

function chartData(charts: readonly Chart[]): Html {
  const drawn = charts.filter(isDrawn);
  return jsonForScript({
    frames: Object.fromEntries(
      drawn.flatMap(({ data }) =>
        Object.entries(data).map(([name, frame]) => [name, packFrame(frame)]),
      ),
    ),
    charts: drawn.map((chart) => ({ id: chart.id, spec: compileChart(chart) })),
  });
}
