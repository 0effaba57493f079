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
  if (untold.length > 0 && status !== "exited")
    out.note(`${ecosystem} doesn't tell beforehand: ${untold.join(", ")}.`);
}

/** What leaving means, in the order in which it matters. */
export function presentConsequences({ openEndsCount, endpoints, becomes }: ExitPreview, out: Output): void {
  out.note(
    "\nAfter the exit you take part in nothing new. Offers that you haven't answered go to the next in line.",
  );
  if (openEndsCount > 0)
    out.note(
      "You are `exiting` until nothing is open, and finish it as before: orders that you accepted, cases, disputes. What is owed is settled with its period, and what was paid ahead is given back.",
    );
  else if (becomes === "exited") out.note("You are out at once.");
  out.note(
    "Once you are `exited`, your certifications have ended, and you read and export your data; contacts, bank account and credentials stay yours to change.",
  );
  if (endpoints.length > 0)
    out.note(
      "Endpoints get events until you are out, your last statement among them, and nothing after that. One that is paused then gets no more.",
    );
}

/** How it stands with a party that has begun to leave, and what there is to do. */
export function presentLeft({ party, status, openEnds }: ExitPreview, out: Output): void {
  out.note(
    status === "exiting"
      ? `\n${party} is leaving: it takes part in nothing new, finishes what is open, and is out when nothing is.`
      : `\n${party} has left: it is out. Its data stays here to read; --export FILE writes all of it.`,
  );
  const settles = openEnds.map((end) => textAt(end, "kind"));
  if (settles.includes("balance") || settles.includes("commitment"))
    out.note("Balances and commitments end when the orchestrator closes their period.");
}
