import { EcoCommand, type Outcome } from "../command.ts";
import { type Credentials, notSignedIn } from "../http/credentials.ts";
import { partyOf } from "../session.ts";
import { describeFields } from "../views/fields.ts";

export default class Whoami extends EcoCommand {
  static override summary = "Show which party you act as, and where the credentials come from.";
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> --profile blueline",
  ];

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(Whoami);
    const session = await this.session(flags);
    const { credentials, settings, catalog, client } = session;
    if (credentials === undefined) throw notSignedIn(settings, catalog);
    const id = partyOf(session) ?? (await subjectOf(credentials));
    // A token that names nobody is shown to the API too: credentials that are no good end the command.
    const asks = id === undefined ? "parties.list" : "parties.get";
    const checked = client.has(asks);
    const answer = checked
      ? (await client.call(asks, id === undefined ? { limit: 1 } : { partyId: id })).result
      : {};
    const party = id === undefined ? {} : answer;
    if (!checked)
      this.out.warn(`Nobody was asked whether the credentials from ${credentials.source} are good.`);
    const result = {
      party: id ?? null,
      name: party["name"] ?? null,
      role: party["role"] ?? null,
      status: party["status"] ?? null,
      credentials: credentials.source,
      checked,
      sandbox: settings.sandbox.value,
      ecosystem: catalog.ecosystem.id,
    };
    this.out.data(
      describeFields(result, [
        ["Party", "party"],
        ["Name", "name"],
        ["Role", "role"],
        ["Status", "status"],
        ["Credentials", "credentials"],
        ["Checked", "checked"],
        ["Sandbox", "sandbox"],
        ["Ecosystem", "ecosystem"],
      ]),
    );
    return { result };
  }
}

/** Whom a bare token names: what a JWT says of itself, which the API then confirms or refuses. */
async function subjectOf(credentials: Credentials): Promise<string | undefined> {
  if (credentials.kind !== "token") return undefined;
  const { decodeJwt } = await import("jose");
  try {
    return decodeJwt(credentials.token).sub;
  } catch {
    return undefined;
  }
}
