/**
 * burned_register, register_limit and serve_axon: who gets a uid, what it costs and locks, and who
 * gives way. Source: spec/token-economics.md sections 6.1 and 6.2, spec/yuma-epoch.md section 8.2,
 * spec/recent-rules.md section 3.5.
 */
import type { Outcome } from "../../../agent.ts";
import * as layout from "../../coinbase/kernel/assembly/layout.ts";
import type { ChainError } from "../../errors.ts";
import { checkRegister } from "../../registration/register.ts";
import { type NeuronStanding, uidToReplace } from "../../registration/replacement.ts";
import {
  collateralBoughtRao,
  type RegistrationCharge,
  registrationCharge,
} from "../../staking/collateral.ts";
import type { DetailedSubnet } from "../detailed-subnet.ts";
import { rename } from "../keys/rename.ts";
import { EXISTENTIAL_DEPOSIT_RAO } from "../orders.ts";
import { ISSUANCE, walletOf } from "../tao-ledger.ts";
import { payTransactionFee } from "../transaction-fee.ts";
import type { BurnedRegister, CollateralAction, RegisterLimit, ServeAxon } from "./actions.ts";
import type { NeuronLog } from "./neuron-log.ts";
import type { NeuronPlace } from "./place.ts";

/** Blocks between two serve_axon of a neuron. */
const SERVING_RATE_LIMIT_BLOCKS = 50;

/** Collateral is bought at most this much over the spot price. */
const COLLATERAL_LIMIT = 1.05;

/** A registration that has taken place: a row of the records. */
export interface Registration {
  readonly netuid: number;
  readonly uid: number;
  readonly hotkey: string;
  readonly coldkey: string;
  readonly role: string;
  readonly costRao: bigint;
  /** Alpha that the cost bought and that left the issuance; 0 where the TAO itself did. */
  readonly recycledAlphaRao: bigint;
  /** Alpha that the cost bought and that is locked with the miner. */
  readonly collateralRao: bigint;
  /** Who gave way, what it had earned at the last epoch, and since when it was registered. */
  readonly replaced: {
    readonly hotkey: string;
    readonly role: string;
    readonly emissionRao: bigint;
    readonly registeredAtBlock: number;
  } | null;
}

type Paid = {
  readonly ok: true;
  readonly paidRao: bigint;
  readonly recycledRao: bigint;
  readonly collateralRao: bigint;
  readonly feeRao: bigint;
};
type NotPaid = { readonly ok: false; readonly reason: string };

const refused = (reason: string): Outcome => ({ applied: false, reason });

export class RegistrationDesk {
  /** Block of the last serve_axon, by netuid and hotkey. */
  private readonly servedAt = new Map<string, number>();

  constructor(
    private readonly place: NeuronPlace,
    private readonly log: NeuronLog,
  ) {}

  /** What a registration costs now, TAO rao; null where no neurons are simulated. */
  priceRao(netuid: number): bigint | null {
    const { detailed, block, parameters } = this.place;
    return detailed.get(netuid)?.registration.rollTo(block, parameters.registrationPrice) ?? null;
  }

  /** `role` is that of the agent who will run the neuron. */
  register(coldkey: string, role: string, action: BurnedRegister | RegisterLimit): Outcome {
    const { netuid, hotkey } = action;
    const { detailed, registry, block, parameters } = this.place;
    const priceRao = this.priceRao(netuid) ?? 0n;
    const subnet = detailed.get(netuid);
    const charge = this.chargeOf(subnet, hotkey, priceRao);
    const fault = this.fault(coldkey, action, priceRao, charge.burnedRao + charge.topUpRao);
    // An aggregate has no uids to give: `fault` has said so.
    if (fault || !subnet) return refused(fault ?? "SubNetRegistrationDisabled");
    const paid = this.pay(coldkey, netuid, charge);
    if (!paid.ok) return refused(paid.reason);
    const { collateralRao, feeRao } = paid;
    this.place.book.deposit(hotkey, coldkey, netuid, collateralRao);
    subnet.collateral.register(hotkey, coldkey, collateralRao);
    payTransactionFee(this.place.ledger, coldkey, parameters);
    const uid = this.nextUid(subnet) as number;
    const before = subnet.neurons[uid];
    const replaced = before ? { ...before, emissionRao: subnet.emissionRao(uid) } : null;
    if (before) this.servedAt.delete(`${netuid}/${before.hotkey}`);
    if (!registry.hasHotkey(hotkey)) registry.setHotkey({ hotkey, coldkey });
    subnet.register({ hotkey, coldkey, role, registeredAtBlock: block }, uid);
    subnet.registration.registered(parameters.registrationPrice);
    this.log.registration({
      netuid,
      uid,
      hotkey,
      coldkey,
      role,
      costRao: paid.paidRao,
      recycledAlphaRao: paid.recycledRao,
      collateralRao,
      replaced,
    });
    if (collateralRao === 0n) return { applied: true, feeRao };
    return { applied: true, receivedRao: collateralRao, feeRao };
  }

  serveAxon(coldkey: string, { netuid, hotkey }: ServeAxon): Outcome {
    const { detailed, registry, block } = this.place;
    if (registry.coldkeyOf(hotkey) !== coldkey) return refused("NonAssociatedColdKey");
    if (!detailed.get(netuid)?.uidOf.has(hotkey)) return refused("HotKeyNotRegisteredInNetwork");
    const last = this.servedBlock(netuid, hotkey);
    if (last !== null && block - last < SERVING_RATE_LIMIT_BLOCKS) {
      return refused("ServingRateLimitExceeded");
    }
    this.servedAt.set(`${netuid}/${hotkey}`, block);
    return { applied: true, feeRao: 0n };
  }

