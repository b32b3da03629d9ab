/** Data for other programs: whole numbers that a double cannot hold are written as text. */
export const plainData = (value: unknown): string =>
  JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? inner.toString() : inner), 2);
