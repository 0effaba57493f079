import { beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../../../sandbox/index.ts";
import type { Catalog, Operation } from "../../../specs/engine/catalog/types.ts";
import document from "../../../specs/generated/control-api.catalog.json" with { type: "json" };
import { loadedSpecs } from "../../support/specs.ts";
import { TOKEN } from "../control/controlled.ts";

const { operations } = document as unknown as Catalog;
const base = "http://sandbox.localhost";
/** In everything that one tenant has, and nowhere else. */
const CANARY = "canary-4711";

let sandbox: Sandbox;
/** The control tokens of the tenants, by their ids. */
const tokens = new Map<string, string>();
/** What a path parameter can name in the tenant `acme`. */
let ids: Readonly<Record<string, string>>;

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

async function call(
  tenant: string,
  method: string,
  path: string,
  { body, token = tokens.get(tenant) }: { readonly body?: unknown; readonly token?: string | undefined } = {},
): Promise<Answer> {
  const response = await sandbox.fetch(
    new Request(`${base}/_tenants/${tenant}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  const text = await response.text();
  const json = /\/(problem\+)?json/.test(response.headers.get("content-type") ?? "") ? JSON.parse(text) : {};
  return { status: response.status, text, json: json as Record<string, unknown> };
}

const control = (
  tenant: string,
  method: string,
  path: string,
  body?: unknown,
  token?: string,
): Promise<Answer> => call(tenant, method, `/_sandbox${path}`, { body, token: token ?? tokens.get(tenant) });

beforeAll(async () => {
  const { catalog } = await loadedSpecs();
  sandbox = await createSandbox({ catalog, controlToken: TOKEN });
  for (const id of ["acme", "bolt"]) {
    const { controlToken = "" } = (await sandbox.tenants?.create({ id })) ?? {};
    tokens.set(id, controlToken);
  }
  const event = await control("acme", "POST", "/events", {
    message: "delivery.rated",
    set: { "/subject": CANARY },
  });
  expect(event).toMatchObject({ status: 201 });
  const endpoint = await control("acme", "POST", "/endpoints", {
    party: "blueline",
    url: `https://${CANARY}.example/hook`,
  });
  expect(endpoint).toMatchObject({ status: 201 });
  // Nobody is there: an attempt now and then would change what is only to be looked at.
  const paused = { status: "paused" };
  expect(await control("acme", "PATCH", `/endpoints/${endpoint.json["id"]}`, paused)).toMatchObject({
    status: 200,
  });
  const rule = { id: CANARY, operation: "getParty", status: 503, count: 1 };
  expect(await control("acme", "POST", "/faults", { rules: [rule] })).toMatchObject({ status: 201 });
  // In the log, met by the fault.
  await call("acme", "GET", `/v1/parties/${CANARY}`, { token: "none" });
  ids = {
    eventId: String(event.json["id"]),
    endpointId: String(endpoint.json["id"]),
    faultId: CANARY,
    tenantId: "acme",
    partyId: CANARY,
  };
  return () => sandbox.close();
});

const parameterOf = ({ template }: Operation): string => /\{([^{}]+)\}/.exec(template)?.[1] ?? "";

/** Bodies that the operations take, so that what refuses them is what looks the id up. */
const bodies: Readonly<Record<string, object>> = {
  setClock: { advance: "P1D" },
  createTenant: { id: "acme" },
  addFaults: { rules: [{ operation: "getParty", status: 500 }] },
  triggerEvent: { message: "delivery.rated" },
  registerEndpoint: { party: "blueline", url: "https://other.example/hook" },
  updateEndpoint: { status: "paused" },
  setPartyBehaviour: { behaviour: "accept" },
  importState: {},
};

