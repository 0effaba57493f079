import { Args, Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { askedCurrency } from "../../currency-of.ts";
import type { Fields } from "../../http/api-client.ts";
import { parseAmount } from "../../output/money.ts";
import type { Session } from "../../session.ts";
import { presentDispute } from "../../views/dispute.ts";

export default class DisputesOpen extends EcoCommand {
  static override summary = "Dispute the charges of a delivery.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> dlv_09 --reason "Half of the lunch arrived cold." --claim 120.00',
  ];
  static override args = {
    delivery: Args.string({ required: true, description: "The delivery's id.", ignoreStdin: true }),
  };
  static override flags = {
    reason: Flags.string({
      helpValue: "<text>",
      required: true,
      summary: "What was wrong; the other side reads it.",
    }),
    claim: Flags.string({
      helpValue: "<amount>",
      summary: "What you ask back, in the delivery's currency; the whole net charge where left out.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(DisputesOpen);
    const { claim, reason } = flags;
    const { delivery: deliveryId } = args;
    const input = async (session: Session): Promise<Fields> => {
      if (claim === undefined) return { deliveryId, reason };
      const currency = await askedCurrency(session, "deliveries.get", { deliveryId });
      return { deliveryId, reason, claimMinor: parseAmount(claim, currency, "--claim") };
    };
    return this.ask(flags, "disputes.open", input, presentDispute);
  }
}
