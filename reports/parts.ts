/** Pieces that the sections of the page are made of. */
import { type Chart, isDrawn } from "./chart.ts";
import { type Html, html } from "./html.ts";

/** A section of the page: words, charts to draw and tables in between. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Html;
  readonly charts: readonly Chart[];
}

export function figure(chart: Chart): Html {
  const place = isDrawn(chart)
    ? html`${legend(chart)}<div class="chart" id="chart-${chart.id}"></div>`
    : html`<p class="nothing">${chart.nothing}</p>`;
  return html`<figure id="${chart.id}">
<figcaption><h3>${chart.title}</h3><p>${chart.subtitle}</p></figcaption>
${place}</figure>`;
}

/** Buttons that pick names; the browser's part of the page listens to them. */
function legend({ id, legend: entries }: Chart): Html | null {
  if (!entries) return null;
  return html`<div class="legend" data-for="${id}" role="group" aria-label="Pick names">${entries.map(
    ({ name, color }) =>
      html`<button type="button" aria-pressed="false" data-name="${name}"><i style="background:${color}"></i>${name}</button>`,
  )}</div>`;
}

export interface TableColumn {
  readonly title: string;
  /** Numbers stand on the right. */
  readonly isNumber?: boolean;
}

export interface PageTable {
  readonly title: string;
  readonly about: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly (string | Html)[])[];
}

export function dataTable({ title, about, columns, rows }: PageTable): Html {
  const kind = (i: number) => (columns[i].isNumber ? html` class="n"` : null);
  const head = columns.some((column) => column.title !== "")
    ? html`<thead><tr>${columns.map((column, i) => html`<th scope="col"${kind(i)}>${column.title}</th>`)}</tr></thead>`
    : null;
  return html`<div class="scroll"><table><caption>${title}<small>${about}</small></caption>
${head}
<tbody>${rows.map(
    (row) => html`<tr>${row.map((cell, i) =>
      i === 0 ? html`<th scope="row">${cell}</th>` : html`<td${kind(i)}>${cell}</td>`,
    )}</tr>
`,
  )}</tbody></table></div>`;
}
