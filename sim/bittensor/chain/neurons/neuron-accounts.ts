/**
 * The stake accounts behind the uids of one subnet: found once, and kept as long as the same neurons
 * belong to the same coldkeys.
 */
import type { DividendClaim } from "../../coinbase/dividends.ts";
import type { Neuron } from "../detailed-subnet.ts";
import type { Registry } from "../registry.ts";
import type { QueuedDividend } from "../root-fund.ts";
import type { StakeBook } from "../stake-book.ts";
import { amountAt, halvesOf } from "../stakes/halves.ts";
import type { PayList } from "../stakes/pay-list.ts";
import type { Payees, SubnetStakes } from "../stakes/subnet-stakes.ts";
import type { Family } from "./family.ts";
import type { SharedColumns } from "./shared-columns.ts";

export interface NeuronClaim extends DividendClaim {
  readonly hotkey: string;
}

export class NeuronAccounts implements Payees {
  readonly hotkeys: string[] = [];
  readonly coldkeys: string[] = [];
  readonly places: Int32Array;
  readonly soleHolder: Uint8Array;
  soleHolderAsOf = -1;
  /** By uid: where its root dividends wait to be credited. */
  readonly queued: (QueuedDividend | null)[] = [];
  /** Places on root, -1 for who has none. */
  private readonly rootPlaces: Int32Array;
  /** Uids with a place on root. */
  private rootUids: number[] = [];
  /** 1 = belongs to the subnet's owner. */
  private readonly ofOwner: Uint8Array;
  private neuronChanges = -1;
  private registryChanges = -1;
  /** How many hotkeys there were when places were looked for. */
  private alphaHotkeys = -1;
  private rootHotkeys = -1;

  constructor(capacity: number) {
    this.places = new Int32Array(capacity);
    this.rootPlaces = new Int32Array(capacity);
    this.soleHolder = new Uint8Array(capacity);
    this.ofOwner = new Uint8Array(capacity);
  }

  /** Brings the accounts up to date; `changes` counts how often uids have changed hands. */
  follow(netuid: number, neurons: readonly Neuron[], changes: number, registry: Registry): void {
    if (changes === this.neuronChanges && registry.changes === this.registryChanges) return;
    this.neuronChanges = changes;
    this.registryChanges = registry.changes;
    const owner = registry.ownerOf(netuid)?.coldkey;
    for (const [uid, { hotkey, coldkey: registeredBy }] of neurons.entries()) {
      const coldkey = registry.coldkeyOf(hotkey) ?? registeredBy;
      this.hotkeys[uid] = hotkey;
      this.coldkeys[uid] = coldkey;
      this.ofOwner[uid] = coldkey === owner ? 1 : 0;
      if (this.queued[uid]?.hotkey !== hotkey) this.queued[uid] = null;
    }
    this.hotkeys.length = neurons.length;
    this.coldkeys.length = neurons.length;
    this.places.fill(-1);
    this.soleHolderAsOf = -1;
    this.alphaHotkeys = -1;
    this.rootHotkeys = -1;
  }

  /** Writes what every hotkey holds on the subnet and on root. */
  writeStakes(alpha: SubnetStakes, root: SubnetStakes, to: SharedColumns): void {
    this.findPlaces(alpha, root);
    const { places, rootPlaces, rootUids } = this;
    const { alphaStake, rootStake } = to;
    const stakes = alpha.stakeHalves;
    const rootStakes = root.stakeHalves;
    for (let uid = 0; uid < this.hotkeys.length; uid++) {
      const place = places[uid];
      alphaStake[2 * uid] = place < 0 ? 0 : stakes[2 * place];
      alphaStake[2 * uid + 1] = place < 0 ? 0 : stakes[2 * place + 1];
    }
    rootStake.fill(0);
    for (let k = 0; k < rootUids.length; k++) {
      const uid = rootUids[k];
      const place = rootPlaces[uid];
      rootStake[2 * uid] = rootStakes[2 * place];
      rootStake[2 * uid + 1] = rootStakes[2 * place + 1];
    }
  }

  private findPlaces(alpha: SubnetStakes, root: SubnetStakes): void {
    const { hotkeys, places, rootPlaces } = this;
    if (alpha.hotkeys.length !== this.alphaHotkeys) {
      this.alphaHotkeys = alpha.hotkeys.length;
      for (let uid = 0; uid < hotkeys.length; uid++) {
        if (places[uid] < 0) places[uid] = alpha.find(hotkeys[uid]);
      }
    }
    if (root.hotkeys.length !== this.rootHotkeys) {
      this.rootHotkeys = root.hotkeys.length;
      for (let uid = 0; uid < hotkeys.length; uid++) rootPlaces[uid] = root.find(hotkeys[uid]);
      this.rootUids = [...hotkeys.keys()].filter((uid) => rootPlaces[uid] >= 0);
    }
  }

  /** Writes the stakes that count for each uid where parents lend theirs to children. */
  writeInherited(family: Family, book: StakeBook, to: SharedColumns): void {
    const inherited = (netuid: number) =>
      BigUint64Array.from(this.hotkeys, (hotkey) => family.inheritedRao(hotkey, book, netuid));
    to.alphaStake.set(halvesOf(inherited(family.netuid)));
    to.rootStake.set(halvesOf(inherited(0)));
  }

  /** Lists the incentive that is to be paid; returns that of the owner's hotkeys, which is not. */
  listIncentives({ serverEmission }: SharedColumns, list: PayList): number {
    const { ofOwner } = this;
    let withheldRao = 0;
    list.clear();
    for (let uid = 0; uid < this.hotkeys.length; uid++) {
      const amountRao = amountAt(serverEmission, uid);
      if (ofOwner[uid] === 0) list.add(uid, amountRao);
      else withheldRao += amountRao;
    }
    return withheldRao;
  }

  /** Everybody's claim to dividends, or only of those who have one, in the order of uids. */
  claims(
    { validatorEmission }: SharedColumns,
    alpha: SubnetStakes,
    root: SubnetStakes,
    onlyPaid: boolean,
  ): NeuronClaim[] {
    const { hotkeys, places, rootPlaces } = this;
    const claims: NeuronClaim[] = [];
    for (let uid = 0; uid < hotkeys.length; uid++) {
      const dividend = amountAt(validatorEmission, uid);
      if (onlyPaid && dividend === 0) continue;
      claims.push({
        hotkey: hotkeys[uid],
        dividendRao: BigInt(dividend),
        alphaStakeRao: places[uid] < 0 ? 0n : alpha.stakeRao[places[uid]],
        rootStakeRao: rootPlaces[uid] < 0 ? 0n : root.stakeRao[rootPlaces[uid]],
      });
    }
    return claims;
  }
}
