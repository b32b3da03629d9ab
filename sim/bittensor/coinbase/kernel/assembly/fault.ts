/** A failure stops the run: its reason and subnet are left in the globals. */
import { FAULT_CODE, FAULT_NETUID } from "./layout";
import { global, setGlobal } from "./memory";

export function raiseFault(code: u64, netuid: i32): void {
  if (faulty()) return;
  setGlobal(FAULT_CODE, code);
  setGlobal(FAULT_NETUID, <u64>netuid);
}

export function faulty(): bool {
  return global(FAULT_CODE) !== 0;
}
