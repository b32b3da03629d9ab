/** The frame of every page: one self-contained file that asks the network for nothing. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { REPORT_FILE } from "../lab/run-folder.ts";
import { packageFolder } from "../scenarios/shipped.ts";
import { type Chart, compileChart, isDrawn } from "./chart.ts";
import { packFrame } from "./frame.ts";
import { type Html, html, jsonForScript, raw } from "./html.ts";
import { pageCss } from "./page-style.ts";
import type { Section } from "./parts.ts";

// Nothing may be fetched, whatever a text in a table says; Vega compiles its expressions itself.
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline' 'unsafe-eval'; img-src data:";

export interface Page {
  readonly title: string;
  /** Of hivelab. */
  readonly version: string;
  readonly header: Html;
  readonly sections: readonly Section[];
}

/** Writes a page as the report of a run folder; whole or not at all. */
export function writePage(folder: string, page: Page): string {
  const path = join(folder, REPORT_FILE);
  writeFileSync(`${path}.partial`, pageMarkup(page, browserScript()));
  renameSync(`${path}.partial`, path);
  return path;
}

/** The bundle that the build has made; from the sources (in tests) it is the one in dist/. */
export function browserScript(): string {
  const beside = fileURLToPath(new URL("./browser/report.bundle.js", import.meta.url));
  const built = join(packageFolder, "dist", "reports", "browser", "report.bundle.js");
  return readFileSync(existsSync(beside) ? beside : built, "utf8");
}

/** The page as text; `script` is the browser's part, bundled. */
export function pageMarkup({ title, version, header, sections }: Page, script: string): string {
  const charts = sections.flatMap((section) => section.charts);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · hivelab</title>
<style>${raw(pageCss)}</style>
</head>
<body>
<header>${header}
<nav aria-label="Sections">${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav>
</header>
<main>
${sections.map(sectionHtml)}
</main>
<footer>Made by hivelab ${version}. Not advice of any kind.</footer>
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