  changeCollateral(coldkey: string, action: CollateralAction): Outcome {
    const { netuid, hotkey, amountRao, kind } = action;
    const { detailed, registry, book, parameters } = this.place;
    const subnet = detailed.get(netuid);
    if (!parameters.minerCollateral) return refused("CallDisabled");
    if (!subnet) return refused("SubnetNotExists");
    if (registry.coldkeyOf(hotkey) !== coldkey) return refused("NonAssociatedColdKey");
    const { collateral } = subnet;
    if (kind === "set_min_collateral") {
      collateral.setMinimum(hotkey, coldkey, amountRao);
      return { applied: true, feeRao: 0n };
    }
    const freeRao = book.stakeRao(hotkey, coldkey, netuid) - collateral.lockedRao(hotkey);
    if (amountRao <= 0n || amountRao > freeRao) return refused("NotEnoughStakeToWithdraw");
    collateral.add(hotkey, coldkey, amountRao);
    return { applied: true, feeRao: 0n };
  }

  /** Where a neuron can be reached goes along with its uid. */
  swapHotkey(netuid: number, from: string, to: string): void {
    rename(this.servedAt, `${netuid}/${from}`, `${netuid}/${to}`);
  }

  /** Block in which a neuron last said where it can be reached; null: never. */
  servedBlock(netuid: number, hotkey: string): number | null {
    return this.servedAt.get(`${netuid}/${hotkey}`) ?? null;
  }

  private fault(
    coldkey: string,
    action: BurnedRegister | RegisterLimit,
    priceRao: bigint,
    chargeRao: bigint,
  ): ChainError | null {
    const { netuid, hotkey } = action;
    const { state, detailed, registry, ledger, parameters } = this.place;
    const subnet = detailed.get(netuid);
    const flags = Number(state.subnet.flags[netuid] ?? 0n);
    const owner = registry.coldkeyOf(hotkey);
    const keptRao = parameters.transactionFeeRao + EXISTENTIAL_DEPOSIT_RAO;
    const balanceRao = ledger.balanceRao(coldkey);
    const refusal = checkRegister({
      netuid,
      subnetExists: registry.subnet(netuid) !== undefined,
      registrationAllowed: subnet !== undefined && (flags & layout.FLAG_REGISTRATION_ALLOWED) !== 0,
      alreadyRegistered: subnet?.uidOf.has(hotkey) ?? false,
      ownsHotkey: owner === undefined || owner === coldkey,
      priceRao,
      chargeRao,
      spendableRao: balanceRao > keptRao ? balanceRao - keptRao : 0n,
      limitRao: action.kind === "register_limit" ? action.limitPriceRao : null,
      hasPlace: subnet !== undefined && this.nextUid(subnet) !== null,
    });
    return refusal ?? subnet?.registration.refusal(parameters.registrationPrice) ?? null;
  }

  /** The next free uid, or that of the neuron that gives way; null where none may be replaced. */
  private nextUid(subnet: DetailedSubnet): number | null {
    const { neurons, maxAllowedUids, netuid, terms } = subnet;
    if (neurons.length < maxAllowedUids) return neurons.length;
    const owner = this.place.registry.ownerOf(netuid);
    const standings = neurons.map(
      ({ hotkey, coldkey, registeredAtBlock }, uid): NeuronStanding => ({
        uid,
        emissionRao: subnet.emissionRao(uid),
        registeredBlock: registeredAtBlock,
        ofOwner: coldkey === owner?.coldkey,
        isOwnerHotkey: hotkey === owner?.hotkey,
      }),
    );
    return uidToReplace(standings, this.place.block, terms.replacement);
  }

  /** What a registration comes to: burned, and locked where the subnet wants collateral. */
  private chargeOf(
    subnet: DetailedSubnet | undefined,
    hotkey: string,
    priceRao: bigint,
  ): RegistrationCharge {
    const { parameters, state } = this.place;
    if (!subnet || !parameters.minerCollateral) return { burnedRao: priceRao, topUpRao: 0n };
    const { collateral, netuid } = subnet;
    const movingPriceBits = state.subnet.movingPriceI96F32[netuid] << 32n;
    const lockedRao = collateral.lockedRao(hotkey);
    return registrationCharge(priceRao, collateral.terms.lockShareU16, lockedRao, movingPriceBits);
  }

  /** Since dTAO the price buys alpha that is recycled; before, the TAO itself left the issuance. */
  private pay(coldkey: string, netuid: number, charge: RegistrationCharge): Paid | NotPaid {
    const { ledger, pools, parameters, epochs } = this.place;
    const { burnedRao, topUpRao } = charge;
    if (parameters.registrationPays === "burned TAO") {
      ledger.move(walletOf(coldkey), ISSUANCE, burnedRao, "registration");
      return { ok: true, paidRao: burnedRao, recycledRao: 0n, collateralRao: 0n, feeRao: 0n };
    }
    // With collateral the purchase stops at 5 % over spot, and what is left of the TAO stays.
    const limitPriceRao = BigInt(Math.round(pools.spotPrice(netuid) * COLLATERAL_LIMIT * 1e9));
    const limit = topUpRao > 0n ? { limitPriceRao, allowPartial: true } : {};
    const terms = { reason: "registration", ...limit } as const;
    const bought = pools.buy(netuid, coldkey, burnedRao + topUpRao, terms);
    if (!bought.ok) return bought;
    const collateralRao = collateralBoughtRao(bought.receivedRao, charge);
    const recycledRao = bought.receivedRao - collateralRao;
    epochs.recycle(netuid, recycledRao);
    const { paidRao, feeRao } = bought;
    return { ok: true, paidRao, recycledRao, collateralRao, feeRao };
  }
}
