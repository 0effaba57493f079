import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { Flags } from "@oclif/core";
import type { CertificationOptions, Part, Report } from "../../../specs/engine/certification/index.ts";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { definitionsFor } from "../../certification/definitions.ts";
import { partFlags, readTargets, type Targets } from "../../certification/targets.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { partyOf, type Session } from "../../session.ts";

const choices = ["client", "provider", "receiver", "journeys", "money", "governance", "all"] as const;

export default class Certify extends EcoCommand {
  static override summary = "Test yourself against the ecosystem's checks, as often as you like.";
  static override description =
    "Runs what the given addresses make possible: your API (--target), your webhook endpoint (--webhook), your client's recorded traffic (--recording), and the reference journeys against the sandbox. A failed check comes with its fix and the request that shows it.\n\nSecrets are read from ECO_TARGET_TOKEN and ECO_WEBHOOK_SECRET, from files, or from the profile. The report holds none. What gold asks for needs more of them: ECO_TARGET_TOKEN_EXPIRED, _LIMITED (without scopes) and _OTHER (another party's), ECO_WEBHOOK_SECRET_PREVIOUS (before the last rotation) and _RETIRED, and a manifest that names the inspection endpoint of the receiver.";
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
      description: "One check again, as it was",
      command:
        "<%= config.bin %> <%= command.id %> --webhook http://127.0.0.1:8080/events --check receiver.signature.wrong --seed 4f1d",
    },
  ];
  static override flags = {
    as: Flags.option({
      options: choices,
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
    const { runCertification, writeReport } = await import("../../../specs/engine/certification/index.ts");
    const { presentReport } = await import("../../certification/present.ts");
    const session = await this.session(flags);
    const targets = await readTargets(flags, session.settings.profile);
    const parts = await this.#chooseParts(session, targets, flags.as ?? ["all"]);
    const seed = flags.seed ?? randomBytes(4).toString("hex");
    this.out.note(`Testing ${parts.join(", ")} with the seed ${seed}.`);
    const options: CertificationOptions = {
      catalog: session.catalog,
      ...(await definitionsFor(session.catalog)),
      parts,
      seed,
      fetch,
      timeoutMs: flags.timeout,
      partner: targets.partner ?? { id: partyOf(session) ?? "self-test" },
      ...targets,
      ...(parts.includes("journeys") ? { sandbox: { url: session.settings.sandbox.value } } : {}),
      ...(flags.check === undefined ? {} : { checks: flags.check.flatMap((ids) => ids.split(",")) }),
    };
    const report = await this.#run(runCertification(options));
    for (const path of flags.report ?? []) {
      await writeFile(path, writeReport(report, path)).catch((cause: unknown) => {
        if (cause instanceof EcoError) throw cause;
        throw new EcoError("ECO_FILE_UNWRITABLE", `${path} can't be written: ${(cause as Error).message}.`, {
          cause,
        });
      });
      this.out.note(`Report: ${path}`);
    }
    presentReport(report, this.out);
    if (report.outcome === "passed") return { result: report };
    const failed = report.checks.filter((check) => check.outcome === "failed").length;
    const message =
      report.outcome === "failed"
        ? `${failed} of ${report.checks.length} checks failed.`
        : "The certification is incomplete: something that was asked for could not run.";
    return {
      result: report,
      failure: new EcoError("ECO_CERTIFICATION_FAILED", message, {
        fix: "Each failed check above says how to mend it; run the same command with --seed to see it again.",
      }),
    };
  }

  async #run(run: AsyncGenerator<unknown, Report>): Promise<Report> {
    const progress = this.out.progress("Checking");
    try {
      for (let count = 1; ; count++) {
        const { done, value } = await run.next();
        if (done === true) return value as Report;
        progress.update(count);
      }
    } finally {
      progress.stop();
    }
  }

  async #chooseParts(session: Session, targets: Targets, chosen: readonly (Part | "all")[]): Promise<Part[]> {
    const possible: Record<Part, boolean> = {
      provider: targets.target !== undefined,
      receiver: targets.webhook !== undefined,
      client: targets.recording !== undefined,
      money: targets.recording !== undefined,
      governance: targets.partner !== undefined,
      journeys: true,
    };
    const all = Object.keys(possible) as Part[];
    if (!chosen.includes("all")) {
      const parts = all.filter((part) => chosen.includes(part));
      const without = parts.find((part) => !possible[part]);
      if (without !== undefined)
        throw new EcoError("ECO_INPUT_MISSING", `Nothing is given to test you as ${without}.`, {
          fix: `Give ${partFlags[without]}.`,
        });
      if (parts.includes("journeys")) await requireSandbox(session);
      return parts;
    }
    const parts = all.filter((part) => possible[part]);
    if (parts.length === 1) await requireSandbox(session);
    else if (!(await reaches(session))) {
      this.out.note(`No sandbox answers at ${session.settings.sandbox.value}: the journeys are left out.`);
      return parts.filter((part) => part !== "journeys");
    }
    return parts;
  }
}

async function requireSandbox({ transport, settings }: Session): Promise<void> {
  await transport.send({
    method: "GET",
    url: new URL(settings.sandbox.value),
    headers: {},
    repeatable: true,
  });
}

function reaches(session: Session): Promise<boolean> {
  return requireSandbox(session).then(
    () => true,
    () => false,
  );
}
