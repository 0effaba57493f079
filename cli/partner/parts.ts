import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import type { Fields } from "../http/api-client.ts";
import type { Column } from "../output/table.ts";
import { requireParty, type Session } from "../session.ts";
import { column, textAt } from "../views/fields.ts";
import { takesField } from "./offered.ts";

/** What `eco partner show` shows of a party, beside the company itself: each by a capability that not every ecosystem binds. */
export interface Part {
  /** Its name in the result. */
  readonly name: string;
  readonly title: string;
  readonly capability: string;
  readonly columns: readonly Column<Fields>[];
}

export const parts: readonly Part[] = [
  {
    name: "credentials",
    title: "Credentials",
    capability: "credentials.list",
    columns: [
      { header: "", value: (client) => (client["inUse"] === true ? "*" : "") },
      column("Client id", "clientId"),
      column("Created", "createdAt"),
      column("Ends", "expiresAt"),
    ],
  },
  {
    name: "endpoints",
    title: "Endpoints",
    capability: "webhooks.list",
    columns: [
      column("Id", "id"),
      column("URL", "url"),
      column("Status", "status"),
      column("Why", "disabledReason"),
    ],
  },
  {
    name: "agreements",
    title: "Agreements",
    capability: "agreements.list",
    columns: [
      column("Id", "id"),
      column("Version", "version"),
      column("Title", "title"),
      column("Accepted", "acceptedAt"),
    ],
  },
  {
    name: "certifications",
    title: "Certifications",
    capability: "certifications.list",
    columns: [
      column("Id", "id"),
      column("Level", "level"),
      column("Status", "status"),
      column("Until", "expiresAt"),
    ],
  },
];

/** The items of a part, or why there are none to show. */
export type PartRead =
  | { readonly kind: "items"; readonly items: readonly Fields[] }
  | { readonly kind: "not-offered" }
  | { readonly kind: "refused"; readonly why: string };

export async function readPart(session: Session, { capability }: Part): Promise<PartRead> {
  const { client } = session;
  if (!client.has(capability)) return { kind: "not-offered" };
  const partyId = requireParty(session);
  return unlessRefused(async () => {
    const whose = takesField(client.operation(capability), "partyId") ? { partyId } : {};
    const found = await Array.fromAsync(client.list(capability, whose));
    // The orchestrator is given everybody's.
    const items = found.filter((item) => ["", partyId].includes(textAt(item, "party"))).map(withoutSecrets);
    return { kind: "items", items };
  });
}

/** What is refused to a party as it stands now, as after its exit, ends no command that shows the rest. */
export async function unlessRefused<T>(
  read: () => Promise<T>,
): Promise<T | { readonly kind: "refused"; readonly why: string }> {
  try {
    return await read();
  } catch (cause) {
    if (!(cause instanceof EcoError) || !REFUSALS.has(cause.code)) throw cause;
    return { kind: "refused", why: cause.message };
  }
}

const REFUSALS: ReadonlySet<string> = new Set(["ECO_FORBIDDEN", "ECO_SCOPE_MISSING", "ECO_NOT_FOUND"]);

/** Whatever an ecosystem puts into its lists: a secret is not shown. */
const withoutSecrets = (item: Fields): Fields =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !/secret|password|token/i.test(name)));
