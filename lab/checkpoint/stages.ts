/**
 * Snapshots of a simulation that may come to a new stage, in which it is built anew from what the
 * stage before has left. The end of each stage before is kept beside the present state: going on
 * means to come to that end and to step from there.
 */
import { deserialize, serialize } from "node:v8";
import type { Simulation } from "../simulation.ts";
import { Snapshots } from "./snapshot.ts";

export class StagedSnapshots {
  private snapshots: Snapshots;
  private stage: number;
  /** The state at the end of each stage that has been. */
  private readonly ends: Uint8Array[] = [];

  /** Call when the simulation is built and has not moved. */
  constructor(private readonly simulation: Simulation) {
    this.snapshots = this.anchored();
    this.stage = simulation.stage ?? 0;
  }

  /** Call after every step. */
  follow(): void {
    const { simulation } = this;
    const stage = simulation.stage ?? 0;
    if (stage !== this.stage) {
      this.stage = stage;
      this.snapshots = this.anchored();
    }
    if (simulation.endsStage) this.ends.push(this.snapshots.save());
  }

  /** The state as it is now. Throws SnapshotError where it cannot be saved. */
  save(): Uint8Array {
    const now = this.simulation.endsStage ? null : this.snapshots.save();
    return serialize([...this.ends, now]);
  }

  /** Puts a state back that `save` gave for a simulation built alike. Throws SnapshotError. */
  restore(bytes: Uint8Array): void {
    const ends = deserialize(bytes) as (Uint8Array | null)[];
    const now = ends.pop() ?? null;
    for (const [index, end] of ends.entries()) {
      this.snapshots.restore(end!);
      this.ends.push(end!);
      if (now === null && index === ends.length - 1) return;
      this.simulation.step();
      this.follow();
    }
    if (now) this.snapshots.restore(now);
  }

  private anchored(): Snapshots {
    return new Snapshots(this.simulation.state ?? this.simulation);
  }
}
