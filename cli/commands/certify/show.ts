import { Flags } from "@oclif/core";
import type { Report } from "../../../specs/engine/certification/index.ts";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { certificationArgs } from "../../certification/named.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { presentCertification } from "../../views/certification.ts";
import { writeText } from "../../write-file.ts";

export default class CertifyShow extends EcoCommand {
  static override summary = "Show a certification; write its certificate and the report of its run to files.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> crt_01 --certificate certificate.jws --report run.html",
  ];
  static override args = certificationArgs;
  static override flags = {
    certificate: Flags.string({ helpValue: "<file>", summary: "Write the signed certificate." }),
    badge: Flags.string({ helpValue: "<file>", summary: "Write a badge of the level, as SVG." }),
    report: Flags.string({
      helpValue: "<file>",
      summary: "Write the report of the run: .html, .json, .xml (JUnit), .sarif or .md.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(CertifyShow);
    const { client } = await this.session(flags);
    const input = { certificationId: args.id };
    const { result } = await client.call("certifications.get", input);
    if (flags.certificate !== undefined) await this.#write(flags.certificate, certificateOf(result));
    if (flags.badge !== undefined) {
      const { certificateBadge } = await import("../../../specs/engine/certification/index.ts");
      certificateOf(result);
      const { title } = (await this.catalog(flags)).ecosystem;
      const badge = { ecosystem: title, level: String(result["level"]) };
      await this.#write(flags.badge, certificateBadge(badge));
    }
    if (flags.report !== undefined) {
      const { writeReport } = await import("../../../specs/engine/certification/index.ts");
      const { report } = (await client.call("certifications.run", input)).result;
      await this.#write(flags.report, writeReport(report as Report, flags.report));
    }
    presentCertification(result, this.out);
    return { result };
  }

  async #write(path: string, text: string): Promise<void> {
    await writeText(path, text);
    this.out.note(`Written: ${path}`);
  }
}

function certificateOf({ id, certificate }: Readonly<Record<string, unknown>>): string {
  if (typeof certificate === "string") return `${certificate}\n`;
  throw new EcoError("ECO_NOT_FOUND", `The certification ${String(id)} has no certificate.`, {
    fix: "A certificate is issued by the orchestrator over a run that passed: `eco certify decide`.",
  });
}
