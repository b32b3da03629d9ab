/** Faults of a plan, each at its place in the file; told all together. */
import { inOrder } from "../../scenarios/check.ts";
import { type Fault, InputError } from "../../scenarios/fault.ts";
import { fieldName, keyPlaceAt, type Path, placeAt, type Tree } from "../../scenarios/tree.ts";
import { ExpressionError, parseExpression } from "./expression.ts";

export class PlanFaults {
  readonly items: Fault[] = [];

  constructor(readonly tree: Tree) {}

  add(path: Path, problem: string, remedy: string): void {
    this.items.push({ ...placeAt(this.tree, path), field: fieldName(path), problem, remedy });
  }

  /** A fault of a name rather than of its value. */
  addAtKey(path: Path, problem: string, remedy: string): void {
    this.items.push({ ...keyPlaceAt(this.tree, path), field: fieldName(path), problem, remedy });
  }

  /** Whether a formula reads, of these names; a fault if not. */
  formula(path: Path, text: string, known: readonly string[]): boolean {
    try {
      parseExpression(text, known);
      return true;
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.add(path, `${error.problem} (character ${error.column})`, error.remedy);
      return false;
    }
  }

  /** Throws InputError if there are any. */
  throwIfAny(): void {
    if (this.items.length > 0) throw new InputError(inOrder(this.items));
  }
}
