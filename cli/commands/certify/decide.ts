import { Args, Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { presentCertification } from "../../views/certification.ts";

const outcomes = {
  issue: ["certifications.review", { decision: "issued" }],
  refuse: ["certifications.review", { decision: "refused" }],
  suspend: ["certifications.set-standing", { status: "suspended" }],
  reinstate: ["certifications.set-standing", { status: "issued" }],
  revoke: ["certifications.set-standing", { status: "revoked" }],
} as const;

export default class CertifyDecide extends EcoCommand {
  static override summary =
    "Issue, refuse, suspend, reinstate or revoke a certification. The orchestrator's right.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> crt_01 --outcome issue --reason "All checks of the level hold." --profile harbour',
    '<%= config.bin %> <%= command.id %> crt_01 --outcome revoke --reason "The build is no longer in service." --profile harbour',
  ];
  static override args = {
    id: Args.string({ required: true, description: "The certification's id.", ignoreStdin: true }),
  };
  static override flags = {
    outcome: Flags.option({
      options: ["issue", "refuse", "suspend", "reinstate", "revoke"] as const,
      required: true,
      summary: "What comes of it.",
    })(),
    reason: Flags.string({ helpValue: "<text>", required: true, summary: "Why; the party reads it." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(CertifyDecide);
    const { client } = await this.session(flags);
    const [capability, decision] = outcomes[flags.outcome];
    const input = { certificationId: args.id, reason: flags.reason, ...decision };
    const { result } = await client.call(capability, input);
    presentCertification(result, this.out);
    return { result };
  }
}
