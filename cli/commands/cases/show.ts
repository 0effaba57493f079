import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import type { Fields } from "../../http/api-client.ts";
import { presentCase } from "../../views/case.ts";
import { column } from "../../views/fields.ts";

export default class CasesShow extends EcoCommand {
  static override summary = "Show a case with what the customer was told.";
  static override examples = ["<%= config.bin %> <%= command.id %> cas_01"];
  static override args = idArg("case");

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(CasesShow);
    const { client } = await this.session(flags);
    const { result } = await client.call("cases.get", { caseId: args.id });
    presentCase(result, this.out);
    // An ecosystem may do without them.
    if (!client.has("cases.notifications")) return { result };
    const notifications: Fields[] = await Array.fromAsync(
      client.list("cases.notifications", { caseId: args.id }, MOST),
    );
    if (notifications.length > 0) {
      this.out.data("");
      this.out.table(notifications, [
        column("Told at", "sentAt"),
        column("To", "to"),
        column("Words", "text"),
      ]);
    }
    return { result: { ...result, notifications } };
  }
}

/** Each stage of a case tells something once, so this is all of it. */
const MOST = 500;
