import { certificationArgs, reasonFlag } from "../../certification/named.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { presentCertification } from "../../views/certification.ts";

export default class CertifySuspend extends EcoCommand {
  static override summary =
    "Suspend a certification: it doesn't count until it is reinstated. The orchestrator's right.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> crt_01 --reason "The receiver is down." --profile harbour',
  ];
  static override args = certificationArgs;
  static override flags = { reason: reasonFlag };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(CertifySuspend);
    const input = { certificationId: args.id, status: "suspended", reason: flags.reason };
    return this.ask(flags, "certifications.set-standing", input, presentCertification);
  }
}
