import { Args, Flags } from "@oclif/core";
import type { VerifyOptions } from "../../../specs/engine/certification/index.ts";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { jwksOf, readJwks, readStatusList } from "../../certification/files.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { sanitizeLine } from "../../output/sanitize.ts";
import { readText } from "../../read-file.ts";
import type { Session } from "../../session.ts";

export default class CertifyVerify extends EcoCommand {
  static override summary = "Verify a certificate offline, with the orchestrator's public key.";
  static override description =
    "Checks signature, issuer, dates, conditions and spec versions; revocation and suspension too, where a status list is given. Nothing is fetched, unless --online asks for it. A certificate that doesn't hold is refused with the reason, and the exit status is 3.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> certificate.jws --keys orchestrator.jwks.json --status-list status.jwt",
    "<%= config.bin %> <%= command.id %> certificate.jws --online",
  ];
  static override args = {
    file: Args.string({ required: true, description: "The certificate: a compact JWS." }),
  };
  static override flags = {
    keys: Flags.string({
      helpValue: "<file>",
      summary: "Public keys of the orchestrator, as JWK or JWKS.",
    }),
    online: Flags.boolean({
      exclusive: ["keys", "status-list"],
      summary: "Ask the sandbox for its keys, its status list and its time.",
    }),
    issuer: Flags.string({
      helpValue: "<party>",
      summary: "Who has to have issued it; the orchestrator of the specs.",
    }),
    "status-list": Flags.string({
      helpValue: "<file>",
      summary: "The orchestrator's signed status list: the token, or the answer that holds it.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(CertifyVerify);
    const { verifyCertificate } = await import("../../../specs/engine/certification/index.ts");
    const catalog = await this.catalog(flags);
    const verification = await verifyCertificate(await readText(args.file), {
      ...(flags.online
        ? await published(await this.session(flags))
        : await fromFiles(flags.keys, flags["status-list"])),
      issuer: flags.issuer ?? catalog.ecosystem.orchestrator,
      specDigests: Object.fromEntries(catalog.documents.map(({ path, digest }) => [path, digest])),
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

type Published = Pick<VerifyOptions, "keys" | "statusList" | "now">;

async function fromFiles(keys: string | undefined, list: string | undefined): Promise<Published> {
  if (keys === undefined)
    throw new EcoError("ECO_INPUT_MISSING", "The orchestrator's public keys are not given.", {
      fix: "Give --keys FILE, with what the orchestrator publishes as its certification keys, or --online to ask the sandbox for them.",
    });
  const statusList = list === undefined ? {} : { statusList: await readStatusList(list) };
  return { keys: await readJwks(keys), now: new Date(), ...statusList };
}

/** What the sandbox publishes. Its clock may be set, and it dates certificates by it. */
async function published({ client }: Session): Promise<Published> {
  const keys = (await client.call("certifications.keys")).result;
  const { statusList, issuedAt } = (await client.call("certifications.status-list")).result;
  return {
    keys: jwksOf(keys, "The sandbox"),
    statusList: String(statusList),
    now: new Date(String(issuedAt)),
  };
}
