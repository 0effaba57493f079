import { EcoError } from "../../specs/engine/errors/index.ts";
import type { JsonObject } from "../store/store.ts";
import type { ControlSchemas } from "./api.ts";
import type { Decisions } from "./decisions.ts";
import { ControlRefusal } from "./refused.ts";

type PartyBehaviour = ControlSchemas["PartyBehaviour"];

/** The companies that the sandbox plays. */
export class PartyControl {
  readonly #decisions: Decisions;
  readonly #canCall: boolean;

  /** @param canCall whether the sandbox can call builds of others */
  constructor(decisions: Decisions, canCall: boolean) {
    this.#decisions = decisions;
    this.#canCall = canCall;
  }

  /** @throws EcoError `ECO_NOT_FOUND` */
  async behaviour(partyId: string): Promise<PartyBehaviour> {
    const { behaviour } = await this.#ask("behaviour.get", { partyId });
    const { url } = await this.#ask("forwarding.get", { partyId });
    return {
      partyId,
      behaviour: String(behaviour),
      ...(url === undefined ? {} : { forward: String(url) }),
    };
  }

  /** @throws EcoError `ECO_NOT_FOUND`, `ECO_REQUEST_INVALID` for what no stand-in does */
  behave(partyId: string, behaviour: string): Promise<PartyBehaviour> {
    return this.change(partyId, { behaviour });
  }

  /**
   * Has a build of one's own answer in the party's place; without a URL the sandbox plays it again.
   * @param url base URL of its fulfilment API
   * @throws EcoError `ECO_NOT_FOUND`, `ECO_REQUEST_INVALID`, `ECO_FORWARD_UNSUPPORTED`, `ECO_STATE_TRANSITION` for a party
   *   that acts for itself
   */
  forward(partyId: string, url?: string): Promise<PartyBehaviour> {
    return this.change(partyId, { forward: url ?? null });
  }

  /** Both in one, or nothing where one of them is refused. */
  async change(
    partyId: string,
    { behaviour, forward }: ControlSchemas["BehaviourChange"],
  ): Promise<PartyBehaviour> {
    if (typeof forward === "string" && !this.#canCall)
      throw new EcoError("ECO_FORWARD_UNSUPPORTED", "This sandbox can't call other programs.");
    if (behaviour !== undefined && forward !== undefined)
      await this.#ask("behaviour.set", { partyId, behaviour });
    if (forward !== undefined)
      await this.#decisions.act("forwarding.set", { partyId, ...(forward === null ? {} : { url: forward }) });
    if (behaviour !== undefined) await this.#decisions.act("behaviour.set", { partyId, behaviour });
    return this.behaviour(partyId);
  }

  async #ask(name: string, input: JsonObject): Promise<JsonObject> {
    const decision = await this.#decisions.ask(name, input);
    if (decision.kind === "refused") throw new ControlRefusal(decision);
    return decision.result;
  }
}
