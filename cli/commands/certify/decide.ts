import { Flags } from "@oclif/core";
import { readConditions } from "../../certification/conditions.ts";
import { certificationArgs, reasonFlag } from "../../certification/named.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { presentCertification } from "../../views/certification.ts";

const OUTCOMES = {
  issue: ["certifications.review", { decision: "issued" }],
  refuse: ["certifications.review", { decision: "refused" }],
  suspend: ["certifications.set-standing", { status: "suspended" }],
  reinstate: ["certifications.set-standing", { status: "issued" }],
  revoke: ["certifications.set-standing", { status: "revoked" }],
} as const;

export default class CertifyDecide extends EcoCommand {
  static override summary =
    "Issue, refuse, suspend, reinstate or revoke a certification. The orchestrator's right.";
  static override description =
    "The level's rule says who issues: a run that proves it, one person, or several. Each decides under its own name (--reviewer), none of them the one who submitted; until enough agree, the certification stays submitted. A condition is to be met by its date: missed, it suspends the certification by itself.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> crt_01 --outcome issue --reviewer maria@harbour.example --reason "All checks of the level hold." --profile harbour',
    '<%= config.bin %> <%= command.id %> crt_01 --outcome issue --reviewer maria@harbour.example --reason "It holds." --condition "2025-06-30T21:00:00Z The old endpoint is switched off." --profile harbour',
    '<%= config.bin %> <%= command.id %> crt_01 --outcome revoke --reason "The build is no longer in service." --profile harbour',
  ];
  static override args = certificationArgs;
  static override flags = {
    outcome: Flags.option({
      options: ["issue", "refuse", "suspend", "reinstate", "revoke"] as const,
      required: true,
      summary: "What comes of it.",
    })(),
    reason: reasonFlag,
    reviewer: Flags.string({
      helpValue: "<person>",
      summary: "Who decides, for levels that persons review.",
    }),
    condition: Flags.string({
      helpValue: "<date text>",
      multiple: true,
      multipleNonGreedy: true,
      summary: "What is to be met afterwards, its date first.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(CertifyDecide);
    const [capability, decision] = OUTCOMES[flags.outcome];
    const review = capability === "certifications.review";
    const input = {
      certificationId: args.id,
      reason: flags.reason,
      ...decision,
      ...(review && flags.reviewer !== undefined ? { reviewer: flags.reviewer } : {}),
      ...(review && flags.condition !== undefined ? { conditions: readConditions(flags.condition) } : {}),
    };
    return this.ask(flags, capability, input, presentCertification);
  }
}
