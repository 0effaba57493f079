import { certificationArgs } from "../../certification/named.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { presentCertification } from "../../views/certification.ts";

export default class CertifyFinish extends EcoCommand {
  static override summary =
    "Say that your client has shown what it does: the observation ends, and the run begins.";
  static override examples = ["<%= config.bin %> <%= command.id %> crt_01"];
  static override args = certificationArgs;

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(CertifyFinish);
    const input = { certificationId: args.id };
    return this.ask(flags, "certifications.end-observation", input, presentCertification);
  }
}
