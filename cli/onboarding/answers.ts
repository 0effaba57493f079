import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { didYouMean } from "../../specs/engine/suggest.ts";
import { readYaml } from "../read-file.ts";

/** Everything that `eco onboard` would ask, from flags or a file. What is left out is asked, where there is someone to ask. */
export interface Answers {
  readonly id?: string;
  readonly name?: string;
  readonly role?: string;
  readonly country?: string;
  readonly taxId?: string;
  /** Where it is paid. */
  readonly iban?: string;
  readonly bic?: string;
  readonly contacts?: readonly Contact[];
  /** Ids of agreements, or `all`. */
  readonly accept?: "all" | readonly string[];
  /** Who signs for the company. */
  readonly acceptedBy?: string;
  readonly webhook?: { readonly url: string; readonly events?: readonly string[] };
}

export interface Contact {
  readonly name: string;
  readonly email: string;
  readonly purpose: string;
}

const TEXTS = ["id", "name", "role", "country", "taxId", "iban", "bic", "acceptedBy"] as const;
const KNOWN: readonly string[] = [...TEXTS, "contacts", "accept", "webhook"];

/** Reads an answers file (YAML or JSON). @throws EcoError ECO_FILE_UNREADABLE, ECO_INPUT_INVALID naming the answer. */
export async function readAnswers(path: string): Promise<Answers> {
  const content = await readYaml(path);
  if (!isPlainObject(content))
    throw new EcoError("ECO_INPUT_INVALID", `${path} holds no mapping of answers.`, {
      fix: `Its keys: ${KNOWN.join(", ")}.`,
    });
  return checkAnswers(content, path);
}

function checkAnswers(content: Readonly<Record<string, unknown>>, path: string): Answers {
  for (const key of Object.keys(content))
    if (!KNOWN.includes(key))
      throw new EcoError("ECO_INPUT_INVALID", `${path} answers \`${key}\`, which is not asked.`, {
        fix: `${didYouMean(key, KNOWN) ?? ""} Its keys: ${KNOWN.join(", ")}.`.trim(),
      });
  const answers: Record<string, unknown> = {};
  for (const key of TEXTS) if (content[key] !== undefined) answers[key] = textAnswer(content[key], key, path);
  if (content["contacts"] !== undefined) answers["contacts"] = contactsAnswer(content["contacts"], path);
  if (content["accept"] !== undefined)
    answers["accept"] = content["accept"] === "all" ? "all" : textList(content["accept"], "accept", path);
  const webhook = content["webhook"];
  if (webhook !== undefined) {
    const given = isPlainObject(webhook) ? webhook : { url: webhook };
    const events =
      given["events"] === undefined ? {} : { events: textList(given["events"], "webhook.events", path) };
    answers["webhook"] = { url: textAnswer(given["url"], "webhook.url", path), ...events };
  }
  return answers;
}

function contactsAnswer(value: unknown, path: string): Contact[] {
  if (!Array.isArray(value)) throw wrong(path, "contacts", "a list of {name, email, purpose}");
  return value.map((contact: unknown) => {
    if (!isPlainObject(contact)) throw wrong(path, "contacts", "a list of {name, email, purpose}");
    const purpose =
      contact["purpose"] === undefined
        ? "technical"
        : textAnswer(contact["purpose"], "contacts.purpose", path);
    return {
      name: textAnswer(contact["name"], "contacts.name", path),
      email: textAnswer(contact["email"], "contacts.email", path),
      purpose,
    };
  });
}

function textList(value: unknown, key: string, path: string): string[] {
  if (!Array.isArray(value)) throw wrong(path, key, "a list of texts");
  return value.map((item: unknown) => textAnswer(item, key, path));
}

function textAnswer(value: unknown, key: string, path: string): string {
  if (typeof value === "string" && value.trim() !== "") return value.trim();
  throw wrong(path, key, "a text");
}

function wrong(path: string, key: string, wanted: string): EcoError {
  return new EcoError("ECO_INPUT_INVALID", `\`${key}\` in ${path} must be ${wanted}.`);
}
