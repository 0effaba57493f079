import { EcoCommand, type Outcome } from "../../command.ts";
import type { Fields } from "../../http/api-client.ts";
import { type PartRead, parts, readPart, unlessRefused } from "../../partner/parts.ts";
import { requireParty, type Session } from "../../session.ts";
import { describeFields, textAt } from "../../views/fields.ts";

/** What a status means that isn't the usual one. */
const STANDS: Readonly<Record<string, string>> = {
  applied: "Your onboarding isn't finished: `eco onboard` goes on with it.",
  exiting:
    "You are leaving: `eco partner exit` shows what is still open. You finish that, and nothing new comes.",
  exited:
    "You have left: you read and export your data, and change your contacts and credentials, nothing else.",
};

export default class PartnerShow extends EcoCommand {
  static override summary =
    "Show your company as the ecosystem knows it: status, credentials, endpoints, agreements.";
  static override description =
    "Never shows a secret: credentials are told by their ids, with the time at which those that were replaced end. What the ecosystem doesn't offer, or doesn't show to you as you stand now, is named.";
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> --profile saltmarsh --json",
  ];

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(PartnerShow);
    const session = await this.session(flags);
    const partyId = requireParty(session);
    const company = await this.#company(session, partyId);
    const tier = await this.#tier(session, partyId);
    const notOffered: string[] = [];
    const refused: Record<string, string> = {};
    const shown: Record<string, readonly Fields[]> = {};
    const about = { ...company, ...(tier === "" ? {} : { tier }) };
    this.#describe(session, about);
    const stands = STANDS[textAt(company, "status")];
    if (stands !== undefined) this.out.note(`\n${stands}`);
    for (const part of parts) {
      const read = markInUse(await readPart(session, part), session);
      if (read.kind === "items") shown[part.name] = read.items;
      else if (read.kind === "refused") refused[part.name] = read.why;
      else notOffered.push(part.name);
      if (read.kind !== "items" || read.items.length === 0) continue;
      this.out.data(`\n${part.title}`);
      this.out.table(read.items, part.columns);
    }
    for (const [name, items] of Object.entries(shown)) if (items.length === 0) this.out.note(`No ${name}.`);
    for (const [name, why] of Object.entries(refused))
      this.out.note(`The ${name} aren't shown to you: ${why}`);
    if (notOffered.length > 0)
      this.out.note(`${session.catalog.ecosystem.title} doesn't offer a look at: ${notOffered.join(", ")}.`);
    return { result: { party: about, ...shown, refused, notOffered } };
  }

  /** As the directory has it; where there is none, as the manifest of the ecosystem does. */
  async #company({ client, catalog }: Session, partyId: string): Promise<Fields> {
    if (client.has("parties.get")) return (await client.call("parties.get", { partyId })).result;
    const known = catalog.ecosystem.parties.find(({ id }) => id === partyId);
    return known === undefined ? { id: partyId } : { id: partyId, name: known.name, role: known.role };
  }

  /** The empty string where it has none, or nobody says. */
  async #tier({ client }: Session, partyId: string): Promise<string> {
    if (!client.has("scorecards.get")) return "";
    const read = await unlessRefused(async () => client.call("scorecards.get", { partyId }));
    return "result" in read ? textAt(read.result, "tier") : "";
  }

  #describe({ settings, catalog, credentials }: Session, company: Fields): void {
    const rows = [
      ["Party", "id"],
      ["Name", "name"],
      ["Role", "role"],
      ["Status", "status"],
      ["Tier", "tier"],
      ["Country", "country"],
      ["Since", "createdAt"],
      ["Exit began", "leftAt"],
      ["Ecosystem", "ecosystem"],
      ["Sandbox", "sandbox"],
      ["Acting by", "source"],
    ] as const;
    const around = {
      ecosystem: catalog.ecosystem.title,
      sandbox: settings.sandbox.value,
      source: credentials?.source ?? "",
    };
    this.out.data(describeFields({ ...company, ...around }, rows));
  }
}

/** Marks the credentials that this very command was let in by. */
function markInUse(read: PartRead, { credentials }: Session): PartRead {
  if (read.kind !== "items" || credentials?.kind !== "client") return read;
  const { clientId } = credentials;
  return {
    ...read,
    items: read.items.map((item) => (item["clientId"] === clientId ? { ...item, inUse: true } : item)),
  };
}
