/** What a world before dTAO is made from, and how a newly registered subnet begins. */
import { type RootEraOverrides, type RootEraParameters, usualRegistration } from "./parameters.ts";
import type { RootRow } from "./root-network.ts";
import type { SubnetStart } from "./subnet.ts";
import type { HotkeyId, TaoStakes } from "./tao-stakes.ts";

export interface RootEraSetup {
  /** The last block that is completed when the run begins. */
  readonly block: number;
  /** The last block of the run before pools; left out: the chain's own. */
  readonly lastBlock?: number;
  /** The first block in which root weights divide the emission; null for never. */
  readonly rootFromBlock: number | null;
  readonly overrides: RootEraOverrides;
  /** Every hotkey of the start, opened, nothing staked yet. */
  readonly stakes: TaoStakes;
  readonly grants: readonly {
    readonly hotkey: HotkeyId;
    readonly coldkey: string;
    readonly stakeRao: bigint;
  }[];
  readonly wallets: readonly { readonly coldkey: string; readonly balanceRao: bigint }[];
  /** Hotkeys that others may stake with. */
  readonly validators: readonly HotkeyId[];
  /** Hotkeys that validate in every subnet without a seat on root. */
  readonly unseated: readonly HotkeyId[];
  /** How each weighs subnets, by hotkey name: for the records. */
  readonly strategyOf: ReadonlyMap<string, string>;
  readonly subnets: readonly SubnetStart[];
  /** Subnets that the chain's operators add later, by block. */
  readonly scheduled: readonly SubnetStart[];
  readonly seats: readonly { readonly hotkey: HotkeyId; readonly row: RootRow | null }[];
  readonly lock: { readonly lastLockRao: bigint; readonly lastLockBlock: number };
  /** Coldkey of all who mine in subnets that are registered in the run. */
  readonly minersColdkey: string;
  /** By the coldkey of an owner: the hotkey with which it mines in its own subnet, and its part. */
  readonly selfMining: ReadonlyMap<string, { readonly hotkey: HotkeyId; readonly part: number }>;
  /** The role of each coldkey whose wealth is recorded, in the order of the records. */
  readonly roleOf: ReadonlyMap<string, string>;
}

interface NewSubnet {
  readonly netuid: number;
  readonly owner: string;
  readonly name: string;
  readonly block: number;
}

/** Price of a place in a subnet that has just been registered: 1 TAO. */
const FIRST_BURN_RAO = 1_000_000_000n;

/** All root validators validate in a new subnet; its miners are one hotkey, or two. */
export function newSubnetStart(
  { netuid, owner, name, block }: NewSubnet,
  { stakes, minersColdkey, selfMining }: RootEraSetup,
  { tempoBlocks, maxUids, maxValidators }: RootEraParameters,
): SubnetStart {
  const others = stakes.open(minersOf(netuid), minersColdkey);
  const own = selfMining.get(owner);
  return {
    netuid,
    name,
    ownerColdkey: owner,
    registeredBlock: block,
    tempoBlocks,
    maxUids,
    maxValidators,
    lockedRao: 0n,
    burnRao: FIRST_BURN_RAO,
    registration: usualRegistration,
    neurons: {
      kind: "agreed",
      validators: "root",
      miners: own ? [others, own.hotkey] : [others],
      incentive: own ? [1 - own.part, own.part] : [1],
    },
  };
}

/** The hotkey of a subnet's miners, where they are one. */
export const minersOf = (netuid: number): string => `miners/${netuid}`;
