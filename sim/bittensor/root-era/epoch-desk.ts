/**
 * A subnet's epoch: the owner's cut, then half of the rest to miners and half to validators, by the
 * Yuma kernel or as agreed. Hotkeys' earnings are credited at once, or gathered until their turn.
 * TotalIssuance rises by what is credited; what floors leave over is never issued.
 * Source: spec/token-economics.md section 2.4, spec/yuma-epoch.md section 5.11.
 */
import { RewardTally } from "../chain/rewards.ts";
import type { EpochOutput } from "../yuma/types.ts";
import type { RootEraParameters } from "./parameters.ts";
import type { RootEraSubnet, YumaNeurons } from "./subnet.ts";
import type { EraLedger } from "./tao-ledger.ts";
import { type HotkeyId, type TaoStakes, u16Part } from "./tao-stakes.ts";

export interface EpochPlace {
  readonly stakes: TaoStakes;
  readonly ledger: EraLedger;
  readonly rootSeats: readonly HotkeyId[];
  readonly parameters: RootEraParameters;
}

/** A hotkey's part of an epoch, whole rao. */
interface Part {
  readonly hotkey: HotkeyId;
  readonly incentiveRao: number;
  readonly dividendRao: number;
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
    const { neurons } = subnet.start;
    const { parts, output } =
      neurons.kind === "yuma"
        ? this.yumaParts(neurons, subnet, block, drainedRao - cutRao)
        : { parts: this.agreedParts(subnet, drainedRao - cutRao), output: null };
    const paidRao = this.pay(subnet.netuid, parts);
    this.dustRao += BigInt(drainedRao - cutRao - paidRao);
    return { subnet, output };
  }

  /** Credits hotkeys whose turn this block is, where earnings are gathered. */
  creditGathered(block: number): void {
    const { hotkeyCreditBlocks: every } = this.place.parameters;
    const { length } = this.waitingIncentive;
    if (every === 0) {
      if (this.waitingRao > 0n) for (let h = 0; h < length; h++) this.release(h);
      return;
    }
    for (let hotkey = (every - (block % every)) % every; hotkey < length; hotkey += every) {
      this.release(hotkey);
    }
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

  /** Pays an epoch's parts; returns their sum. */
  private pay(netuid: number, parts: readonly Part[]): number {
    const gathered = this.place.parameters.hotkeyCreditBlocks > 0;
    const paid = { miner: 0, validator: 0, delegator: 0 };
    const { stakes } = this.place;
    for (const { hotkey, incentiveRao, dividendRao } of parts) {
      paid.miner += incentiveRao;
      this.dividendsRao[hotkey] = (this.dividendsRao[hotkey] ?? 0) + dividendRao;
      let takeRao: number;
      if (gathered) {
        takeRao = u16Part(dividendRao, stakes.hotkeys[hotkey].takeU16);
        this.waitingIncentive[hotkey] = (this.waitingIncentive[hotkey] ?? 0) + incentiveRao;
        this.waitingDividend[hotkey] = (this.waitingDividend[hotkey] ?? 0) + dividendRao;
      } else {
        takeRao = stakes.earn(hotkey, incentiveRao, dividendRao);
      }
      paid.validator += takeRao;
      paid.delegator += dividendRao - takeRao;
    }
    for (const role of ["miner", "validator", "delegator"] as const) {
      this.rewards.add(netuid, role, BigInt(paid[role]));
    }
    const sum = paid.miner + paid.validator + paid.delegator;
    if (gathered) this.waitingRao += BigInt(sum);
    else this.issue(BigInt(sum));
    return sum;
  }

  private agreedParts({ start }: RootEraSubnet, totalRao: number): Part[] {
    if (start.neurons.kind !== "agreed") return [];
    const { hotkeys } = this.place.stakes;
    const { miners, incentive } = start.neurons;
    const validators = permitted(this.validatorsOf(start.neurons.validators), {
      stakeOf: (hotkey) => hotkeys[hotkey].totalRao,
      count: start.maxValidators,
    });
    let stakeRao = 0;
    for (const hotkey of validators) stakeRao += hotkeys[hotkey].totalRao;
    // Without miners validators get all, and the other way round (spec/yuma-epoch.md section 5.11).
    const half = Math.floor(totalRao / 2);
    const minersRao = miners.length === 0 ? 0 : stakeRao === 0 ? totalRao : half;
    const validatorsRao = stakeRao === 0 ? 0 : miners.length === 0 ? totalRao : half;
    const parts: Part[] = [];
    let leftRao = minersRao;
    for (let i = 0; i < miners.length; i++) {
      const incentiveRao = Math.min(leftRao, Math.floor(minersRao * incentive[i]));
      leftRao -= incentiveRao;
      parts.push({ hotkey: miners[i], incentiveRao, dividendRao: 0 });
    }
    leftRao = validatorsRao;
    for (const hotkey of validators) {
      const share = hotkeys[hotkey].totalRao / stakeRao;
      const dividendRao = Math.min(leftRao, Math.floor(validatorsRao * share));
      leftRao -= dividendRao;
      parts.push({ hotkey, incentiveRao: 0, dividendRao });
    }
    return parts;
  }

  private validatorsOf(validators: readonly HotkeyId[] | "root"): readonly HotkeyId[] {
    return validators === "root" ? this.place.rootSeats : validators;
  }

  private yumaParts(
    { subnet, hotkeys }: YumaNeurons,
    { start }: RootEraSubnet,
    block: number,
    totalRao: number,
  ): { parts: Part[]; output: EpochOutput } {
    const { stakes } = this.place;
    const { alphaStakeRao, rootStakeRao } = subnet.shared.kernel.memory;
    for (const [uid, hotkey] of hotkeys.entries()) alphaStakeRao[uid] = stakes.totalRao(hotkey);
    rootStakeRao.fill(0n);
    const { tempoBlocks } = start;
    subnet.step({ block, tempoBlocks, emissionRao: BigInt(totalRao), taoWeightBits: 0n });
    const output = subnet.last as EpochOutput;
    const parts = hotkeys.map((hotkey, uid) => ({
      hotkey,
      incentiveRao: Number(output.serverEmissionRao[uid]),
      dividendRao: Number(output.validatorEmissionRao[uid]),
    }));
    return { parts, output };
  }
}

/** Those with the most stake, at most `count`, in their own order. */
function permitted(
  validators: readonly HotkeyId[],
  { stakeOf, count }: { stakeOf: (hotkey: HotkeyId) => number; count: number },
): readonly HotkeyId[] {
  if (validators.length <= count) return validators;
  const ranked = [...validators].sort((a, b) => stakeOf(b) - stakeOf(a) || a - b).slice(0, count);
  const chosen = new Set(ranked);
  return validators.filter((hotkey) => chosen.has(hotkey));
}
