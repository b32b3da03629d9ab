/** What the records say of a subnet's validators where their terms have come to differ. */
import type { Cell } from "../../../records.ts";
import type { DetailedSubnet } from "../detailed-subnet.ts";
import type { Registry } from "../registry.ts";
import type { StakeBook } from "../stake-book.ts";
import type { TakeBook } from "./take-book.ts";

export interface ValidatorBooks {
  readonly book: StakeBook;
  readonly takes: TakeBook;
  readonly registry: Registry;
}

/** Whether a take or a child of the subnet's neurons is other than at the start. */
export const haveOwnTerms = ({ family, neurons }: DetailedSubnet, takes: TakeBook): boolean =>
  family.hasTerms || (takes.hasChanged && neurons.some(({ hotkey }) => takes.differs(hotkey)));

/** One row a validator with a permit, by uid, without block and time. */
export function validatorRows(
  subnet: DetailedSubnet,
  { book, takes, registry }: ValidatorBooks,
): Cell[][] {
  const { netuid, neurons, columns, family } = subnet;
  return neurons.flatMap(({ hotkey, coldkey }, uid) => {
    if (columns.newPermit[uid] === 0) return [];
    const owner = registry.coldkeyOf(hotkey) ?? coldkey;
    return [
      [
        netuid,
        uid,
        hotkey,
        takes.ofU16(hotkey) / 65_535,
        family.takeU16(hotkey) / 65_535,
        book.hotkeyStakeRao(hotkey, netuid),
        book.stakeRao(hotkey, owner, netuid),
        family.inheritedRao(hotkey, book, netuid),
        columns.stakeWeight[uid] / 65_535,
        columns.dividends[uid] / 65_535,
      ],
    ];
  });
}
