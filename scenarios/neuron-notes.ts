/** What a report must say about the people of subnets that are simulated neuron by neuron. */
import type { LoadedScenario } from "./load.ts";
import { mostMechanisms } from "./mechanisms.ts";

export function neuronNotes({ scenario, metagraphs }: LoadedScenario): string[] {
  const { entrants, spammers, copiers, undercutters, delegators } = scenario.agents;
  const notes = scenario.chain.detailed_subnets.map(
    ({ netuid, commit_reveal: hidden, reveal_period_epochs: epochs, consensus }) =>
      `Subnet ${netuid}'s neurons have the stake proportions and first weights of a metagraph ` +
      `captured at block ${metagraphs.get(netuid)?.block}; root stake is divided over its ` +
      "validators in the same proportions. The slot has had another subnet since. Miners' skills " +
      "start from those weights; weights are " +
      (hidden
        ? `committed and opened ${epochs} ${epochs === 1 ? "epoch" : "epochs"} later`
        : "set in the open (no commit-reveal)") +
      (consensus === "null" ? ", and one validator decides." : ", consensus is Yuma 3."),
  );
  if (entrants.count > 0) {
    notes.push(
      `${entrants.count} miners wait outside a subnet and know how good their work is against that ` +
        "of everybody inside; they expect that part of the miners' pay. A registration that is " +
        "replaced or given up is sold at once.",
    );
  } else if (spammers.count === 0) {
    notes.push("No neuron registers: nobody waits outside.");
  }
  if (spammers.count > 0) {
    notes.push("An attacker's neurons do no work, and validators see that at the first look.");
  }
  if (copiers.count > 0) {
    notes.push(
      `${copiers.count} validators with at least 1,000 TAO of stake copy, drawn by the seed; those ` +
        "who score miners pay nothing for it, so that dividends alone are compared.",
    );
  }
  const several = [...mostMechanisms(scenario.chain)].filter(([, count]) => count > 1);
  for (const [netuid] of several) {
    notes.push(
      `In subnet ${netuid}'s further mechanisms every miner has a skill of its own, drawn at the start ` +
        `(correlation with the first: ${scenario.agents.miners.mechanism_correlation}); only the ` +
        "first drifts. Miners work for all of them with one effort, and validators judge in all.",
    );
  }
  const nulls = scenario.chain.detailed_subnets.filter(({ consensus }) => consensus === "null");
  const called = scenario.chain.calls.filter(({ call }) => call === "sudo_set_epoch_consensus");
  if (nulls.length + called.length > 0) {
    notes.push(
      "Null consensus: which shares get the units that rounding leaves (the first by uid) and what " +
        "makes a row stale (all its entries are dropped) are not established, and are ours; root's " +
        "and alpha's part of the dividends are divided as under Yuma, and a block may run two epochs.",
    );
  }
  if (undercutters.count > 0) {
    notes.push(
      `${undercutters.count} validators with at least 1,000 TAO of stake, drawn by the seed, want ` +
        "their take below that of their cheapest rival; what validating costs them is not counted.",
    );
  }
  if (delegators.compare_validators) {
    notes.push(
      "Delegators who act know the dividends and takes of every validator; the alpha of those who " +
        "do not act stays where it is.",
    );
  }
  if (scenario.chain.calls.length > 0) {
    notes.push(
      `${scenario.chain.calls.length} calls are made at times that the scenario sets, in the names of ` +
        "people who otherwise act as before; the chain may refuse them.",
    );
  }
  return notes;
}
