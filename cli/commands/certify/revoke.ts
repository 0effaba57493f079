import { certificationArgs, reasonFlag } from "../../certification/named.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { presentCertification } from "../../views/certification.ts";

export default class CertifyRevoke extends EcoCommand {
  static override summary = "Revoke a certification for good. The orchestrator's right.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> crt_01 --reason "The build is no longer in service." --profile harbour',
  ];
  static override args = certificationArgs;
  static override flags = { reason: reasonFlag };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(CertifyRevoke);
    const input = { certificationId: args.id, status: "revoked", reason: flags.reason };
    return this.ask(flags, "certifications.set-standing", input, presentCertification);
  }
}
