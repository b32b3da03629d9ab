/** What a reader must know to trust the numbers: rules, simplifications, sources, provenance. */
import { bytes, date, dateTime, integer } from "../format.ts";
import { type Html, html } from "../html.ts";
import { dataTable, type Section } from "../parts.ts";
import type { RunData } from "../run-data.ts";

export function rulesSection({ manifest }: RunData): Section {
  return {
    id: "rules",
    title: "Rules, simplifications and sources",
    charts: [],
    body: html`<div class="figures">
<div class="card wide">${dataTable({
      title: "Rule-sets used",
      about: `Arithmetic: ${manifest.arithmetic}.`,
      columns: [{ title: "rules" }, { title: "in force from" }, { title: "source" }],
      rows: manifest.rule_sets.map((rules) => [
        html`${rules.title} <code>${rules.name}</code>`,
        date(rules.in_force_from),
        rules.source,
      ]),
    })}</div>
<div class="card"><h3>What is aggregated</h3>${sentences(manifest.aggregated)}</div>
<div class="card"><h3>What is assumed</h3>${sentences(manifest.assumptions)}</div>
<div class="card wide">${dataTable({
      title: "Data that the run started from",
      about: "Each file with its source and SHA-256.",
      columns: [{ title: "file" }, { title: "source" }, { title: "SHA-256" }],
      rows: manifest.data.map(({ path, source, sha256 }) => [
        html`<code>${path}</code>`,
        source,
        html`<code>${sha256}</code>`,
      ]),
    })}</div></div>`,
  };
}

const sentences = (list: readonly string[]): Html =>
  list.length === 0
    ? html`<p class="nothing">Nothing.</p>`
    : html`<ul>${list.map((sentence) => html`<li>${sentence}</li>`)}</ul>`;

export function readingSection({ windows }: RunData): Section {
  return {
    id: "reading",
    title: "How to read this page",
    charts: [],
    body: html`<ul>
<li>This is a simulation: a consequence of the rules, the starting state and the agents' behaviours named here, not a forecast.</li>
<li>Point at a mark for its numbers; click a name in a legend to bring it out (with shift: several; click beside the names to undo).</li>
<li>Amounts are TAO (1 TAO = 10⁹ rao), dates are UTC, a block is 12 seconds. The tables beside this page hold every amount exactly, in rao.</li>
<li>Charts over time have one step a ${windows.name}: flows are averaged over it and given per day, states are those at its end. The tables hold every recorded interval.</li>
<li>“Emission” of a subnet is the TAO that the chain put into its pool or spent on its alpha; “share” is its part of all subnets' emission.</li>
</ul>`,
  };
}

export function provenanceSection({ manifest }: RunData): Section {
  const { program, environment, timings, scenario, tables } = manifest;
  const commit = program.commit
    ? html`commit <code>${program.commit}</code>${program.dirty ? " with changes that were not committed" : ""}`
    : "installed package";
  // How long this page took is not known while it is made.
  const seconds = Object.entries(timings)
    .filter(([part]) => part !== "report_s")
    .map(([part, time]) => `${part.replace(/_s$/, "").replace(/_/g, " ")} ${time.toFixed(1)} s`);
  return {
    id: "provenance",
    title: "Provenance",
    charts: [],
    body: html`<p>hivelab ${program.version}, ${commit}; Node.js ${environment.node} on ${environment.platform}, started ${dateTime(environment.started_at)}; ${seconds.join(", ")}. The same scenario, seed and version give the same tables, byte for byte.</p>
<div class="card" style="margin-top:16px">${dataTable({
      title: "Tables of this run",
      about: "Parquet files; the Arrow files beside them hold the same rows.",
      columns: [
        { title: "file" },
        { title: "rows", isNumber: true },
        { title: "size", isNumber: true },
        { title: "SHA-256" },
      ],
      rows: tables.map(({ rows, parquet }) => [
        html`<code>${parquet.path}</code>`,
        integer(rows),
        bytes(parquet.bytes),
        html`<code>${parquet.sha256}</code>`,
      ]),
    })}
<details><summary>The scenario, completed with every default</summary><pre><code>${JSON.stringify(scenario.completed, null, 2)}</code></pre></details></div>`,
  };
}
