import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { parseAmount } from "../../output/money.ts";
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
    credit: Flags.string({ helpValue: "<amount>", summary: "What is credited, for partly-upheld." }),
    reason: Flags.string({ helpValue: "<text>", required: true, summary: "Why; both sides read it." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(DisputesResolve);
    const session = await this.session(flags);
    const { currency } = session.catalog.ecosystem;
    const credit =
      flags.credit === undefined ? {} : { creditMinor: parseAmount(flags.credit, currency, "--credit") };
    const { outcome, reason } = flags;
    const { result } = await session.client.call("disputes.resolve", {
      disputeId: args.id,
      outcome,
      reason,
      ...credit,
    });
    presentDispute(result, currency, this.out);
    return { result };
  }
}
