import type { Fields } from "../http/api-client.ts";
import { quoted } from "../output/quoted.ts";
import { listAt, textAt } from "../views/fields.ts";

/** What is open, each with the command that shows or does it. @param as flags that say as whom, with a space before them */
export const withTriageCommands = (triage: Fields, as: string): Fields => ({
  ...triage,
  items: listAt(triage, "items").map((item) => ({ ...item, command: `${commandFor(item)}${as}` })),
});

function commandFor(item: Fields): string {
  const id = quoted(textAt(item, "id"));
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
      return "eco status";
    case "exit":
      return "eco partner exit --dry-run";
    default:
      return `eco events list --subject ${id}`;
  }
}
