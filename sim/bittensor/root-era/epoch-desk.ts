/**
 * A subnet's epoch: the owner's cut, then half of the rest to miners and half to validators, by the
 * Yuma kernel or as agreed. Hotkeys' earnings are credited at once, or gathered until their turn.
 * TotalIssuance rises by what is credited; what floors leave over is never issued.
 * Source: spec/token-economics.md section 2.4, spec/yuma-epoch.md section 5.11.
 */
import { RewardTally } from "../chain/rewards.ts";
import type { EpochOutput } from "../yuma/types.ts";
import type { RootEraParameters } from "./parameters.ts";
import type { AgreedNeurons, RootEraSubnet, SubnetStart, YumaNeurons } from "./subnet.ts";
import type { EraLedger } from "./tao-ledger.ts";
import { type HotkeyId, type TaoStakes, u16Part } from "./tao-stakes.ts";

export interface EpochPlace {
  readonly stakes: TaoStakes;
  readonly ledger: EraLedger;
  /** Validators of every subnet; none until root has members. */
  readonly everywhere: readonly HotkeyId[];
  readonly parameters: RootEraParameters;
}

/** What an epoch's hotkeys were given, whole rao. */
interface Paid {
  readonly incentiveRao: number;
  readonly dividendRao: number;
  /** Of the dividends, what validators keep. */
  readonly takeRao: number;
}

export interface EpochResult {
  readonly subnet: RootEraSubnet;
  readonly output: EpochOutput | null;
}

export class EpochDesk {
  readonly rewards = new RewardTally();
  /** Drained from subnets since the start, and what of it was paid nobody. */
  drainedRao = 0n;
  dustRao = 0n;
  /** By hotkey: earned at epochs, not credited yet. */
  private readonly waitingIncentive: number[] = [];
  private readonly waitingDividend: number[] = [];
  waitingRao = 0n;
  /** By hotkey: dividends earned since the start, takes included. */
  readonly dividendsRao: number[] = [];

  constructor(private readonly place: EpochPlace) {}

  run(subnet: RootEraSubnet, block: number): EpochResult {
    const { ledger, parameters } = this.place;
    const drainedRao = subnet.pendingRao;
    subnet.pendingRao = 0;
    this.drainedRao += BigInt(drainedRao);
    const owner = subnet.start.ownerColdkey;
    const cutRao = owner === null ? 0 : u16Part(drainedRao, parameters.ownerCutU16);
    if (owner !== null && cutRao > 0) {
      ledger.mintTo(owner, BigInt(cutRao), "owner_cut");
      this.rewards.add(subnet.netuid, "owner", BigInt(cutRao));
    }
    const { start } = subnet;
    const restRao = drainedRao - cutRao;
    let output: EpochOutput | null = null;
    let paid: Paid;
    if (start.neurons.kind === "yuma") {
      const result = this.payYuma(start.neurons, start.tempoBlocks, block, restRao);
      output = result.output;
      paid = result;
    } else paid = this.payAgreed(start, start.neurons, restRao);
    this.dustRao += BigInt(restRao - this.book(start.netuid, paid));
    return { subnet, output };
  }

  /** Credits hotkeys whose turn this block is, where earnings are gathered. */
  creditGathered(block: number): void {
    const { hotkeyCreditBlocks: every } = this.place.parameters;
    const { length } = this.waitingIncentive;
    if (every === 0) {
      if (this.waitingRao > 0n) this.creditAll();
      return;
    }
    for (let hotkey = (every - (block % every)) % every; hotkey < length; hotkey += every) {
      this.release(hotkey);
    }
  }

  /** Credits every hotkey what it has earned. */
  creditAll(): void {
    for (let hotkey = 0; hotkey < this.waitingIncentive.length; hotkey++) this.release(hotkey);
  }

  private release(hotkey: HotkeyId): void {
    const incentiveRao = this.waitingIncentive[hotkey] ?? 0;
    const dividendRao = this.waitingDividend[hotkey] ?? 0;
    if (incentiveRao === 0 && dividendRao === 0) return;
    this.waitingIncentive[hotkey] = 0;
    this.waitingDividend[hotkey] = 0;
    this.place.stakes.earn(hotkey, incentiveRao, dividendRao);
    const rao = BigInt(incentiveRao + dividendRao);
    this.waitingRao -= rao;
    this.issue(rao);
  }

  private issue(rao: bigint): void {
    this.place.stakes.stakedRao += rao;
    this.place.ledger.mintStake(rao);
  }

  /** Miners' part of an agreed subnet; returns what was paid. */
  private payMiners({ miners, incentive }: AgreedNeurons, minersRao: number): number {
    let leftRao = minersRao;
    for (let i = 0; i < miners.length; i++) {
      const incentiveRao = Math.min(leftRao, Math.floor(minersRao * incentive[i]));
      leftRao -= incentiveRao;
      this.credit(miners[i], incentiveRao, 0);
    }
    return minersRao - leftRao;
  }

