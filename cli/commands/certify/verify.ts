import { Args, Flags } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { readJwks } from "../../certification/files.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { sanitizeLine } from "../../output/sanitize.ts";
import { readText } from "../../read-file.ts";

export default class CertifyVerify extends EcoCommand {
  static override summary = "Verify a certificate offline, with the orchestrator's public key.";
  static override description =
    "Checks signature, issuer, dates, conditions and spec versions; revocation and suspension too, where a status list is given. Nothing is fetched. A certificate that doesn't hold is refused with the reason, and the exit status is 3.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> certificate.jws --keys orchestrator.jwks.json --status-list status.jwt",
  ];
  static override args = {
    file: Args.string({ required: true, description: "The certificate: a compact JWS." }),
  };
  static override flags = {
    keys: Flags.string({
      required: true,
      helpValue: "<file>",
      summary: "Public keys of the orchestrator, as JWK or JWKS.",
    }),
    issuer: Flags.string({
      helpValue: "<party>",
      summary: "Who has to have issued it; the orchestrator of the specs.",
    }),
    "status-list": Flags.string({ helpValue: "<file>", summary: "The orchestrator's signed status list." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(CertifyVerify);
    const { verifyCertificate } = await import("../../../specs/engine/certification/index.ts");
    const catalog = await this.catalog(flags);
    const list = flags["status-list"];
    const verification = await verifyCertificate(await readText(args.file), {
      keys: await readJwks(flags.keys),
      issuer: flags.issuer ?? catalog.ecosystem.orchestrator,
      now: new Date(),
      specDigests: Object.fromEntries(catalog.documents.map(({ path, digest }) => [path, digest])),
      ...(list === undefined ? {} : { statusList: (await readText(list)).trim() }),
    });
    if (!verification.valid) {
      const message = `The certificate is refused (${verification.reason}): ${sanitizeLine(verification.message)}`;
      return { result: verification, failure: new EcoError("ECO_CERTIFICATE_INVALID", message) };
    }
    const { sub, iss, level, parts, exp } = verification.certificate;
    const until = new Date(exp * 1000).toISOString();
    this.out.data(
      sanitizeLine(`${sub} is certified ${level} as ${parts.join(", ")} by ${iss} until ${until}.`),
    );
    for (const note of verification.notes) this.out.data(sanitizeLine(note));
    return { result: verification };
  }
}
