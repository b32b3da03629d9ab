/** How participants of an FL Alliance task behave: honest, poisoning, colluding. */
import { localUpdate } from "./learning.ts";
import { type Attack, poisonedUpdate } from "./poison.ts";
import { honestScore, type Strategy } from "./task.ts";

/** Part of its old loss that a model may lose on a voter's few samples and still be accepted. */
export const DEFAULT_PATIENCE = 0.05;

export const honest = (patience = DEFAULT_PATIENCE): Strategy => ({
  propose: (client, global, data) => localUpdate(data.task, global, data.clients[client].train),
  vote: (ballot) => honestScore(ballot, patience),
});

/** Submits a poisoned update; as a voter says the opposite of what it measures. */
export const malicious = (
  attack: Attack,
  strength: number,
  patience = DEFAULT_PATIENCE,
): Strategy => ({
  propose: (client, global, data, random) =>
    poisonedUpdate(attack, strength, data.task, global, data.clients[client].train, random),
  // Not the bare negative: a measured 0 must turn against as well.
  vote: (ballot) => (honestScore(ballot, patience) >= 0 ? -1 : 1),
});

/**
 * A ring that trains honestly and votes by who proposes: for its own people's rounds, against all
 * others, so that outsiders are slashed and the ring shares the pool. It captures the task where
 * it holds most of the voting stake.
 */
export const colluder = (ring: ReadonlySet<string>): Strategy => ({
  propose: (client, global, data) => localUpdate(data.task, global, data.clients[client].train),
  vote: ({ proposers, accounts }) =>
    2 * proposers.filter((client) => ring.has(accounts[client])).length >= proposers.length
      ? 1
      : -1,
});
