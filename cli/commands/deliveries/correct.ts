import { Flags } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { usageFlag, usageFrom } from "../../usage.ts";
import { presentDelivery } from "../../views/delivery.ts";

export default class DeliveriesCorrect extends EcoCommand {
  static override summary = "Correct a delivery; each leg books its new amount minus the old.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> leg-1 --usage arrivalDelayMinutes=9 --reason "The gate time was read wrongly."',
  ];
  static override args = idArg("delivery");
  static override flags = {
    ...usageFlag("A measure as it should have been. Repeat it for several."),
    "started-at": Flags.string({ helpValue: "<time>", summary: "When the delivery really began." }),
    "ended-at": Flags.string({ helpValue: "<time>", summary: "When it really ended." }),
    reason: Flags.string({
      helpValue: "<text>",
      required: true,
      summary: "Why; all parties of the delivery read it.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(DeliveriesCorrect);
    const usage = usageFrom(flags.usage);
    const { "started-at": startedAt, "ended-at": endedAt, reason } = flags;
    if (usage === undefined && startedAt === undefined && endedAt === undefined)
      throw new EcoError("ECO_INPUT_MISSING", "Nothing to correct is given.", {
        fix: "Give --usage, --started-at or --ended-at.",
      });
    const input = { deliveryId: args.id, reason, usage, startedAt, endedAt };
    return this.ask(flags, "deliveries.correct", input, (corrected, out) => {
      out.success(`Corrected ${args.id}.`);
      presentDelivery(corrected, out);
    });
  }
}
