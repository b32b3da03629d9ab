import type { Outcome } from "../agent.ts";

/**
 * The chain's own error names. A refused action comes back with one of them: it is data, never
 * thrown. Meanings are ours. Source: the Error enums of the subtensor and swap pallets
 * (spec/token-economics.md sections 4 to 7, spec/recent-rules.md section 3).
 */
export const errorMeanings = {
  // Whom and what a call is about
  SubnetNotExists: "there is no such subnet",
  SubtokenDisabled: "the subnet has not been started, its alpha cannot be traded yet",
  HotKeyAccountNotExists: "no such hotkey has ever been registered",
  HotKeyNotRegisteredInSubNet: "the hotkey is not a neuron of this subnet",
  HotKeyNotRegisteredInNetwork: "the hotkey is not a neuron of any subnet",
  HotKeyAlreadyRegisteredInSubNet: "the hotkey is a neuron of this subnet already",
  NonAssociatedColdKey: "the coldkey does not own this hotkey",
  NotSubnetOwner: "only the subnet's owner may do this",
  CannotUseSystemAccount: "an account of the chain itself cannot take part",
  SameNetuid: "origin and destination are the same",
  NotRootSubnet: "this call is for the root network only",
  CallDisabled: "the call is switched off",
  Deprecated: "the call has been withdrawn",
  InvalidValue: "a parameter is outside its range",

  // Stake and pools
  AmountTooLow: "the amount is below the minimum",
  NotEnoughBalanceToStake: "the coldkey's free TAO does not cover the stake",
  InsufficientBalance: "the free balance does not cover the payment",
  NotEnoughStake: "the stake is too small for this action",
  NotEnoughStakeToWithdraw: "more stake is asked back than there is",
  StakeUnavailable: "the stake is held by a lock",
  InsufficientLiquidity: "the pool cannot serve the order",
  SlippageTooHigh: "the order would move the price past its limit",
  TransferDisallowed: "the subnet does not allow transfers of stake",
  ReservesTooLow: "a pool reserve is below the minimum",
  SwapInputTooLarge: "the order is over 1,000 times the reserve that it is paid into",
  PriceLimitExceeded: "the price stands at or past the order's limit already",
  StakingRateLimitExceeded: "one stake operation per position and block (June 2025 to June 2026)",
  AddStakeBurnRateLimitExceeded: "add_stake_burn was called again too soon",
  CannotBurnOrRecycleOnRootSubnet: "root stake can be neither recycled nor burned",
  NotEnoughAlphaOutToRecycle: "the subnet has less alpha outside its pool than would be recycled",
  SameAutoStakeHotkeyAlreadySet: "this hotkey is the auto-stake destination already",

  // Conviction locks
  LockHotkeyMismatch: "the coldkey's lock on this subnet points at another hotkey",
  InsufficientStakeForLock: "the lock would exceed the coldkey's stake on the subnet",
  NoExistingLock: "the coldkey has no lock on this subnet",
  ActiveLockExists: "the coldkey still has a lock",
  AccountRejectsLockedAlpha: "the receiver has not opted in to locked alpha",
  UnlockAmountTooHigh: "more would be unlocked than is locked",

  // Children and takes
  InvalidChild: "a hotkey cannot be its own child",
  DuplicateChild: "a child is named twice",
  TooManyChildren: "more than five children",
  ProportionOverflow: "the children's proportions sum to more than one",
  ChildParentInconsistency: "a hotkey would be child and parent of the same hotkey",
  NotEnoughStakeToSetChildkeys: "the parent's stake is below the threshold",
  InvalidChildkeyTake: "the child take is outside its range",
  TxChildkeyTakeRateLimitExceeded: "the child take was raised too recently",
  DelegateTakeTooLow: "the delegate take is too low for this call",
  DelegateTakeTooHigh: "the delegate take is too high for this call",
  DelegateTxRateLimitExceeded: "the delegate take was raised too recently",
  TxRateLimitExceeded: "the same kind of call was made too recently",

  // Neuron registration
  SubNetRegistrationDisabled: "the subnet does not take registrations",
  RegistrationNotPermittedOnRootSubnet: "root has a registration call of its own",
  TooManyRegistrationsThisBlock: "the block's registrations are used up",
  TooManyRegistrationsThisInterval: "the adjustment interval's registrations are used up",
  NoNeuronIdAvailable: "the subnet is full and no neuron may be replaced",
  NewHotKeyIsSameWithOld: "the new hotkey is the old one",
  NotEnoughBalanceToPaySwapHotKey: "the free balance does not cover the hotkey swap",
  RegistrationPriceLimitExceeded: "the registration costs more than the caller's limit",
  StakeTooLowForRoot: "the stake is not larger than that of root's smallest member",
  InvalidDifficulty: "the work does not meet the difficulty",
  InvalidSeal: "the work's seal is not the hash of its parts",
  InvalidWorkBlock: "the work's block is too old or lies ahead",

  // Subnets
  NetworkTxRateLimitExceeded: "subnets are being registered too fast",
  CannotAffordLockCost: "the free balance does not cover the lock cost",
  SubnetLimitReached: "all slots are taken and no subnet can be pruned",
  AllNetworksInImmunity: "no subnet is old enough to be pruned",
  FirstEmissionBlockNumberAlreadySet: "the subnet has been started already",
  NeedWaitingMoreBlocksToStarCall: "the subnet is too young to be started",
  MechanismDoesNotExist: "no such mechanism",
  TooManyUIDsPerMechanism: "mechanisms times uids would be over 256",
  LiquidAlphaDisabled: "the subnet does not use liquid alpha",
  AlphaHighTooLow: "the upper alpha is below a fortieth",
  AlphaLowOutOfRange: "the lower alpha is below a fortieth or above the upper one",
  AdminActionProhibitedDuringWeightsWindow: "owners' changes are frozen just before an epoch",
  ActivityCutoffTooLow: "the activity cutoff is below the minimum",
  TempoOutOfBounds: "the tempo is outside 360 to 50,400 blocks",
  ActivityCutoffFactorMilliOutOfBounds: "the activity cutoff factor is outside 1,000 to 50,000",
  EpochTriggerAlreadyPending: "an epoch has been triggered and not run yet",
  AutoEpochAlreadyImminent: "the next epoch runs before a triggered one would",
  DynamicTempoBlockedByCommitReveal: "epochs cannot be triggered while commit-reveal is on",
  TrimmingWouldExceedMaxImmunePercentage: "too many of the remaining neurons would be immune",
  HotKeySetTxRateLimitExceeded: "the hotkey was set or swapped too recently",
  HotKeySwapOnSubnetIntervalNotPassed: "the hotkey was swapped on this subnet too recently",

  // Weights
  NeuronNoValidatorPermit: "weights on others need a validator permit",
  NotEnoughStakeToSetWeights: "the stake weight is below the threshold",
  SettingWeightsTooFast: "weights were set too recently",
  CommittingWeightsTooFast: "weights were committed too recently",
  CommitRevealEnabled: "the subnet wants commitments, not plain weights",
  CanNotSetRootNetworkWeights: "the root network takes no weights",
  IncorrectCommitRevealVersion: "the commitment is of another version than the chain's",
  CommitRevealDisabled: "the subnet does not take commitments",
  NoWeightsCommitFound: "there is nothing to reveal",
  InvalidRevealCommitHashNotMatch: "the revealed weights are not the committed ones",
  ExpiredWeightCommit: "the commitment has expired",
  RevealTooEarly: "the commitment may not be revealed yet",
  TooManyUnrevealedCommits: "ten commitments are waiting already",
  IncorrectWeightVersionKey: "the weights' version key is out of date",
  WeightVecNotEqualSize: "as many weights as uids are wanted",
  WeightVecLengthIsLow: "fewer weights than the subnet's minimum",
  DuplicateUids: "a uid is named twice",
  UidVecContainInvalidOne: "a uid does not exist",
  UidsLengthExceedUidsInSubNet: "more weights than neurons",
  MaxWeightExceeded: "a weight is over the subnet's maximum",

  // Root claims, voting power, leases, keys
  InvalidNumRootClaim: "the number of automatic claims is outside its range",
  InvalidRootClaimThreshold: "the claim threshold is over its maximum",
  InvalidSubnetNumber: "a claim names no subnet, or more than five",
  VotingPowerTrackingNotEnabled: "the subnet does not track voting power",
  InvalidVotingPowerEmaAlpha: "the smoothing factor is over one",
  LeaseDoesNotExist: "there is no such lease",
  LeaseHasNoEndBlock: "the lease is perpetual",
  LeaseHasNotEnded: "the lease is still running",
  LeaseCannotEndInThePast: "the lease would end before it starts",
  ExpectedBeneficiaryOrigin: "only the lease's beneficiary may do this",
  BeneficiaryDoesNotOwnHotkey: "the beneficiary does not own the hotkey",
  ColdkeySwapAnnounced: "the coldkey is about to be swapped, most of its calls are blocked",
  ColdkeySwapAnnouncementNotFound: "no coldkey swap has been announced",
  AnnouncedColdkeyHashDoesNotMatch: "the coldkey is not the announced one",
  NewColdKeyIsHotkey: "the new coldkey is a hotkey",
  ColdkeySwapTooEarly: "the announced coldkey swap must wait",
  ColdkeySwapReannouncedTooEarly: "a coldkey swap was announced too recently",
  NotEnoughBalanceToPaySwapColdKey: "the free balance does not cover the coldkey swap",
  ServingRateLimitExceeded: "serving information was set too recently",
} as const;

/** The name of a refusal, as the chain spells it (its misspelling included). */
export type ChainError = keyof typeof errorMeanings;

export const chainErrors = Object.keys(errorMeanings) as ChainError[];

/** What a call comes back with that the chain does not apply. */
export const refused = (reason: ChainError): Outcome => ({ applied: false, reason });
