import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { askedCurrency } from "../../currency-of.ts";
import { idArg } from "../../flags.ts";
import type { Fields } from "../../http/api-client.ts";
import { parseAmount } from "../../output/money.ts";
import type { Session } from "../../session.ts";
import { presentDispute } from "../../views/dispute.ts";

export default class DisputesResolve extends EcoCommand {
  static override summary = "Decide a dispute. The orchestrator's right.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> dsp_01 --outcome upheld --reason "The photos show it." --profile harbour',
    '<%= config.bin %> <%= command.id %> dsp_01 --outcome partly-upheld --credit 60.00 --reason "A quarter was affected."',
  ];
  static override args = idArg("dispute");
  static override flags = {
    outcome: Flags.option({
      options: ["upheld", "partly-upheld", "rejected"] as const,
      required: true,
      summary: "Who is right.",
    })(),
    credit: Flags.string({
      helpValue: "<amount>",
      summary: "What is credited, for partly-upheld, in the delivery's currency.",
    }),
    reason: Flags.string({ helpValue: "<text>", required: true, summary: "Why; both sides read it." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(DisputesResolve);
    const { outcome, credit, reason } = flags;
    const disputeId = args.id;
    const input = async (session: Session): Promise<Fields> => {
      if (credit === undefined) return { disputeId, outcome, reason };
      const currency = await askedCurrency(session, "disputes.get", { disputeId });
      return { disputeId, outcome, reason, creditMinor: parseAmount(credit, currency, "--credit") };
    };
    return this.ask(flags, "disputes.resolve", input, presentDispute);
  }
}
