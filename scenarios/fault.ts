/**
 * A fault in what a person wrote: one line each, in the form
 * `file:line:column: field: what is wrong; what would be right`. Exit code 2, nothing written.
 */
export interface Fault {
  readonly file: string;
  /** From 1; absent where the fault has no place in a file (a command-line argument, say). */
  readonly line?: number;
  readonly column?: number;
  /** A dotted path such as `subnets[0].alpha_out_alpha`; empty for the file as a whole. */
  readonly field: string;
  readonly problem: string;
  /** What would be right; empty only where nothing sensible can be said. */
  readonly remedy: string;
}

export function formatFault(fault: Fault): string {
  const place = [fault.file, fault.line, fault.column].filter((part) => part !== undefined);
  const parts = [place.join(":"), fault.field, fault.problem].filter((part) => part !== "");
  return parts.join(": ") + (fault.remedy ? `; ${fault.remedy}` : "");
}

/** Thrown by whatever reads input; the front door prints a line a fault and exits with 2. */
export class InputError extends Error {
  constructor(readonly faults: readonly Fault[]) {
    super(faults.map(formatFault).join("\n"));
    this.name = "InputError";
  }
}

/** The known name nearest to an unknown one, if any is near enough to be meant. */
export function nearestName(unknown: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(unknown.length / 3)) + 1;
  for (const name of known) {
    const distance = editDistance(unknown.toLowerCase(), name.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(previous[j] + 1, row[j - 1] + 1, replaced));
    }
    previous = row;
  }
  return previous[b.length];
}
