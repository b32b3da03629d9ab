/**
 * Coldkey swaps in a running chain: announced, paid for, and done five days later, so that a theft
 * can be seen coming. Everything goes along: free TAO, stake with its locks and unclaimed root
 * dividends, hotkeys, neurons and subnets.
 * Source: spec/token-economics.md sections 1.4, 5.5 and 7.
 */
import type { Outcome } from "../../../agent.ts";
import { type ChainError, refused } from "../../errors.ts";
import { ISSUANCE, walletOf } from "../tao-ledger.ts";
import type { AnnounceColdkeySwap, KeyAction } from "./actions.ts";
import { HotkeyDesk, type HotkeyPlace } from "./hotkey-desk.ts";
import type { KeyLog } from "./key-log.ts";

/** Recycled at the announcement. */
const SWAP_COST_RAO = 100_000_000n;
const SWAP_DELAY_BLOCKS = 36_000;
const REANNOUNCE_BLOCKS = 7_200;
/** A wallet that pays keeps this. */
const EXISTENTIAL_DEPOSIT_RAO = 500n;

interface Announcement {
  readonly toColdkey: string;
  readonly atBlock: number;
}

/** What the desk works on; the chain itself has it all. */
export type KeyPlace = HotkeyPlace;

export class KeyDesk {
  private readonly announced = new Map<string, Announcement>();

  private readonly hotkeys: HotkeyDesk;

  constructor(
    private readonly place: KeyPlace,
    private readonly log: KeyLog,
  ) {
    this.hotkeys = new HotkeyDesk(place, log);
  }

  /** Whether a coldkey's other calls are blocked. */
  isLeaving(coldkey: string): boolean {
    return this.announced.has(coldkey);
  }

  execute(coldkey: string, action: KeyAction): Outcome {
    switch (action.kind) {
      case "announce_coldkey_swap":
        return this.announce(coldkey, action);
      case "swap_coldkey_announced":
        return this.swap(coldkey, action.toColdkey);
      case "swap_hotkey":
        return this.isLeaving(coldkey)
          ? refused("ColdkeySwapAnnounced")
          : this.hotkeys.swap(coldkey, action);
    }
  }

  private announce(coldkey: string, { toColdkey }: AnnounceColdkeySwap): Outcome {
    const { block, ledger } = this.place;
    const before = this.announced.get(coldkey);
    if (before && block < before.atBlock + REANNOUNCE_BLOCKS) {
      return refused("ColdkeySwapReannouncedTooEarly");
    }
    if (ledger.balanceRao(coldkey) < SWAP_COST_RAO + EXISTENTIAL_DEPOSIT_RAO) {
      return refused("NotEnoughBalanceToPaySwapColdKey");
    }
    ledger.move(walletOf(coldkey), ISSUANCE, SWAP_COST_RAO, "key_swap");
    this.announced.set(coldkey, { toColdkey, atBlock: block });
    return { applied: true, feeRao: 0n };
  }

  private swap(from: string, to: string): Outcome {
    const fault = this.fault(from, to);
    if (fault) return refused(fault);
    const { ledger, registry, locks } = this.place;
    const lockFault = locks.swapColdkey(from, to);
    if (lockFault) return refused(lockFault);
    this.announced.delete(from);
    const moved = this.moveStake(from, to);
    for (const hotkey of registry.hotkeysOf(from)) registry.setHotkey({ hotkey, coldkey: to });
    for (const netuid of registry.netuids) {
      const owner = registry.ownerOf(netuid);
      if (owner?.coldkey === from) registry.setOwner(netuid, { ...owner, coldkey: to });
    }
    for (const { neurons, collateral, autoStake } of this.place.detailed.values()) {
      for (const [uid, neuron] of neurons.entries()) {
        if (neuron.coldkey === from) neurons[uid] = { ...neuron, coldkey: to };
      }
      collateral.swapColdkey(from, to);
      const destination = autoStake.get(from);
      if (destination !== undefined) autoStake.set(to, destination);
      autoStake.delete(from);
    }
    ledger.move(walletOf(from), walletOf(to), ledger.balanceRao(from), "key_swap");
    const swap = { key: "coldkey", netuid: null, coldkey: from, from, to } as const;
    this.log.keySwap({ ...swap, ...moved, costRao: SWAP_COST_RAO });
    return { applied: true, feeRao: 0n };
  }

  private fault(from: string, to: string): ChainError | null {
    const announcement = this.announced.get(from);
    if (!announcement) return "ColdkeySwapAnnouncementNotFound";
    if (announcement.toColdkey !== to) return "AnnouncedColdkeyHashDoesNotMatch";
    if (this.place.block < announcement.atBlock + SWAP_DELAY_BLOCKS) return "ColdkeySwapTooEarly";
    return this.place.registry.hasHotkey(to) ? "NewColdKeyIsHotkey" : null;
  }

  private moveStake(from: string, to: string) {
    const { book, fund, pools } = this.place;
    fund.flush();
    let positions = 0;
    let valueRao = 0n;
    for (const { netuid, hotkey, stakeRao } of [...book.holdingsOf(from)]) {
      book.withdraw(hotkey, from, netuid, stakeRao);
      book.deposit(hotkey, to, netuid, stakeRao);
      positions++;
      valueRao += BigInt(Math.round(Number(stakeRao) * pools.spotPrice(netuid)));
    }
    fund.swapColdkey(from, to);
    return { positions, valueRao };
  }
}
