import { Flags } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { certificationArgs, reasonFlag } from "../../certification/named.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { presentCertification } from "../../views/certification.ts";

export default class CertifyWaive extends EcoCommand {
  static override summary =
    "Ask that a check need not hold for a while; grant or refuse it as the orchestrator.";
  static override description =
    "A waiver has a reason and an end. Granted, the run is judged without the check; it stands on the certificate, and the certification lapses when it ends.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> crt_01 --check client.retry.same-key --until 2025-05-31T21:00:00Z --reason "Our gateway makes the keys."',
    '<%= config.bin %> <%= command.id %> crt_01 --check client.retry.same-key --grant --reason "The gateway goes in May." --profile harbour',
  ];
  static override args = certificationArgs;
  static override flags = {
    check: Flags.string({ helpValue: "<id>", required: true, summary: "Which check." }),
    reason: reasonFlag,
    until: Flags.string({
      helpValue: "<date>",
      summary: "Until when; when granting, earlier than was asked for.",
    }),
    grant: Flags.boolean({ exclusive: ["refuse"], summary: "Grant what was asked for." }),
    refuse: Flags.boolean({ summary: "Refuse what was asked for." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(CertifyWaive);
    const input = {
      certificationId: args.id,
      check: flags.check,
      reason: flags.reason,
      until: flags.until === undefined ? undefined : instantOf(flags.until),
    };
    if (flags.grant || flags.refuse) {
      const decided = { ...input, decision: flags.grant ? "granted" : "refused" };
      return this.ask(flags, "certifications.decide-waiver", decided, presentCertification);
    }
    if (flags.until === undefined)
      throw new EcoError("ECO_INPUT_MISSING", "Until when need the check not hold?", {
        fix: "Give --until DATE.",
      });
    return this.ask(flags, "certifications.request-waiver", input, presentCertification);
  }
}

function instantOf(text: string): string {
  const instant = new Date(text);
  if (!Number.isNaN(instant.getTime())) return instant.toISOString();
  throw new EcoError("ECO_USAGE", `--until \`${text}\` is no date.`, {
    fix: "Give it as 2025-05-31T21:00:00Z.",
  });
}
