/** The columns that an epoch leaves behind, kept as long as the list of neurons is. */
import type { EpochOutput, SparseRow } from "../../yuma/types.ts";

const EMPTY_ROW: SparseRow = { columns: [], values: [] };

/** The output of the last epoch (null: none yet) with zeros for uids that came after it. */
export function columnsFor(n: number, last: EpochOutput | null): EpochOutput {
  const u16 = (column: Uint16Array | undefined) => {
    const whole = new Uint16Array(n);
    if (column) whole.set(column);
    return whole;
  };
  const rao = (column: BigUint64Array | undefined) => {
    const whole = new BigUint64Array(n);
    if (column) whole.set(column);
    return whole;
  };
  const flags = (column: readonly boolean[] | undefined, missing: boolean) =>
    Array.from({ length: n }, (_, uid) => column?.[uid] ?? missing);
  return {
    active: flags(last?.active, true),
    validatorPermit: flags(last?.validatorPermit, false),
    stakeWeight: u16(last?.stakeWeight),
    consensus: u16(last?.consensus),
    incentive: u16(last?.incentive),
    dividends: u16(last?.dividends),
    validatorTrust: u16(last?.validatorTrust),
    emissionRao: rao(last?.emissionRao),
    serverEmissionRao: rao(last?.serverEmissionRao),
    validatorEmissionRao: rao(last?.validatorEmissionRao),
    bonds: Array.from({ length: n }, (_, uid) => last?.bonds[uid] ?? EMPTY_ROW),
  };
}
