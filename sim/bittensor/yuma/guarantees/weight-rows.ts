/**
 * The weights that the two teams set. A validator's row depends on its own team's choice only, so
 * over a grid of 51 x 51 choices each row is made 51 times and then copied.
 * Source: spec/yuma-epoch.md sections 4.2 and 11.2-4.
 */
import { maxUpscaleRow } from "../../weights/max-upscale.ts";
import { SERVERS, type TwoTeams, VALIDATORS } from "./two-teams.ts";

/** Steps of the grid: a team gives itself k / GRID_STEPS of its weight. */
export const GRID_STEPS = 50;

const ONE = 2 ** 32;

/** The stored u16 rows of all validators where every one gives its team step / GRID_STEPS. */
export function weightRows(
  { majorValidators, majorServers, factorBits }: TwoTeams,
  step: number,
): Uint16Array {
  const self = Math.floor((step * ONE) / GRID_STEPS);
  const rows = new Uint16Array(VALIDATORS * SERVERS);
  for (let validator = 0; validator < VALIDATORS; validator++) {
    const isMajor = validator < majorValidators;
    const toMajor = isMajor ? self : ONE - self;
    const from = validator * SERVERS;
    const row = rows.subarray(from, from + SERVERS);
    for (let server = 0; server < SERVERS; server++) {
      const toTeam = server < majorServers ? toMajor : ONE - toMajor;
      row[server] = u16Of(scaled(factorBits[from + server], toTeam));
    }
    maxUpscaleRow(row);
  }
  return rows;
}

/** floor(a * b / 2^32) for a, b up to 2^32: in halves, so that every product is exact in a double. */
function scaled(a: number, b: number): number {
  const high = Math.floor(b / 65_536);
  const low = b - high * 65_536;
  return Math.floor((a * high + Math.floor((a * low) / 65_536)) / 65_536);
}

const u16Of = (bits: number): number => Math.floor((bits * 65_535) / ONE);
