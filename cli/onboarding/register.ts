import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import type { ApiClient } from "../http/api-client.ts";
import { ask } from "../prompts.ts";
import { textAt } from "../views/fields.ts";
import type { Answers, Contact } from "./answers.ts";

export interface Registered {
  readonly partyId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Asks what is not answered, then registers the company. The secret in the answer is seen this once. */
export async function registerParty(
  client: ApiClient,
  catalog: Catalog,
  answers: Answers,
  mayAsk: boolean,
): Promise<Registered> {
  const name =
    answers.name ??
    (await ask<string>({ message: "Company name", flag: "--name", kind: "text", validate: filled }, mayAsk));
  const role =
    answers.role ??
    (await ask<string>(
      { message: "Role in the ecosystem", flag: "--role", kind: "choice", choices: roleChoices(catalog) },
      mayAsk,
    ));
  const contacts = answers.contacts ?? [await askContact(mayAsk)];
  const { id, country, taxId, iban, bic } = answers;
  const bankAccount =
    iban === undefined
      ? undefined
      : { iban: iban.replaceAll(" ", ""), ...(bic === undefined ? {} : { bic }) };
  const optional = Object.fromEntries(
    Object.entries({ id, country, taxId, bankAccount }).filter(([, value]) => value !== undefined),
  );
  const { result } = await client.call("parties.register", { name, role, contacts, ...optional });
  const registered = {
    partyId: textAt(result, "party.id"),
    clientId: textAt(result, "credentials.clientId"),
    clientSecret: textAt(result, "credentials.clientSecret"),
  };
  if (Object.values(registered).includes(""))
    throw new EcoError(
      "ECO_SPEC_INVALID",
      "The answer to the registration holds no party or no credentials where the spec set says.",
      {
        fix: "Bind `party.id`, `credentials.clientId` and `credentials.clientSecret` in `x-eco-bind.response` of the operation.",
      },
    );
  return registered;
}

/** The operators of the ecosystem are there already; everyone else may join. */
function roleChoices(catalog: Catalog): { value: string; name: string; description: string }[] {
  const { roles, orchestrator, parties } = catalog.ecosystem;
  const own = parties.find((party) => party.id === orchestrator)?.role;
  return roles
    .filter((role) => role.id !== own)
    .map((role) => ({ value: role.id, name: role.title, description: role.description }));
}

async function askContact(mayAsk: boolean): Promise<Contact> {
  const name = await ask<string>(
    { message: "Technical contact: name", flag: "--contact-name", kind: "text", validate: filled },
    mayAsk,
  );
  const email = await ask<string>(
    { message: "Technical contact: e-mail", flag: "--email", kind: "text", validate: isEmail },
    mayAsk,
  );
  return { name, email, purpose: "technical" };
}

function filled(text: string): true | string {
  return text.trim() === "" ? "Please write something." : true;
}

function isEmail(text: string): true | string {
  return /^[^\s@]+@[^\s@]+$/.test(text) ? true : "That is no e-mail address.";
}
