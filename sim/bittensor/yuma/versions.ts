/**
 * The versions of Yuma that people compare, each a set of parameters, so that a case can be run
 * under several of them. Any parameter can be changed with a spread: `{ ...yuma3.parameters, kappa }`.
 * Source: spec/yuma-epoch.md sections 0, 1.2 and 11.5, spec/recent-rules.md section 4.2.
 */
import type { TextbookParameters } from "./textbook.ts";
import type { EpochParameters } from "./types.ts";

interface Described {
  readonly name: string;
  readonly title: string;
}

/** Runs in float64 by textbook.ts. */
export interface TextbookVersion extends Described {
  readonly kind: "textbook";
  readonly parameters: TextbookParameters;
}

/** Runs in the chain's fixed point by epoch.ts or its kernel. */
export interface ChainVersion extends Described {
  readonly kind: "chain";
  readonly parameters: EpochParameters;
}

export type YumaVersion = TextbookVersion | ChainVersion;

/** The chain's defaults at tempo 360, without commit-reveal; new subnets start with yuma3 on. */
export const defaultParameters: EpochParameters = {
  kappa: 32_767,
  bondsPenalty: 65_535,
  bondsMovingAverage: 900_000,
  yuma3: false,
  liquidAlpha: false,
  alphaLow: 45_875,
  alphaHigh: 58_982,
  alphaSigmoidSteepness: 1000,
  liquidAlphaConsensusMode: "current",
  commitReveal: false,
  maxAllowedValidators: 64,
  activityCutoffBlocks: 5000,
  stakeThresholdRao: 0n,
};

const versions = [
  {
    name: "yuma1-textbook",
    title: "Yuma 1 by its documentation, in float64",
    kind: "textbook",
    parameters: { kappa: 0.5, bondsPenalty: 1, bondsAlpha: 0.1, validatorShare: 0.5 },
  },
  {
    name: "yuma2",
    title: "Yuma 2: bonds are shares of a miner, bought with stake",
    kind: "chain",
    parameters: defaultParameters,
  },
  {
    name: "yuma2-no-penalty",
    title: "Yuma 2 with bonds from weights as set",
    kind: "chain",
    parameters: { ...defaultParameters, bondsPenalty: 0 },
  },
  {
    name: "yuma3",
    title: "Yuma 3: bonds are each validator's own, stake counts at the end",
    kind: "chain",
    parameters: { ...defaultParameters, yuma3: true },
  },
  {
    name: "yuma3-no-penalty",
    title: "Yuma 3 with bonds from weights as set",
    kind: "chain",
    parameters: { ...defaultParameters, yuma3: true, bondsPenalty: 0 },
  },
  {
    name: "yuma3-liquid",
    title: "Yuma 3 with liquid alpha against this epoch's consensus (to July 2026)",
    kind: "chain",
    parameters: { ...defaultParameters, yuma3: true, liquidAlpha: true },
  },
  {
    name: "yuma3-liquid-auto",
    title: "Yuma 3 with liquid alpha, the consensus chosen by the bonds penalty (spec 446)",
    kind: "chain",
    parameters: {
      ...defaultParameters,
      yuma3: true,
      liquidAlpha: true,
      liquidAlphaConsensusMode: "auto",
    },
  },
] as const satisfies readonly YumaVersion[];

export type YumaVersionName = (typeof versions)[number]["name"];

export const yumaVersions: readonly YumaVersion[] = versions;

/** Throws RangeError, which lists the names, for one that is not there. */
export function yumaVersion(name: string): YumaVersion {
  const found = yumaVersions.find((version) => version.name === name);
  if (found) return found;
  const names = yumaVersions.map((version) => version.name).join(", ");
  throw new RangeError(`no Yuma version ${name}; there are: ${names}`);
}
