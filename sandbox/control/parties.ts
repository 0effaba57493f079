import { EcoError } from "../../specs/engine/errors/index.ts";
import { httpUrl } from "../../specs/engine/http-url.ts";
import { everyRecord } from "../capabilities/page.ts";
import { collections, type PartyRecord } from "../capabilities/records.ts";
import type { PartnerCaller } from "../forwarding/caller.ts";
import type { JsonObject, Reader } from "../store/store.ts";
import type { ControlSchemas } from "./api.ts";
import type { Decisions } from "./decisions.ts";
import { ControlRefusal, invalidValue } from "./refused.ts";

type PartyStanding = ControlSchemas["PartyStanding"];
type PartyBehaviour = ControlSchemas["PartyBehaviour"];

/** The companies that the sandbox plays. */
export class PartyControl {
  readonly #decisions: Decisions;
  readonly #read: Reader;
  readonly #caller: PartnerCaller | undefined;

  /** @param caller undefined where the sandbox can't call builds of others */
  constructor(decisions: Decisions, read: Reader, caller: PartnerCaller | undefined) {
    this.#decisions = decisions;
    this.#read = read;
    this.#caller = caller;
  }

  /** Every company, in the order in which they came; of stand-ins also how they act. */
  async list(): Promise<PartyStanding[]> {
    const found: PartyStanding[] = [];
    for await (const { value } of everyRecord<PartyRecord>(this.#read, collections.parties)) {
      const { id: partyId, name, role, status } = value;
      const acting = status === "stand-in" ? await this.behaviour(partyId) : {};
      found.push({ partyId, name, role, status, ...acting });
    }
    return found;
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
    if (typeof forward === "string") this.#refuseUnreachable(partyId, forward);
    if (behaviour !== undefined && forward !== undefined)
      await this.#ask("behaviour.set", { partyId, behaviour });
    if (forward !== undefined)
      await this.#decisions.act("forwarding.set", { partyId, ...(forward === null ? {} : { url: forward }) });
    if (behaviour !== undefined) await this.#decisions.act("behaviour.set", { partyId, behaviour });
    return this.behaviour(partyId);
  }

  /** What would fail each time is refused at once, before an order waits for it. */
  #refuseUnreachable(partyId: string, forward: string): void {
    if (this.#caller === undefined)
      throw new EcoError("ECO_FORWARD_UNSUPPORTED", "This sandbox can't call other programs.");
    const url = httpUrl(forward);
    const reason = url && this.#caller.refusalOf?.(url);
    if (reason !== undefined) throw invalidValue(`${partyId} can't be forwarded there.`, "#/forward", reason);
  }

  async #ask(name: string, input: JsonObject): Promise<JsonObject> {
    const decision = await this.#decisions.ask(name, input);
    if (decision.kind === "refused") throw new ControlRefusal(decision);
    return decision.result;
  }
}
