/** Stake, transfers, takes, and root: seats and weights. Source: spec/token-economics.md section 5. */
import type { Outcome } from "../../agent.ts";
import { refused } from "../errors.ts";
import { rootSeat } from "../registration/register.ts";
import { isPastRateLimit } from "../weights/set-weights.ts";
import type {
  AddStake,
  RemoveStake,
  RootRegister,
  SetRootWeights,
  SetTake,
  Transfer,
} from "./actions.ts";
import type { RootNetwork } from "./root-network.ts";
import type { EraLedger } from "./tao-ledger.ts";
import type { HotkeyId, TaoStakes } from "./tao-stakes.ts";

export interface OrderPlace {
  readonly block: number;
  /** Whether the root network exists yet. */
  readonly hasRoot: boolean;
  readonly netuids: readonly number[];
  readonly stakes: TaoStakes;
  readonly ledger: EraLedger;
  readonly root: RootNetwork;
}

const MAX_TAKE_U16 = 11_796;
/** WeightsSetRateLimit of root. */
const ROOT_WEIGHTS_EVERY_BLOCKS = 100;
const DONE: Outcome = { applied: true, feeRao: 0n };

export class OrderDesk {
  constructor(private readonly place: OrderPlace) {}

  addStake(coldkey: string, { hotkey, amountRao }: AddStake): Outcome {
    const { stakes, ledger } = this.place;
    const id = stakes.idOfName(hotkey);
    if (id === undefined) return refused("HotKeyAccountNotExists");
    const { isDelegate, coldkey: owner } = stakes.hotkeys[id];
    if (!isDelegate && owner !== coldkey) return refused("NonAssociatedColdKey");
    if (amountRao <= 0n) return refused("AmountTooLow");
    if (ledger.balanceRao(coldkey) < amountRao) return refused("NotEnoughBalanceToStake");
    ledger.stake(coldkey, amountRao);
    stakes.deposit(id, coldkey, amountRao);
    return DONE;
  }

  removeStake(coldkey: string, { hotkey, amountRao }: RemoveStake): Outcome {
    const { stakes, ledger } = this.place;
    const id = stakes.idOfName(hotkey);
    if (id === undefined) return refused("HotKeyAccountNotExists");
    if (amountRao <= 0n) return refused("AmountTooLow");
    if (stakes.stakeRao(id, coldkey) < amountRao) return refused("NotEnoughStakeToWithdraw");
    stakes.withdraw(id, coldkey, amountRao);
    ledger.unstake(coldkey, amountRao);
    return DONE;
  }

  transfer(coldkey: string, { to, amountRao }: Transfer): Outcome {
    const { ledger } = this.place;
    if (amountRao <= 0n) return refused("AmountTooLow");
    if (ledger.balanceRao(coldkey) < amountRao) return refused("InsufficientBalance");
    ledger.transfer(coldkey, to, amountRao);
    return DONE;
  }

  setTake(coldkey: string, { hotkey, takeU16 }: SetTake): Outcome {
    const id = this.place.stakes.idOfName(hotkey);
    if (id === undefined) return refused("HotKeyAccountNotExists");
    const entry = this.place.stakes.hotkeys[id];
    if (entry.coldkey !== coldkey) return refused("NonAssociatedColdKey");
    if (takeU16 > MAX_TAKE_U16) return refused("DelegateTakeTooHigh");
    // What has been earned was earned under the old take.
    this.place.stakes.settle(id);
    this.place.stakes.takes[id] = takeU16;
    return DONE;
  }

  rootRegister(coldkey: string, { hotkey }: RootRegister): Outcome {
    const { stakes, root, hasRoot } = this.place;
    if (!hasRoot) return refused("SubnetNotExists");
    const id = stakes.idOfName(hotkey);
    if (id === undefined) return refused("HotKeyAccountNotExists");
    if (stakes.hotkeys[id].coldkey !== coldkey) return refused("NonAssociatedColdKey");
    if (root.seats.includes(id)) return refused("HotKeyAlreadyRegisteredInSubNet");
    const memberStakes = root.seats.map((seat) => stakes.totalRao(seat));
    const seat = rootSeat(memberStakes, stakes.totalRao(id));
    if (typeof seat === "string") return refused(seat);
    root.seat(id, seat);
    return DONE;
  }

  setRootWeights(coldkey: string, { hotkey, netuids, values }: SetRootWeights): Outcome {
    const { block, stakes, root, netuids: known, hasRoot } = this.place;
    if (!hasRoot) return refused("SubnetNotExists");
    const id: HotkeyId | undefined = stakes.idOfName(hotkey);
    if (id === undefined || !root.seats.includes(id)) return refused("HotKeyNotRegisteredInSubNet");
    if (stakes.hotkeys[id].coldkey !== coldkey) return refused("NonAssociatedColdKey");
    if (netuids.length !== values.length) return refused("WeightVecNotEqualSize");
    const updated = root.updatedBlock.get(id) ?? 0;
    if (!isPastRateLimit(updated, block, ROOT_WEIGHTS_EVERY_BLOCKS)) {
      return refused("SettingWeightsTooFast");
    }
    if (new Set(netuids).size < netuids.length) return refused("DuplicateUids");
    const exists = new Set([0, ...known]);
    if (netuids.some((netuid) => !exists.has(netuid))) return refused("UidVecContainInvalidOne");
    root.setRow(id, { netuids, values }, block);
    return DONE;
  }
}
