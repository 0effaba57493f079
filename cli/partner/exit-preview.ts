import type { Fields } from "../http/api-client.ts";
import { counted } from "../output/counted.ts";
import type { Output } from "../output/output.ts";
import { requireParty, type Session } from "../session.ts";
import { column, listAt, moneyAt, textAt, valueAt } from "../views/fields.ts";
import { parts, readPart } from "./parts.ts";

/** What leaving comes to, as far as the ecosystem tells. */
export interface ExitPreview {
  readonly party: string;
  readonly name: string;
  readonly status: string;
  /** `exiting` while something is open, else `exited`; undefined where nobody says beforehand. */
  readonly becomes: string | undefined;
  readonly openEnds: readonly Fields[];
  readonly openEndsCount: number;
  readonly endpoints: readonly Fields[];
  /** What the ecosystem doesn't tell. */
  readonly untold: readonly string[];
}

export async function previewExit(session: Session): Promise<ExitPreview> {
  const { client, catalog } = session;
  const party = requireParty(session);
  const company = client.has("parties.get")
    ? (await client.call("parties.get", { partyId: party })).result
    : {};
  const told = client.has("parties.preview-exit")
    ? (await client.call("parties.preview-exit", { partyId: party })).result
    : undefined;
  const ends = told === undefined ? [] : listAt(told, "openEnds");
  const part = parts.find(({ name }) => name === "endpoints");
  const endpoints = part === undefined ? undefined : await readPart(session, part);
  const known = catalog.ecosystem.parties.find(({ id }) => id === party);
  return {
    party,
    name: textAt(company, "name") || (known?.name ?? party),
    status: textAt(company, "status") || textAt(told ?? {}, "status"),
    becomes: told === undefined ? undefined : textAt(told, "becomes"),
    openEnds: ends,
    openEndsCount: Number(valueAt(told ?? {}, "openEndsCount") ?? ends.length),
    endpoints: endpoints?.kind === "items" ? endpoints.items : [],
    untold: [
      ...(told === undefined ? ["what is open"] : []),
      ...(endpoints?.kind === "items" ? [] : ["endpoints"]),
    ],
  };
}

/** Whether the party is on its way out already, or out. */
export const hasLeft = ({ status }: ExitPreview): boolean => status === "exiting" || status === "exited";

export function presentPreview(preview: ExitPreview, ecosystem: string, out: Output): void {
  const { name, party, status, openEnds, openEndsCount, endpoints, untold } = preview;
  out.data(`${name} (${party})${status === "" ? "" : `, ${status}`}, in ${ecosystem}`);
  if (openEndsCount > 0) {
    out.data(`\nOpen: ${counted(openEndsCount, "thing")}`);
    out.table(openEnds, [
      column("What", "kind"),
      column("Id", "id"),
      column("State", "status"),
      { header: "Amount", value: (end) => moneyAt(end, "amountMinor"), align: "right" },
      column("", "currency"),
    ]);
    if (openEndsCount > openEnds.length) out.data(`… and ${openEndsCount - openEnds.length} more`);
  } else if (!untold.includes("what is open")) out.data("\nNothing is open.");
  if (endpoints.length > 0) {
    out.data("\nEndpoints");
    out.table(endpoints, [column("Id", "id"), column("URL", "url"), column("Status", "status")]);
  }
  if (untold.length > 0) out.note(`${ecosystem} doesn't tell beforehand: ${untold.join(", ")}.`);
}

/** What leaving means, in the order in which it matters. */
export function presentConsequences({ openEndsCount, endpoints, becomes }: ExitPreview, out: Output): void {
  out.note("\nAfter the exit you deliver nothing new, and only read: your data, statements and events.");
  if (openEndsCount > 0)
    out.note(
      "What is open stays open until it is finished or settled: until then you are `exiting`. Finish before you leave what you have to finish yourself.",
    );
  else if (becomes === "exited") out.note("You are out at once.");
  if (endpoints.length > 0)
    out.note(
      "Endpoints go on getting the events that are about you. Remove before you leave those that should not: eco events endpoints remove ID",
    );
}
