/** What the records say of a subnet's mechanisms after an epoch, where it has several. */
import type { Cell } from "../../../records.ts";
import type { DetailedSubnet } from "../detailed-subnet.ts";

/** One row a mechanism and neuron, without block and time; none where there is one mechanism. */
export function* mechanismRows(subnet: DetailedSubnet): Iterable<Cell[]> {
  const { netuid, mechanismCount, neurons, epochCount } = subnet;
  if (mechanismCount === 1) return;
  for (let mechanism = 0; mechanism < mechanismCount; mechanism++) {
    const last = subnet.lastOf(mechanism);
    if (!last) continue;
    for (const [uid, { role }] of neurons.entries()) {
      yield [
        ...[netuid, epochCount - 1, mechanism, uid, role],
        ...[last.consensus[uid], last.incentive[uid]],
        ...[last.dividends[uid], last.validatorTrust[uid]],
        ...[last.serverEmissionRao[uid], last.validatorEmissionRao[uid]],
      ];
    }
  }
}
