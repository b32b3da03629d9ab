/** Comparisons within a tolerance, for records that state one. */

/** null when `got` lies within `tolerance` of `wanted`; otherwise what differs. */
export function farFrom(
  field: string,
  wanted: number | string | bigint,
  got: number | bigint,
  tolerance: number,
): string | null {
  const distance = Math.abs(Number(wanted) - Number(got));
  if (distance <= tolerance) return null;
  return `${field}: wanted ${wanted} within ${tolerance}, got ${got}`;
}
