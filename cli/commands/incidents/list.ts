import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { incidentColumns } from "../../views/incident.ts";
import { limitFlag } from "../../views/present-list.ts";

export default class IncidentsList extends EcoCommand {
  static override summary = "List the incidents that concern your party.";
  static override examples = ["<%= config.bin %> <%= command.id %> --status open"];
  static override flags = {
    status: Flags.option({
      options: ["open", "acknowledged", "resolved"] as const,
      summary: "Only with this status.",
    })(),
    severity: Flags.string({ helpValue: "<id>", summary: "Only of this severity." }),
    owner: Flags.string({ helpValue: "<party>", summary: "Only those of this party." }),
    delivery: Flags.string({ helpValue: "<id>", summary: "Only those into which this delivery fell." }),
    ...limitFlag,
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(IncidentsList);
    const { status, severity, owner, delivery: deliveryId } = flags;
    const input = { status, severity, owner, deliveryId };
    return this.list(flags, {
      capability: "incidents.list",
      input,
      columns: incidentColumns,
      noun: "incidents",
    });
  }
}
