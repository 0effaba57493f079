import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { certificationColumns } from "../../views/certification.ts";
import { limitFlag } from "../../views/present-list.ts";

export default class CertifyList extends EcoCommand {
  static override summary = "List the certifications of your party; the orchestrator sees all.";
  static override examples = ["<%= config.bin %> <%= command.id %> --status submitted --profile harbour"];
  static override flags = {
    status: Flags.option({
      options: ["submitted", "issued", "refused", "suspended", "revoked", "lapsed"] as const,
      summary: "Only with this status.",
    })(),
    ...limitFlag,
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(CertifyList);
    return this.list(flags, {
      capability: "certifications.list",
      input: { status: flags.status },
      columns: certificationColumns,
      noun: "certifications",
    });
  }
}
