/** FLockOff's scoring curve and winner rule against their vectors. */
import {
  eligibleCount,
  lossScore,
  type SlotHolder,
  type Submission,
  selectWinner,
} from "../../sim/flock/sn96.ts";
import type { JsonObject, RecordCheck, VectorGroup } from "../format.ts";
import { listOf } from "./token.ts";
import { differsBeyond, statedTolerance } from "./tolerance.ts";

export function scoreGroups(document: JsonObject): VectorGroup[] {
  const check: RecordCheck = ({ inputs, expected }) => {
    const { loss, bench, lo, hi, p, h } = inputs;
    const score = lossScore(loss, { benchmark: bench, low: lo, high: hi, power: p, height: h });
    return differsBeyond("score", expected, score, statedTolerance(document));
  };
  return [{ name: "cases", records: listOf(document.cases), check }];
}

type Row = readonly [uid: number, loss: number, block: number];

interface WinnerInputs {
  readonly n_hotkeys?: number;
  readonly submissions?: readonly (Row | string)[];
  readonly add?: Row;
  readonly [flag: string]: unknown;
}

/** "uids 10..254 have loss=uid, block=100+uid" */
const SERIES = /^uids (\d+)\.\.(\d+) have loss=uid, block=(\d+)\+uid$/;

function rowsOf(entry: Row | string): Row[] {
  if (typeof entry !== "string") return [entry];
  const match = SERIES.exec(entry);
  if (!match) throw new Error(`cannot read submissions from "${entry}"`);
  const [first, last, base] = match.slice(1).map(Number);
  return Array.from({ length: last - first + 1 }, (_, i) => [
    first + i,
    first + i,
    base + first + i,
  ]);
}

/** The state of the slots at a case: each adds to, or changes, the one before it. */
interface WinnerState {
  readonly submissions: readonly Submission[];
  readonly holders: readonly SlotHolder[];
}

const submissionOf = ([uid, loss, block]: Row): Submission => ({
  uid,
  hotkey: `h${uid}`,
  coldkey: `c${uid}`,
  loss,
  block,
});

function nextState(before: WinnerState, inputs: WinnerInputs): WinnerState {
  const rows = [...(inputs.submissions ?? []).flatMap(rowsOf), ...(inputs.add ? [inputs.add] : [])];
  const added = rows.map(submissionOf);
  const kept = inputs.submissions ? { submissions: [], holders: [] } : before;
  const holders = [
    ...kept.holders,
    ...added.map(({ uid, hotkey, coldkey }) => ({ uid, hotkey, coldkey })),
  ];
  return {
    submissions: [...kept.submissions, ...added],
    holders: holders.map((holder) => changedHolder(holder, inputs)),
  };
}

/** The flags of a case: `uid4_hotkey_changed`, `coldkey_c4_absent`, `uid5_coldkey: "c4"`. */
function changedHolder({ uid, hotkey, coldkey }: SlotHolder, inputs: WinnerInputs): SlotHolder {
  const changed = inputs[`uid${uid}_hotkey_changed`] === true;
  const absent = inputs[`coldkey_${coldkey}_absent`] === true;
  const renamed = inputs[`uid${uid}_coldkey`];
  const kept = absent ? `${coldkey}-gone` : coldkey;
  return {
    uid,
    hotkey: changed ? `${hotkey}-new` : hotkey,
    coldkey: typeof renamed === "string" ? renamed : kept,
  };
}

export function winnerGroups(document: JsonObject): VectorGroup[] {
  let state: WinnerState = { submissions: [], holders: [] };
  const records = listOf(document.cases).map((entry) => {
    const { inputs, expected } = entry as { inputs: WinnerInputs; expected: JsonObject };
    state = nextState(state, inputs);
    return { state, hotkeys: inputs.n_hotkeys ?? state.holders.length, expected };
  });
  return [{ name: "cases", records, check: checkWinner }];
}

const checkWinner: RecordCheck = ({ state, hotkeys, expected }) => {
  const winner = selectWinner(state.submissions, allHolders(state.holders, hotkeys));
  const got = {
    k: eligibleCount(hotkeys),
    winner_uid: winner?.uid ?? null,
    winner_loss: winner?.loss ?? null,
    reported_loss: winner?.loss ?? null,
  };
  return differsBeyond("expected", expected, got, EXACT);
};

/** With those who hold a slot and have submitted nothing. */
function allHolders(holders: readonly SlotHolder[], slots: number): SlotHolder[] {
  const next = holders.reduce((most, { uid }) => Math.max(most, uid), -1) + 1;
  const silent = Array.from({ length: Math.max(0, slots - holders.length) }, (_, i) => {
    const uid = next + i;
    return { uid, hotkey: `h${uid}`, coldkey: `c${uid}` };
  });
  return [...holders, ...silent];
}

const EXACT = { abs: 0, rel: 0 };
