/** Comparisons within a tolerance, for records that state one. */

type Amount = number | string | bigint;

/** null when `got` lies within `tolerance` of `wanted`; otherwise what differs. */
export function farFrom(
  field: string,
  wanted: Amount,
  got: Amount,
  tolerance: number,
): string | null {
  const distance = Math.abs(Number(wanted) - Number(got));
  if (distance <= tolerance) return null;
  return `${field}: wanted ${wanted} within ${tolerance}, got ${got}`;
}

/** The same for lists of equal length, with one tolerance or one each. */
export function firstFarFrom(
  field: string,
  wanted: readonly Amount[],
  got: readonly Amount[],
  tolerance: number | readonly number[],
): string | null {
  if (wanted.length !== got.length) {
    return `${field}: wanted ${wanted.length} values, got ${got.length}`;
  }
  for (const [i, value] of wanted.entries()) {
    const allowed = typeof tolerance === "number" ? tolerance : tolerance[i];
    const far = farFrom(`${field}[${i}]`, value, got[i], allowed);
    if (far) return far;
  }
  return null;
}
