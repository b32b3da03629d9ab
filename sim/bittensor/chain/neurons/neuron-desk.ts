/** Takes what agents ask about neurons to the desk that does it. */
import type { Outcome } from "../../../agent.ts";
import type { NeuronAction } from "./actions.ts";
import type { NeuronLog } from "./neuron-log.ts";
import { OwnerDesk } from "./owner-desk.ts";
import type { NeuronPlace } from "./place.ts";
import { RegistrationDesk } from "./registration-desk.ts";
import { ValidatorDesk } from "./validator-desk.ts";
import { WeightsDesk } from "./weights-desk.ts";

export interface Signer {
  /** The coldkey that signs: the acting agent's name. */
  readonly id: string;
  readonly role: string;
}

export class NeuronDesk {
  readonly registrations: RegistrationDesk;
  readonly weights: WeightsDesk;
  readonly validators: ValidatorDesk;
  readonly owners: OwnerDesk;

  constructor(
    private readonly place: NeuronPlace,
    log: NeuronLog,
  ) {
    this.registrations = new RegistrationDesk(place, log);
    this.weights = new WeightsDesk(place);
    this.validators = new ValidatorDesk(place, log);
    this.owners = new OwnerDesk(place);
  }

  /** In the block of a subnet's epoch, before it runs. */
  beforeEpoch(netuid: number): void {
    const subnet = this.place.detailed.get(netuid);
    if (!subnet) return;
    const owner = this.place.registry.ownerOf(netuid);
    subnet.ownerUid = (owner && subnet.uidOf.get(owner.hotkey)) ?? null;
    this.weights.revealDue(subnet);
  }

  /** In the same block, after it has run: what parents have scheduled comes into force. */
  afterEpoch(netuid: number): void {
    const subnet = this.place.detailed.get(netuid);
    if (subnet) this.validators.activateChildren(subnet);
  }

  execute({ id, role }: Signer, action: NeuronAction): Outcome {
    switch (action.kind) {
      case "burned_register":
      case "register_limit":
        return this.registrations.register(id, role, action);
      case "add_collateral":
      case "set_min_collateral":
        return this.registrations.changeCollateral(id, action);
      case "serve_axon":
        return this.registrations.serveAxon(id, action);
      case "set_weights":
      case "set_mechanism_weights":
        return this.weights.set(action);
      case "commit_weights":
      case "commit_mechanism_weights":
        return this.weights.commitHash(action);
      case "reveal_weights":
      case "reveal_mechanism_weights":
        return this.weights.revealHash(action);
      case "commit_timelocked_weights":
      case "commit_timelocked_mechanism_weights":
        return this.weights.commitTimelocked(action);
      case "set_children":
        return this.validators.setChildren(id, action);
      case "set_childkey_take":
        return this.validators.setChildkeyTake(id, action);
      case "increase_take":
      case "decrease_take":
        return this.validators.changeTake(id, action);
      case "set_coldkey_auto_stake_hotkey":
        return this.validators.setAutoStake(id, action);
      default:
        return this.owners.execute(id, action);
    }
  }
}
