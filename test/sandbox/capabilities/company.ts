import type { JsonObject } from "../../../sandbox/store/store.ts";
import { type Client, expectStatus, type Harbour, itemsOf } from "./harbour.ts";

/** A company that joined: who it is, and itself, with a token of its own for each request. */
export interface Company {
  readonly id: string;
  readonly credentials: { readonly clientId: string; readonly clientSecret: string };
  readonly client: Client;
  leave(): Promise<JsonObject>;
}

/** Registers a company; it has accepted nothing yet. */
export async function applyAs(harbour: Harbour, id: string, role = "complementor"): Promise<Company> {
  const contacts = [{ name: "Ida Tern", email: "ida@tern.example", purpose: "technical" }];
  const registration = { id, name: `Company ${id}`, role, contacts };
  const { body } = await expectStatus(harbour.nobody.post("/parties", registration), 201);
  const credentials = body["credentials"] as Company["credentials"] & JsonObject;
  const client = harbour.with(credentials);
  const leave = async (): Promise<JsonObject> =>
    (await expectStatus(client.post(`/parties/${id}/exit`, { reason: "Closed." }), 200)).body;
  return { id, credentials, client, leave };
}

/** Registers a company and has it accept what its role needs. */
export async function joinAs(harbour: Harbour, id: string, role?: string): Promise<Company> {
  const company = await applyAs(harbour, id, role);
  for (const agreement of itemsOf(await company.client.get("/agreements"))) {
    const path = `/agreements/${String(agreement["id"])}/acceptances`;
    await expectStatus(company.client.post(path, { version: String(agreement["version"]) }), 201);
  }
  return company;
}
