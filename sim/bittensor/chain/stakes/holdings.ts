/** Where each coldkey has stake, in the order of first deposit. */
export interface StakePlace {
  readonly netuid: number;
  readonly hotkey: string;
}

export class Holdings {
  private readonly places = new Map<string, Map<string, StakePlace>>();

  of(coldkey: string): Iterable<StakePlace> {
    return this.places.get(coldkey)?.values() ?? [];
  }

  add(coldkey: string, place: StakePlace): void {
    let places = this.places.get(coldkey);
    if (!places) {
      places = new Map();
      this.places.set(coldkey, places);
    }
    places.set(keyOf(place), place);
  }

  remove(coldkey: string, place: StakePlace): void {
    this.places.get(coldkey)?.delete(keyOf(place));
  }
}

const keyOf = ({ netuid, hotkey }: StakePlace): string => `${netuid}/${hotkey}`;
