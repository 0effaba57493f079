import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import type { Fields } from "../http/api-client.ts";
import type { Output } from "../output/output.ts";
import { ask } from "../prompts.ts";
import type { Session } from "../session.ts";
import { textAt } from "../views/fields.ts";
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
  out.note("\nAgreements of your role:");
  for (const agreement of open)
    out.note(
      `  ${textAt(agreement, "id")} ${textAt(agreement, "version")}  ${textAt(agreement, "title")}  ${textAt(agreement, "digest")}`,
    );
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
