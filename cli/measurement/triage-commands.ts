import { asGiven } from "../config/as-given.ts";
import type { Fields } from "../http/api-client.ts";
import { quoted } from "../output/quoted.ts";
import { partyOf, type Session } from "../session.ts";
import { listAt, textAt } from "../views/fields.ts";

/** What is open, each with the command that shows or does it. */
export function withTriageCommands(triage: Fields, session: Session): Fields {
  const as = asGiven(session.settings);
  const items = listAt(triage, "items").map((item) => ({
    ...item,
    command: `${commandFor(item, partyOf(session))}${as}`,
  }));
  return { ...triage, items };
}

/** @param party who asks: others' onboarding and exit are seen by what was told of them */
function commandFor(item: Fields, party: string | undefined): string {
  const id = quoted(textAt(item, "id"));
  const isOwn = textAt(item, "id") === party;
  const told = `eco events list --subject ${id}`;
  switch (textAt(item, "kind")) {
    case "work-order":
      return `eco work-orders show ${id}`;
    case "case":
      return `eco cases show ${id}`;
    case "dispute":
      return `eco disputes show ${id}`;
    case "incident":
      return `eco incidents show ${id}`;
    case "certification":
      return `eco certify show ${id}`;
    case "endpoint":
      return "eco events endpoints list";
    case "period":
      return `eco settlements close ${id}`;
    case "onboarding":
      return isOwn ? "eco status" : told;
    case "exit":
      return isOwn ? "eco partner exit --dry-run" : told;
    default:
      return told;
  }
}
