/** Tables for people: as wide as the terminal, plain text when piped, bold only where wanted. */
import Table from "cli-table3";

export interface Screen {
  /** Characters a line; null for no limit (piped output is for other programs). */
  readonly width: number | null;
  readonly bold: boolean;
}

const MIN_WIDTH = 40;
/** Lines longer than this are hard to read. */
const MAX_WIDTH = 160;
const GAP = 2;
/** A narrower column would break nearly every word. */
const MIN_COLUMN = 12;

export function screenOf(stream: {
  isTTY?: boolean;
  columns?: number;
  env?: NodeJS.ProcessEnv;
}): Screen {
  const env = stream.env ?? process.env;
  if (!stream.isTTY) return { width: null, bold: false };
  const columns = Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, stream.columns ?? 80));
  return { width: columns, bold: !env.NO_COLOR && env.TERM !== "dumb" };
}

export const strong = (text: string, { bold }: Screen): string =>
  bold ? `\u001b[1m${text}\u001b[22m` : text;

const noLines = {
  ...{ top: "", "top-mid": "", "top-left": "", "top-right": "" },
  ...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
  ...{ left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "" },
  middle: " ".repeat(GAP),
};

/**
 * Columns of text under a head, the first one of names. Where the screen has a width, columns are
 * narrowed and their words wrapped until the table fits.
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  screen: Screen,
): string {
  const natural = head.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => row[i].length)),
  );
  const widths = screen.width === null ? natural : fitted(natural, screen.width);
  const written = new Table({
    head: head.map((title) => strong(title, screen)),
    chars: noLines,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    colWidths: widths,
    wordWrap: true,
    wrapOnWordBoundary: true,
  });
  written.push(...rows.map((row) => [...row]));
  return written
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

/** The first column, of names, stays; of the others the widest is narrowed until all fit. */
function fitted(natural: readonly number[], width: number): number[] {
  const [first, ...others] = natural;
  const room = width - first - GAP * others.length;
  const sum = () => others.reduce((total, one) => total + one, 0);
  while (sum() > room) {
    const widest = Math.max(...others);
    if (widest <= MIN_COLUMN) break;
    others[others.lastIndexOf(widest)]--;
  }
  return [first, ...others];
}
