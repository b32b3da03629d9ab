/** `hivelab flock FOLDER`: locks and yields of a run beside what is reported, and what moves them. */
import { type Manifest, readManifest } from "../lab/manifest.ts";
import {
  comparedWindow,
  displayedApy,
  type YieldSteps,
  yieldSteps,
  yieldWindows,
} from "../lab/measures/flock-apy.ts";
import {
  LOCK_QUANTILES,
  type LockLengths,
  lockLengths,
  lockStates,
  type Sensitivity,
  sensitivityOf,
} from "../lab/measures/flock-locks.ts";
import { FLOCK_REPORTED } from "../lab/measures/flock-reported.ts";
import type { FlockRun } from "../lab/measures/flock-run.ts";
import { openRunData } from "../reports/run-data.ts";
import { InputError } from "../scenarios/fault.ts";
import { reportAndExit } from "./failure.ts";
import { dayText } from "./flock-summary.ts";
import { plainData } from "./json.ts";
import { type Screen, screenOf, strong, table } from "./layout.ts";
import { grouped, percent } from "./summary-parts.ts";

export function flock(folder: string, options: { readonly json: boolean }): void {
  try {
    const study = studyOf(openFlockRun(folder));
    const screen = screenOf(process.stdout);
    console.log(options.json ? plainData(study) : studyText(study, screen));
  } catch (error) {
    reportAndExit(error);
  }
}

function openFlockRun(folder: string): FlockRun {
  const manifest: Manifest = readManifest(folder);
  if (!Object.hasOwn(Object(manifest.scenario.completed), "flock")) {
    const problem = "a run without FLock";
    throw new InputError([
      { file: folder, field: "", problem, remedy: "the folder of a FLock scenario's run" },
    ]);
  }
  return openRunData(folder, manifest);
}

const studyOf = (run: FlockRun) => {
  const locks = lockStates(run);
  const window = comparedWindow(yieldWindows(run));
  const until = locks?.compared.day ?? 0;
  return {
    reported: FLOCK_REPORTED,
    locks,
    lengths: {
      delegators: lockLengths(run, until, "delegators"),
      others: lockLengths(run, until, "others"),
    },
    sensitivity: sensitivityOf(run),
    window,
    steps: window && yieldSteps(run, window),
    displayed: displayedApy(run),
  };
};

type Study = ReturnType<typeof studyOf>;

function studyText(study: Study, screen: Screen): string {
  const parts = [locksText(study, screen)];
  if (study.sensitivity) parts.push(sensitivityText(study.sensitivity, screen));
  parts.push(yieldsText(study, screen));
  return parts.join("\n\n");
}

function locksText({ locks, lengths, reported }: Study, screen: Screen): string {
  if (!locks) return "The run recorded no supply.";
  const states = [locks.compared, locks.last].filter(
    ({ day }, i, all) => i === 0 || day !== all[0].day,
  );
  const beside = table(
    ["locks", "reported, mid-2025", ...states.map(({ day }) => dayText(day))],
    [
      [
        "of circulating",
        percent(reported.lockedShare),
        ...states.map((s) => percent(s.lockedShare)),
      ],
      [
        "mean of open locks, days",
        String(reported.meanLockDays),
        ...states.map((s) => grouped(s.meanLockDays)),
      ],
    ],
    screen,
  );
  const title = strong(
    `Lengths that were chosen until ${dayText(locks.compared.day)}, by FLOCK`,
    screen,
  );
  return `${beside}\n\n${title}\n${lengthsTable(lengths, screen)}`;
}

const BAR = 40;

function lengthsTable({ delegators, others }: Study["lengths"], screen: Screen): string {
  const first = delegators ?? others;
  if (!first) return "Nobody locked anything.";
  const largest = Math.max(...first.buckets.map(({ part }) => part));
  const days = (lengths: LockLengths | null, value: (lengths: LockLengths) => number) =>
    lengths ? grouped(value(lengths)) : "";
  const rows = first.buckets.map(({ fromDays, toDays, part }, i) => [
    `${fromDays} to ${toDays} days`,
    delegators ? percent(part) : "",
    others ? percent(others.buckets[i]?.part ?? 0) : "",
    "#".repeat(Math.round((BAR * part) / largest)),
  ]);
  const summary = [
    ["mean, days", days(delegators, (l) => l.meanDays), days(others, (l) => l.meanDays), ""],
    ...LOCK_QUANTILES.map((part, i) => [
      `${percent(part, 0)} at most, days`,
      days(delegators, (l) => l.quantileDays[i]),
      days(others, (l) => l.quantileDays[i]),
      "",
    ]),
  ];
  return table(["", "delegators", "others", ""], [...rows, ...summary], screen);
}

function sensitivityText(found: Sensitivity, screen: Screen): string {
  const title = `What moves the choice: ${grouped(found.holders)} delegators choose anew at the yield shown on ${dayText(found.day)}, ${percent(365 * found.dailyPerGmflock)} a year for a gmFLOCK after the fee; prices and yields do not react`;
  return `${strong(title, screen)}\n${table(
    ["assumption", "mean lock, days", "would lock", "under 90 days", "the longest"],
    found.variations.map(({ name, outlook }) => [
      name,
      grouped(outlook.meanLockDays),
      percent(outlook.lockedShare),
      percent(outlook.shortShare),
      percent(outlook.longestShare),
    ]),
    screen,
  )}`;
}

function yieldsText({ window, steps, displayed, reported }: Study, screen: Screen): string {
  if (!window || !steps) return "The run is too short for delegators' yields: 28 days at least.";
  const [least, most] = reported.delegatorApy;
  const title = `Delegators' yield, ${dayText(window.fromDay)} to ${dayText(window.toDay)}`;
  const lines = [
    strong(title, screen),
    `reported for mid-2025: ${percent(least, 0)} to ${percent(most, 0)} a year (${reported.sources.article})`,
    `realised, on locked FLOCK, after fees: median ${percent(window.middle)}, a tenth below ${percent(window.low)}, a tenth above ${percent(window.high)} (${grouped(window.delegators)} delegators)`,
  ];
  if (displayed) {
    lines.push(
      `eAPY shown on ${dayText(displayed.day)}, for a gmFLOCK, before the fee: median ${percent(displayed.middle)}, a tenth below ${percent(displayed.low)}, a tenth above ${percent(displayed.high)} (by what is delegated)`,
    );
  }
  return `${lines.join("\n")}\n${stepsTable(steps, screen)}`;
}

const stepsTable = (steps: YieldSteps, screen: Screen): string =>
  table(
    ["from the emission to the mean yield", "", ""],
    [
      ["emission, FLOCK a day", grouped(steps.emission), ""],
      ["locked, FLOCK", grouped(steps.locked), "all roles"],
      ["gross yield on locked FLOCK", percent(steps.gross), "365 x emission / locked"],
      ["delegators' part of the emission", percent(steps.delegatorsEmissionPart), "after sigma"],
      ["delegators' part of the locks", percent(steps.delegatorsLockedPart), ""],
      ["claim fee", percent(steps.claimFee), ""],
      [
        "mean yield of delegators",
        percent(steps.mean),
        "gross x part of emission / part of locks x (1 - fee); before the fee of the lock",
      ],
    ],
    screen,
  );
