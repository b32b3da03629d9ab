/**
 * One epoch of one mechanism, on the sparse path that the live chain runs, in the chain's fixed
 * point. Source: spec/yuma-epoch.md section 5; `pallets/subtensor/src/epoch/run_epoch.rs`.
 */
import { activity } from "./activity.ts";
import { bondsToStorage, interpolate } from "./bonds.ts";
import { yuma2Bonds } from "./bonds-yuma2.ts";
import { yuma3Bonds } from "./bonds-yuma3.ts";
import { checkEpochInput } from "./check-input.ts";
import { clipColumns } from "./clipping.ts";
import { consensusOf } from "./consensus.ts";
import { emissionRao, emissionShares } from "./emission-split.ts";
import { rowSums, weightedColumnSums } from "./matrices.ts";
import { isTopKNonzero, withOwner } from "./permits.ts";
import { proportionFromU16, u16sFromProportions } from "./proportions.ts";
import { activeStake, filterStake, stakeShares } from "./stake.ts";
import type { EpochInput, EpochInternals, EpochOutput, EpochParameters } from "./types.ts";
import { normalize } from "./vectors.ts";
import { epochWeights } from "./weight-masks.ts";

/** An epoch's output together with its stages. */
export interface EpochTrace {
  readonly output: EpochOutput;
  readonly internals: EpochInternals;
}

/**
 * One epoch: what the chain stores and pays. Takes I64F64 stakes and u16 weights, gives u16 fractions
 * and rao; see types.ts for every field's shape and unit. Changes nothing that it is given.
 * Throws EpochInputError, which names the field, before anything is computed.
 */
export function epoch(input: EpochInput, parameters: EpochParameters): EpochOutput {
  checkEpochInput(input, parameters);
  return trustedEpoch(input, parameters);
}

/** The epoch of a state that is known to be sound; see `epoch` for one that is not. */
export const trustedEpoch = (input: EpochInput, parameters: EpochParameters): EpochOutput =>
  traceEpoch(input, parameters).output;

/** The same with every stage of the computation. */
export function traceEpoch(input: EpochInput, parameters: EpochParameters): EpochTrace {
  const { n, ownerUid } = input;
  const active = activity(input.lastUpdate, parameters.activityCutoffBlocks, input.block);
  const stake = stakeShares(filterStake(input, parameters.stakeThresholdRao));
  const permit = withOwner(input.validatorPermit, ownerUid);
  const newPermit = withOwner(isTopKNonzero(stake, parameters.maxAllowedValidators), ownerUid);
  const voting = activeStake(stake, active, permit);

  const weights = epochWeights(input, permit, parameters.commitReveal);
  const consensus = consensusOf(voting, weights, n, proportionFromU16(parameters.kappa));
  const clippedWeights = clipColumns(weights, consensus);
  const validatorTrust = rowSums(clippedWeights);
  const ranks = weightedColumnSums(clippedWeights, voting, n);
  const incentive = normalize(ranks);

  const penalty = proportionFromU16(parameters.bondsPenalty);
  const weightsForBonds = interpolate(weights, clippedWeights, penalty, n);
  const bonds = (parameters.yuma3 ? yuma3Bonds : yuma2Bonds)(input, parameters, {
    activeStake: voting,
    consensus,
    incentive,
    weightsForBonds,
  });
  const shares = emissionShares(incentive, bonds.dividends, stake, voting);

  const output: EpochOutput = {
    active,
    stakeWeight: u16sFromProportions(stake),
    consensus: u16sFromProportions(consensus),
    incentive: u16sFromProportions(incentive),
    dividends: u16sFromProportions(bonds.dividends),
    validatorTrust: u16sFromProportions(validatorTrust),
    emissionRao: emissionRao(shares.combined, input.raoEmission),
    serverEmissionRao: emissionRao(shares.server, input.raoEmission),
    validatorEmissionRao: emissionRao(shares.validator, input.raoEmission),
    validatorPermit: newPermit,
    bonds: bondsToStorage(bonds.emaBonds, newPermit),
  };
  const internals: EpochInternals = {
    stake,
    activeStake: voting,
    consensus,
    validatorTrust,
    ranks,
    incentive,
    emissionSum: shares.emissionSum,
    normalizedServerEmission: shares.server,
    normalizedValidatorEmission: shares.validator,
    normalizedCombinedEmission: shares.combined,
    weights,
    clippedWeights,
    weightsForBonds: [...weightsForBonds],
    ...bonds,
  };
  return { output, internals };
}
