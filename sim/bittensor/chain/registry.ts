/**
 * Who is who on the chain: the coldkey behind every hotkey, and the subnets that exist, each with
 * its owner. One mutable table that registrations, dissolutions, takeovers and key swaps change and
 * that every desk of the chain reads. Source: the maps Owner, SubnetOwner, SubnetOwnerHotkey,
 * NetworksAdded, NetworkRegisteredAt and SubnetLocked (spec/token-economics.md section 6.3).
 */
import type { Actor, AggregateSubnet, ChainSetup } from "./chain.ts";

export interface RegisteredSubnet {
  readonly netuid: number;
  /** Owner coldkey and owner hotkey. */
  owner: Actor;
  readonly registeredAtBlock: number;
  /** What its owner paid for it; 0 where that is not known. */
  readonly lockedRao: bigint;
  /** SubnetEmissionEnabled: root's switch. */
  emissionEnabled: boolean;
  /** The owner forbids transfers of its alpha between coldkeys. */
  transfersForbidden?: boolean;
  /** Null for a subnet that is simulated neuron by neuron. */
  aggregate: AggregateSubnet | null;
}

export class Registry {
  /** Every netuid in use, ascending; root is not among them. The array itself stays the same. */
  readonly netuids: number[] = [];
  /** How often a known hotkey or a subnet has changed hands. */
  changes = 0;
  private readonly coldkeys = new Map<string, string>();
  private readonly subnets = new Map<number, RegisteredSubnet>();
  /** By `netuid/hotkey`, with `*` for all subnets: what a swapped hotkey is called now. */
  private readonly successors = new Map<string, string>();

  /** Who owns a hotkey: paid its incentive and its take. Undefined where there is no such hotkey. */
  coldkeyOf(hotkey: string): string | undefined {
    return this.coldkeys.get(hotkey);
  }

  hasHotkey(hotkey: string): boolean {
    return this.coldkeys.has(hotkey);
  }

  /** Creates a hotkey, or hands it to another coldkey. */
  setHotkey({ hotkey, coldkey }: Actor): void {
    const before = this.coldkeys.get(hotkey);
    if (before !== undefined && before !== coldkey) this.changes++;
    this.coldkeys.set(hotkey, coldkey);
  }

  /**
   * A hotkey gives way to another one of its owner, on one subnet or (null) on all, where it ceases
   * to exist.
   */
  swapHotkey(from: string, to: string, netuid: number | null): void {
    const coldkey = this.coldkeys.get(from);
    if (coldkey === undefined) throw new RangeError(`there is no hotkey ${from}`);
    this.setHotkey({ hotkey: to, coldkey });
    this.successors.set(`${netuid ?? "*"}/${from}`, to);
    if (netuid === null) this.coldkeys.delete(from);
    this.changes++;
    for (const subnet of netuid === null ? this.subnets.values() : [this.subnets.get(netuid)]) {
      if (subnet) renameActors(subnet, from, to);
    }
  }

  /** Whether any hotkey was ever swapped. */
  get hasSwaps(): boolean {
    return this.successors.size > 0;
  }

  /** What a hotkey is called on a subnet after all swaps. */
  presentHotkey(hotkey: string, netuid: number): string {
    if (this.successors.size === 0) return hotkey;
    const seen = new Set([hotkey]);
    let now = hotkey;
    for (;;) {
      const next = this.successors.get(`${netuid}/${now}`) ?? this.successors.get(`*/${now}`);
      if (next === undefined) return now;
      // A name that comes back is the present one.
      if (seen.has(next)) return next;
      seen.add(next);
      now = next;
    }
  }

  /** All hotkeys of a coldkey, in the order of their creation. */
  hotkeysOf(coldkey: string): string[] {
    return [...this.coldkeys].filter(([, owner]) => owner === coldkey).map(([hotkey]) => hotkey);
  }

  subnet(netuid: number): RegisteredSubnet | undefined {
    return this.subnets.get(netuid);
  }

  ownerOf(netuid: number): Actor | undefined {
    return this.subnets.get(netuid)?.owner;
  }

  /** Enters a subnet and the hotkeys of its actors. Throws where the netuid is taken. */
  addSubnet(subnet: RegisteredSubnet): void {
    const { netuid, owner, aggregate } = subnet;
    if (this.subnets.has(netuid)) throw new RangeError(`netuid ${netuid} is taken`);
    this.subnets.set(netuid, subnet);
    this.changes++;
    const before = this.netuids.findIndex((other) => other > netuid);
    this.netuids.splice(before < 0 ? this.netuids.length : before, 0, netuid);
    const actors = aggregate ? [owner, aggregate.miners, aggregate.validators] : [owner];
    for (const actor of actors) this.setHotkey(actor);
  }

  /** Strikes a dissolved subnet; its hotkeys go on existing. */
  removeSubnet(netuid: number): void {
    if (!this.subnets.delete(netuid)) throw new RangeError(`netuid ${netuid} is not in use`);
    this.netuids.splice(this.netuids.indexOf(netuid), 1);
  }

  /** Another coldkey and hotkey own the subnet from now on. */
  setOwner(netuid: number, owner: Actor): void {
    const subnet = this.subnets.get(netuid);
    if (!subnet) throw new RangeError(`netuid ${netuid} is not in use`);
    subnet.owner = owner;
    this.changes++;
    if (subnet.aggregate) subnet.aggregate = { ...subnet.aggregate, owner };
    this.setHotkey(owner);
  }
}

function renameActors(subnet: RegisteredSubnet, from: string, to: string): void {
  const named = (actor: Actor): Actor => (actor.hotkey === from ? { ...actor, hotkey: to } : actor);
  subnet.owner = named(subnet.owner);
  const { aggregate } = subnet;
  if (!aggregate) return;
  subnet.aggregate = {
    ...aggregate,
    owner: named(aggregate.owner),
    miners: named(aggregate.miners),
    validators: named(aggregate.validators),
  };
}

/** The registry at the start of a run. Subnets in neither list get an owner who does nothing. */
export function registryOf({
  genesis,
  aggregates,
  detailed,
  rootValidators,
}: ChainSetup): Registry {
  const registry = new Registry();
  for (const actor of rootValidators) registry.setHotkey(actor);
  const aggregateOf = new Map(aggregates.map((subnet) => [subnet.netuid, subnet]));
  const detailedOwners = new Map(detailed.map(({ subnet, owner }) => [subnet.netuid, owner]));
  for (const { netuid, registeredAtBlock, lockedRao, emissionEnabled } of genesis.subnets) {
    const aggregate = aggregateOf.get(netuid) ?? null;
    const owner = aggregate?.owner ?? detailedOwners.get(netuid);
    if (!owner) throw new RangeError(`subnet ${netuid} has neither neurons nor an aggregate`);
    registry.addSubnet({
      netuid,
      owner,
      registeredAtBlock: registeredAtBlock ?? 0,
      lockedRao: lockedRao ?? 0n,
      emissionEnabled,
      aggregate,
    });
  }
  for (const { subnet } of detailed) {
    for (const neuron of subnet.neurons) registry.setHotkey(neuron);
  }
  return registry;
}
