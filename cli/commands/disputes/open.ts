import { Args, Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { parseAmount } from "../../output/money.ts";
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
      summary: "What you ask back, in the ecosystem's currency; the whole net charge where left out.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(DisputesOpen);
    const session = await this.session(flags);
    const { currency } = session.catalog.ecosystem;
    const claim =
      flags.claim === undefined ? {} : { claimMinor: parseAmount(flags.claim, currency, "--claim") };
    const { result } = await session.client.call("disputes.open", {
      deliveryId: args.delivery,
      reason: flags.reason,
      ...claim,
    });
    presentDispute(result, currency, this.out);
    return { result };
  }
}
