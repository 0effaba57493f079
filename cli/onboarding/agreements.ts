import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import type { Fields } from "../http/api-client.ts";
import type { Output } from "../output/output.ts";
import { textWidth, wrap } from "../output/wrap.ts";
import { ask } from "../prompts.ts";
import type { Session } from "../session.ts";
import { objectAt, textAt } from "../views/fields.ts";
import type { Answers } from "./answers.ts";

/** Shows the agreements that the party has not accepted yet, and accepts those that were agreed to: by flag, by file, or asked one by one. */
export async function acceptAgreements(
  session: Session,
  role: string,
  answers: Answers,
  out: Output,
  mayAsk: boolean,
): Promise<string[]> {
  const { client } = session;
  if (!client.has("agreements.list")) return [];
  const open = await openAgreements(session, role);
  if (open.length === 0) return [];
  for (const agreement of open) await showAgreement(session, agreement, out);
  const chosen = await chooseAgreements(open, answers, mayAsk);
  for (const agreement of chosen) {
    const { acceptedBy } = answers;
    await client.call("agreements.accept", {
      agreementId: textAt(agreement, "id"),
      version: textAt(agreement, "version"),
      digest: textAt(agreement, "digest"),
      ...(acceptedBy === undefined ? {} : { acceptedBy }),
    });
    out.success(`Accepted ${textAt(agreement, "id")} ${textAt(agreement, "version")}.`);
  }
  return chosen.map((agreement) => textAt(agreement, "id"));
}

/** What is agreed to, module by module, before anyone is asked for a yes. */
async function showAgreement({ client }: Session, agreement: Fields, out: Output): Promise<void> {
  const id = textAt(agreement, "id");
  out.note(
    `\n${textAt(agreement, "title")} (${id} ${textAt(agreement, "version")}, ${textAt(agreement, "digest")})`,
  );
  if (!client.has("agreements.get")) return;
  const { result } = await client.call("agreements.get", { agreementId: id });
  const description = textAt(result, "document.description");
  if (description !== "") out.note(paragraph(description));
  for (const [module, terms] of Object.entries(objectAt(result, "document.terms")))
    out.note(paragraph(`${module}: ${inWords(terms)}`));
}

/** Text to be read before a yes is broken between words. */
const paragraph = (text: string): string =>
  wrap(text, textWidth(process.stderr) - 2)
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");

/** Terms as a sentence: the titles where they have some, else their values. */
function inWords(terms: unknown): string {
  if (Array.isArray(terms)) return terms.map(inWords).join("; ");
  if (typeof terms !== "object" || terms === null) return String(terms);
  const { title } = terms as { readonly title?: unknown };
  if (typeof title === "string") return title;
  return Object.entries(terms)
    .map(([name, value]) => `${name} ${inWords(value)}`)
    .join(", ");
}

async function openAgreements({ client }: Session, role: string): Promise<Fields[]> {
  const open: Fields[] = [];
  for await (const agreement of client.list("agreements.list")) {
    const roles = agreement["roles"];
    const forRole = !Array.isArray(roles) || roles.length === 0 || roles.includes(role);
    if (forRole && textAt(agreement, "acceptedAt") === "") open.push(agreement);
  }
  return open;
}

async function chooseAgreements(
  open: readonly Fields[],
  answers: Answers,
  mayAsk: boolean,
): Promise<readonly Fields[]> {
  const { accept } = answers;
  if (accept === "all") return open;
  if (accept !== undefined) {
    const known = open.map((agreement) => textAt(agreement, "id"));
    const unknown = accept.find((id) => !known.includes(id));
    if (unknown !== undefined)
      throw new EcoError("ECO_INPUT_INVALID", `There is no agreement \`${unknown}\` to accept.`, {
        fix: `Open ones: ${known.join(", ")}.`,
      });
    return open.filter((agreement) => accept.includes(textAt(agreement, "id")));
  }
  const chosen: Fields[] = [];
  for (const agreement of open) {
    const message = `Accept ${textAt(agreement, "title")} (version ${textAt(agreement, "version")})?`;
    if (
      await ask<boolean>(
        { message, flag: "--accept all, or --accept ID for each", kind: "confirm", initial: false },
        mayAsk,
      )
    )
      chosen.push(agreement);
  }
  return chosen;
}
