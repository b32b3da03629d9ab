/**
 * The coinbase before there were pools (R0 and R1): minted TAO itself waits for each subnet's
 * epoch, cut for the owner and halved between miners and validators.
 * Source: spec/token-economics.md sections 2.3 and 2.4.
 */
import { toUnsigned, U96F32 } from "../../fixed/fixed-point.ts";
import { blockEmissionRao } from "../emission/block-emission.ts";
import { taoEmissionBits } from "../emission/shares.ts";
import type { PendingEmission } from "./state.ts";
import { splitAlphaOut } from "./terms.ts";

export interface TaoEraState {
  readonly block: number;
  readonly totalIssuanceRao: bigint;
  readonly subnets: readonly TaoEraSubnet[];
}

export interface TaoEraSubnet {
  readonly netuid: number;
  /** Part of the emission, U64F64, set by a table or by the last root epoch. */
  readonly shareBits: bigint;
  /** TAO, rao. */
  readonly pending: PendingEmission;
}

/** One block: the issuance grows by what the subnets received; the floors' rest is not minted. */
export function runTaoCoinbase(state: TaoEraState, ownerCutU16: number): TaoEraState {
  const minted = blockEmissionRao(state.totalIssuanceRao);
  const emissions = taoEmissionBits(
    state.subnets.map(({ shareBits }) => shareBits),
    minted,
  );
  let issued = 0n;
  const subnets = state.subnets.map((subnet, i) => {
    const split = splitAlphaOut(toUnsigned(U96F32, emissions[i]), ownerCutU16, 0n);
    const { pending } = subnet;
    issued += split.serverRao + split.validatorRao + split.ownerCutRao;
    return {
      ...subnet,
      pending: {
        ...pending,
        serverRao: pending.serverRao + split.serverRao,
        validatorRao: pending.validatorRao + split.validatorRao,
        ownerCutRao: pending.ownerCutRao + split.ownerCutRao,
      },
    };
  });
  return {
    block: state.block + 1,
    totalIssuanceRao: state.totalIssuanceRao + issued,
    subnets,
  };
}
