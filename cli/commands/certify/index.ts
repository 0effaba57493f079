import { Flags } from "@oclif/core";
import type { CertifyFlags } from "../../certification/certify-once.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import type { GlobalFlags } from "../../flags.ts";

const CHOICES = ["client", "provider", "receiver", "journeys", "money", "governance", "all"] as const;

export default class Certify extends EcoCommand {
  static override summary = "Test yourself against the ecosystem's checks, as often as you like.";
  static override description =
    "Runs what the given addresses make possible: your API (--target), your webhook endpoint (--webhook), your client while it runs (--run) or its recorded traffic (--recording), and the reference journeys against the sandbox. A failed check comes with its fix and the request that shows it.\n\nSecrets are read from ECO_TARGET_TOKEN (a token, a key, or `id:secret` of HTTP Basic, as your document asks for it) and ECO_WEBHOOK_SECRET, from files, or from the profile. The report holds none. What gold asks for needs more of them: ECO_TARGET_TOKEN_EXPIRED, _LIMITED (without scopes) and _OTHER (another party's), ECO_WEBHOOK_SECRET_PREVIOUS (before the last rotation) and _RETIRED, and a manifest that names the inspection endpoint of the receiver.";
  static override examples = [
    {
      description: "The reference journeys against the running sandbox",
      command: "<%= config.bin %> <%= command.id %>",
    },
    {
      description: "Your API and your webhook endpoint, with a page to share",
      command:
        "<%= config.bin %> <%= command.id %> --target http://127.0.0.1:8080 --webhook http://127.0.0.1:8080/events --report report.html",
    },
    {
      description: "Your client, while it meets one trouble after the other",
      command: '<%= config.bin %> <%= command.id %> --as client --run "npm run my-client"',
    },
    {
      description: "One check again, as it was",
      command:
        "<%= config.bin %> <%= command.id %> --webhook http://127.0.0.1:8080/events --check receiver.signature.wrong --seed 4f1d",
    },
  ];
  static override flags = {
    as: Flags.option({
      options: CHOICES,
      multiple: true,
      multipleNonGreedy: true,
      summary: "What to test; all that is possible where left out.",
    })(),
    target: Flags.string({ helpValue: "<url>", summary: "Base address of your API." }),
    webhook: Flags.string({ helpValue: "<url>", summary: "Your webhook endpoint." }),
    "webhook-secret-file": Flags.string({
      helpValue: "<file>",
      summary: "File with the secret that it verifies signatures with.",
    }),
    recording: Flags.string({
      helpValue: "<har>",
      summary: "What your client sent to the sandbox, as a HAR file.",
    }),
    manifest: Flags.string({ helpValue: "<file>", summary: "What you implement, as YAML or JSON." }),
    certificate: Flags.string({
      helpValue: "<file>",
      summary: "Your last certificate, to see that what it speaks of is looked at again.",
    }),
    check: Flags.string({
      helpValue: "<id>",
      multiple: true,
      multipleNonGreedy: true,
      summary: "Only this check, or those that match, like receiver.signature.*",
    }),
    report: Flags.string({
      helpValue: "<file>",
      multiple: true,
      multipleNonGreedy: true,
      summary: "Write a report: .html, .json, .xml (JUnit), .sarif or .md.",
    }),
    run: Flags.string({
      helpValue: "<command>",
      exclusive: ["recording"],
      summary:
        "Your client's command; it runs once for each trouble, with the address in ECO_SANDBOX or {url}.",
    }),
    "wait-timeout": Flags.integer({
      default: 120,
      min: 1,
      max: 86_400,
      helpValue: "<s>",
      summary: "How long one run of your client may take, or how long it is waited for.",
    }),
    ca: Flags.string({
      helpValue: "<file>",
      summary:
        "Certificates to trust besides the known ones, as PEM: your own authority, or the self-signed one.",
    }),
    level: Flags.string({
      helpValue: "<level>",
      exclusive: ["check", "failed"],
      summary: "Fail unless this level is reached.",
    }),
    failed: Flags.boolean({
      exclusive: ["check"],
      summary: "Only what failed in the last run in this folder, with its seed.",
    }),
    watch: Flags.string({
      helpValue: "<path>",
      multiple: true,
      multipleNonGreedy: true,
      exclusive: ["json"],
      summary: "Run again whenever something at this path has changed.",
    }),
    seed: Flags.string({
      helpValue: "<text>",
      summary: "The same seed makes the same requests; a new one where left out.",
    }),
    timeout: Flags.integer({
      default: 5_000,
      min: 100,
      max: 120_000,
      helpValue: "<ms>",
      summary: "How long one answer may take.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(Certify);
    const { runOnChange } = await import("../../run-on-change.ts");
    if (flags.watch === undefined) return this.#once(flags);
    const { cacheDirectory, stateDirectory } = await import("../../config/paths.ts");
    const written = [...(flags.report ?? []), cacheDirectory(), stateDirectory()];
    await runOnChange({ paths: flags.watch, ignore: written }, async (signal) => {
      const { failure } = await this.#once(flags, signal);
      if (failure !== undefined) this.out.fail(failure);
      this.out.note("Waiting for a change; Ctrl+C ends it.");
    });
    return { result: undefined, told: true };
  }

  async #once(flags: CertifyFlags & Partial<GlobalFlags>, signal?: AbortSignal): Promise<Outcome> {
    const { certifyOnce } = await import("../../certification/certify-once.ts");
    const session = await this.session(flags);
    return certifyOnce(flags, session, this.out, signal);
  }
}
