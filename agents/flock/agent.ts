/** What all people of a FLock world are made of. What they remember stands in their data members. */
import type { FlockAction, FlockAgent, FlockView } from "../../sim/flock/world/world.ts";
import type { Stream } from "../../sim/random.ts";

export interface AgentSetting {
  readonly id: string;
  readonly initialFlock: number;
  readonly firstDay: number;
  readonly everyDays: number;
}

export abstract class Person implements FlockAgent {
  readonly id: string;
  readonly initialFlock: number;
  readonly wake: FlockAgent["wake"];

  constructor(
    readonly role: FlockAgent["role"],
    { id, initialFlock, firstDay, everyDays }: AgentSetting,
  ) {
    this.id = id;
    this.initialFlock = initialFlock;
    this.wake = { firstDay, everyDays };
  }

  abstract act(view: FlockView, random: Stream): Iterable<FlockAction>;
}
