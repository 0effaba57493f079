import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { caseColumns } from "../../views/case.ts";
import { limitFlag } from "../../views/present-list.ts";

export default class CasesList extends EcoCommand {
  static override summary = "List the cases of your party, as customer or as who has them.";
  static override examples = ["<%= config.bin %> <%= command.id %> --status open"];
  static override flags = {
    status: Flags.option({
      options: ["open", "routed", "resolved"] as const,
      summary: "Only with this status.",
    })(),
    intent: Flags.string({ helpValue: "<id>", summary: "Only with this intent." }),
    customer: Flags.string({ helpValue: "<party>", summary: "Only for this customer." }),
    ...limitFlag,
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(CasesList);
    const { status, intent, customer } = flags;
    const input = { status, intent, customer };
    return this.list(flags, { capability: "cases.list", input, columns: caseColumns, noun: "cases" });
  }
}
