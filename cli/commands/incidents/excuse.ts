import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentDelivery } from "../../views/delivery.ts";

export default class IncidentsExcuse extends EcoCommand {
  static override summary =
    "Excuse the breach of a delivery that fell into an incident. The orchestrator's right.";
  static override description =
    "Only where the ecosystem's rules for the cause say so. Service credit and recourse are booked back.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> inc_01 --delivery leg-1 --reason "The airport was closed."',
  ];
  static override args = idArg("incident");
  static override flags = {
    delivery: Flags.string({ helpValue: "<id>", required: true, summary: "The delivery." }),
    reason: Flags.string({ helpValue: "<text>", required: true, summary: "Why; the whole chain reads it." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(IncidentsExcuse);
    const input = {
      incidentId: args.id,
      deliveryId: flags.delivery,
      reason: flags.reason,
    };
    return this.ask(flags, "incidents.excuse", input, presentDelivery);
  }
}
