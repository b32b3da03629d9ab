/** Storage values of the chain as they are captured: hex of little-endian bytes. */

/** The unsigned integer of little-endian hex bytes; null where the text is no such hex. */
export function littleEndian(hex: unknown): bigint | null {
  if (typeof hex !== "string" || !/^0x([0-9a-fA-F]{2}){1,32}$/.test(hex)) return null;
  const bytes = hex.slice(2).match(/../g)!;
  return BigInt(`0x${bytes.reverse().join("")}`);
}

/** True, false, or null where the text is neither 0x01 nor 0x00. */
export const storedFlag = (hex: unknown): boolean | null =>
  hex === "0x01" ? true : hex === "0x00" ? false : null;
