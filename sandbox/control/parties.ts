import type { JsonObject } from "../store/store.ts";
import type { ControlSchemas } from "./api.ts";
import type { Decisions } from "./decisions.ts";
import { ControlRefusal } from "./refused.ts";

type PartyBehaviour = ControlSchemas["PartyBehaviour"];

/** The companies that the sandbox plays. */
export class PartyControl {
  readonly #decisions: Decisions;

  constructor(decisions: Decisions) {
    this.#decisions = decisions;
  }

  /** @throws EcoError `ECO_NOT_FOUND` */
  async behaviour(partyId: string): Promise<PartyBehaviour> {
    const decision = await this.#decisions.ask("behaviour.get", { partyId });
    if (decision.kind === "refused") throw new ControlRefusal(decision);
    return view(decision.result);
  }

  /** @throws EcoError `ECO_NOT_FOUND`, `ECO_REQUEST_INVALID` for what no stand-in does */
  async behave(partyId: string, behaviour: string): Promise<PartyBehaviour> {
    return view(await this.#decisions.act("behaviour.set", { partyId, behaviour }));
  }
}

const view = ({ partyId, behaviour }: JsonObject): PartyBehaviour => ({
  partyId: String(partyId),
  behaviour: String(behaviour),
});
