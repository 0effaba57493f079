import type { JsonObject } from "../../../sandbox/store/store.ts";
import { type ClientRules, healthyClient, openClient, type Send } from "../../reference-partner/client.ts";
import { workingDay } from "../../reference-partner/working-day.ts";
import {
  expectStatus,
  type Harbour,
  openHarbour,
  type Reply,
  type Settings,
  wallTime,
} from "../capabilities/harbour.ts";

interface Answered {
  readonly status: number;
  readonly text: string;
}

/** A sandbox in which time passes only when a client waits, so that tests don't, and clients to be observed there. */
export interface Workshop extends AsyncDisposable {
  readonly harbour: Harbour;
  /** The reference client of a party, in process, with what it was answered. */
  clientOf(party: string, rules?: Partial<ClientRules>): { send: Send; answered: Answered[] };
  /** Submits a party's client; its id. */
  submitted(party: string, more?: JsonObject): Promise<string>;
  /** Ends the observation and waits for the run: the certification then. */
  ended(party: string, id: string): Promise<JsonObject>;
  /** A submission whose client did its working day under observation, and whose run has ended. */
  worked(party: string, more?: JsonObject, rules?: Partial<ClientRules>): Promise<JsonObject>;
  shown(id: string): Promise<JsonObject>;
  /** As the campus, on a certification. */
  decide(id: string, what: string, input: JsonObject): Promise<Reply>;
  /** The virtual clock moves on by an ISO 8601 duration, or to an instant. */
  clock(change: JsonObject): Promise<void>;
}

export async function openWorkshop(settings: Settings = {}): Promise<Workshop> {
  let nowMs = wallTime;
  const harbour = await openHarbour({ wallClock: () => nowMs, ...settings });
  const clientOf: Workshop["clientOf"] = (party, rules = {}) => {
    const answered: Answered[] = [];
    const send = openClient(
      { ...healthyClient, ...rules },
      {
        base: "http://sandbox.test/v1",
        clientId: `sandbox-${party}`,
        clientSecret: `sandbox-${party}-secret`,
        wait: async (ms) => {
          nowMs += Math.ceil(ms);
        },
        fetch: async (input, init) => {
          const response = await harbour.sandbox.fetch(new Request(input, init));
          answered.push({ status: response.status, text: await response.clone().text() });
          return response;
        },
      },
    );
    return { send, answered };
  };
  const submitted: Workshop["submitted"] = async (party, more = {}) => {
    const request = { parts: ["client", "money"], level: "silver", ...more };
    const { body } = await expectStatus(harbour.as(party).post("/certifications", request), 201);
    return String(body["id"]);
  };
  const ended: Workshop["ended"] = async (party, id) => {
    await expectStatus(harbour.as(party).post(`/certifications/${id}/observation-end`), 200);
    await harbour.sandbox.settle();
    return (await harbour.as(party).get(`/certifications/${id}`)).body;
  };
  return {
    harbour,
    clientOf,
    submitted,
    ended,
    async worked(party, more, rules) {
      const id = await submitted(party, more);
      await workingDay(clientOf(party, rules).send).catch(() => undefined);
      return ended(party, id);
    },
    shown: async (id) => (await expectStatus(harbour.as("harbour").get(`/certifications/${id}`), 200)).body,
    decide: (id, what, input) => harbour.as("harbour").post(`/certifications/${id}/${what}`, input),
    async clock(change) {
      await expectStatus(harbour.as("harbour").put("/sandbox/clock", change), 200);
    },
    [Symbol.asyncDispose]: () => harbour.close(),
  };
}