describe("the control API of a tenant", () => {
  it("finds in its own tenant what the other one is asked for", async () => {
    for (const path of [`/events/${ids["eventId"]}`, "/endpoints", "/faults", "/exchanges", "/state"]) {
      const { status, text } = await control("acme", "GET", path);
      expect({ path, status, holds: text.includes(CANARY) }).toEqual({ path, status: 200, holds: true });
    }
  });

  it.each(operations.filter((operation) => parameterOf(operation) !== ""))(
    "answers $id on an id of another tenant as on one that nothing has",
    async (operation) => {
      const { method, template, id } = operation;
      const ask = async (named: string): Promise<string> => {
        const path = template.replace(/\{[^{}]+\}/, encodeURIComponent(named));
        const { status, text } = await control("bolt", method, path, bodies[id]);
        return `${status} ${text.replaceAll(named, "ID").replaceAll(/urn:eco:request:[^"]+/g, "")}`;
      };
      const foreign = await ask(ids[parameterOf(operation)] ?? "");
      expect(foreign).toMatch(/^404 /);
      expect(foreign).toBe(await ask("nobodys-0815"));
    },
  );

  it("does nothing to another tenant and tells nothing of it, whatever it is told", async () => {
    const clock = await control("acme", "GET", "/clock");
    const before = {
      state: await sandbox.store.export("acme"),
      faults: await control("acme", "GET", "/faults"),
    };
    for (const { method, template, id } of operations.filter((operation) => parameterOf(operation) === "")) {
      const { status, text } = await control("bolt", method, template, bodies[id]);
      expect({ id, answered: status < 500, holds: text.includes(CANARY) }).toEqual({
        id,
        answered: true,
        holds: false,
      });
    }
    const { state, faults } = before;
    expect(await sandbox.store.export("acme")).toEqual(state);
    expect((await control("acme", "GET", "/faults")).json).toEqual(faults.json);
    expect((await control("acme", "GET", "/clock")).json["offsetMs"]).toBe(clock.json["offsetMs"]);
    expect((await control("acme", "GET", "/exchanges")).text).toContain(CANARY);
    expect((await sandbox.tenants?.list())?.map(({ id }) => id)).toEqual(["acme", "bolt"]);
  });

  it.each(operations)("refuses $id to the token of another tenant", async ({ method, template, id }) => {
    const path = template.replace(/\{([^{}]+)\}/, (_, name: string) => ids[name] ?? "");
    const { status, text } = await control("acme", method, path, bodies[id], tokens.get("bolt"));
    expect({ status, text }).toEqual({ status: 401, text: expect.stringContaining("ECO_CONTROL_REFUSED") });
  });

  it("keeps idempotency keys apart: the same one in two tenants is two requests", async () => {
    const submit = async (tenant: string, id: string): Promise<Answer> => {
      const issued = await sandbox.fetch(
        new Request(`${base}/_tenants/${tenant}/v1/oauth/token`, {
          method: "POST",
          body: new URLSearchParams({
            grant_type: "client_credentials",
            client_id: "sandbox-blueline",
            client_secret: "sandbox-blueline-secret",
          }),
        }),
      );
      const { access_token } = (await issued.json()) as { access_token: string };
      const response = await sandbox.fetch(
        new Request(`${base}/_tenants/${tenant}/v1/deliveries`, {
          method: "POST",
          headers: {
            authorization: `Bearer ${access_token}`,
            "content-type": "application/json",
            "idempotency-key": "the-same",
          },
          body: JSON.stringify({
            id,
            product: "express-leg",
            customer: "nordic-apps",
            startedAt: "2001-01-01T06:55:00",
            usage: { distanceMiles: 1797, arrivalDelayMinutes: 0 },
          }),
        }),
      );
      const text = await response.text();
      return { status: response.status, text, json: JSON.parse(text) as Record<string, unknown> };
    };
    expect(await submit("acme", "leg-acme")).toMatchObject({ status: 201, json: { id: "leg-acme" } });
    expect(await submit("bolt", "leg-bolt")).toMatchObject({ status: 201, json: { id: "leg-bolt" } });
    expect((await submit("bolt", "leg-acme")).json).toMatchObject({ code: "ECO_IDEMPOTENCY_MISMATCH" });
  });
});
