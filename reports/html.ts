/**
 * reports: from the tables of a run to pictures and a page. It may import lab, scenarios, agents
 * and sim. Everything here is a pure function of a run's tables and manifest, but for report.ts,
 * which reads and writes the files.
 *
 * This file: HTML in which every text is escaped unless it is HTML already.
 */
export interface Html {
  readonly markup: string;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => entities[c]);

type Part = Html | string | number | null | readonly Part[];

function markupOf(part: Part): string {
  if (part === null) return "";
  if (typeof part === "string" || typeof part === "number") return escapeHtml(String(part));
  if ("markup" in part) return part.markup;
  return part.map(markupOf).join("");
}

/** html`<p>${text}</p>`: texts are escaped, lists are joined, null is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const markup = strings.map((text, i) => text + (i < parts.length ? markupOf(parts[i]) : ""));
  return { markup: markup.join("") };
}

/** Markup of our own making that is to stand as it is. */
export const raw = (markup: string): Html => ({ markup });

/** Data for a `<script type="application/json">`: no text in it can end the element. */
export const jsonForScript = (data: unknown): Html =>
  raw(JSON.stringify(data).replace(/</g, "\\u003c"));