  /** Adds to a hotkey's earnings, now or at its turn; returns the take. */
  private credit(hotkey: HotkeyId, incentiveRao: number, dividendRao: number): number {
    const { stakes, parameters } = this.place;
    if (dividendRao > 0) {
      this.dividendsRao[hotkey] = (this.dividendsRao[hotkey] ?? 0) + dividendRao;
    }
    if (parameters.hotkeyCreditBlocks === 0) return stakes.earn(hotkey, incentiveRao, dividendRao);
    this.waitingIncentive[hotkey] = (this.waitingIncentive[hotkey] ?? 0) + incentiveRao;
    this.waitingDividend[hotkey] = (this.waitingDividend[hotkey] ?? 0) + dividendRao;
    return u16Part(dividendRao, stakes.takes[hotkey]);
  }

  /** Books what miners and validators have been credited; returns the sum. */
  private book(netuid: number, paid: Paid): number {
    this.rewards.add(netuid, "miner", BigInt(paid.incentiveRao));
    this.rewards.add(netuid, "validator", BigInt(paid.takeRao));
    this.rewards.add(netuid, "delegator", BigInt(paid.dividendRao - paid.takeRao));
    const sum = BigInt(paid.incentiveRao + paid.dividendRao);
    if (this.place.parameters.hotkeyCreditBlocks > 0) this.waitingRao += sum;
    else this.issue(sum);
    return Number(sum);
  }

  private payAgreed(start: SubnetStart, neurons: AgreedNeurons, totalRao: number): Paid {
    const { totals } = this.place.stakes;
    const validators = permitted(
      this.validatorsOf(neurons.validators),
      totals,
      start.maxValidators,
    );
    let stakeRao = 0;
    for (const hotkey of validators) stakeRao += totals[hotkey];
    // Without miners validators get all, and the other way round (spec/yuma-epoch.md section 5.11).
    const hasMiners = neurons.miners.length > 0;
    const half = Math.floor(totalRao / 2);
    const validatorsRao = stakeRao === 0 ? 0 : hasMiners ? half : totalRao;
    const minersRao = !hasMiners ? 0 : stakeRao === 0 ? totalRao : half;
    let [leftRao, takeRao] = [validatorsRao, 0];
    // All parts first: what is credited at once would count in the next part's stake.
    const parts = validators.map((hotkey) =>
      Math.floor(validatorsRao * (totals[hotkey] / stakeRao)),
    );
    for (let i = 0; i < parts.length; i++) {
      const dividendRao = Math.min(leftRao, parts[i]);
      if (dividendRao === 0) continue;
      leftRao -= dividendRao;
      takeRao += this.credit(validators[i], 0, dividendRao);
    }
    const incentiveRao = this.payMiners(neurons, minersRao);
    return { incentiveRao, dividendRao: validatorsRao - leftRao, takeRao };
  }

  private validatorsOf(validators: readonly HotkeyId[] | "root"): readonly HotkeyId[] {
    const { everywhere } = this.place;
    return validators === "root" || everywhere.length > 0 ? everywhere : validators;
  }

  private payYuma(
    { subnet, hotkeys }: YumaNeurons,
    tempoBlocks: number,
    block: number,
    totalRao: number,
  ): Paid & { readonly output: EpochOutput } {
    const { stakes } = this.place;
    const { alphaStakeRao, rootStakeRao } = subnet.shared.kernel.memory;
    for (const [uid, hotkey] of hotkeys.entries()) alphaStakeRao[uid] = stakes.totalRao(hotkey);
    rootStakeRao.fill(0n);
    subnet.step({ block, tempoBlocks, emissionRao: BigInt(totalRao), taoWeightBits: 0n });
    const output = subnet.last as EpochOutput;
    let [incentiveSum, dividendSum, takeSum] = [0, 0, 0];
    for (const [uid, hotkey] of hotkeys.entries()) {
      const incentiveRao = Number(output.serverEmissionRao[uid]);
      const dividendRao = Number(output.validatorEmissionRao[uid]);
      if (incentiveRao + dividendRao === 0) continue;
      incentiveSum += incentiveRao;
      dividendSum += dividendRao;
      takeSum += this.credit(hotkey, incentiveRao, dividendRao);
    }
    return { incentiveRao: incentiveSum, dividendRao: dividendSum, takeRao: takeSum, output };
  }
}

/** Those with the most stake, at most `count`, in their own order. */
function permitted(
  validators: readonly HotkeyId[],
  stakes: readonly number[],
  count: number,
): readonly HotkeyId[] {
  const chosen = [...validators];
  // A few too many at most: the least goes, of equals the one with the higher number.
  while (chosen.length > count) {
    let least = 0;
    for (let i = 1; i < chosen.length; i++) {
      const difference = stakes[chosen[i]] - stakes[chosen[least]];
      if (difference < 0 || (difference === 0 && chosen[i] > chosen[least])) least = i;
    }
    chosen.splice(least, 1);
  }
  return chosen;
}
