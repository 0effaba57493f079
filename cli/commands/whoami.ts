import { EcoCommand, type Outcome } from "../command.ts";
import { notSignedIn } from "../http/credentials.ts";
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
    const id = partyOf(session);
    const party = id === undefined ? {} : (await client.call("parties.get", { partyId: id })).result;
    const result = {
      party: id ?? null,
      name: party["name"] ?? null,
      role: party["role"] ?? null,
      status: party["status"] ?? null,
      credentials: credentials.source,
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
        ["Sandbox", "sandbox"],
        ["Ecosystem", "ecosystem"],
      ]),
    );
    return { result };
  }
}
