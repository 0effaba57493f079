import { setTimeout as sleep } from "node:timers/promises";
import { Flags } from "@oclif/core";
import { isPlainObject } from "../../../specs/engine/catalog/pointer.ts";
import { type LevelDefinition, levelDefinitions } from "../../../specs/engine/certification/index.ts";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { requireLevel } from "../../certification/check-names.ts";
import { runCommand } from "../../certification/run-command.ts";
import { readSubmission } from "../../certification/submission.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { asGiven } from "../../config/as-given.ts";
import type { Fields } from "../../http/api-client.ts";
import type { Session } from "../../session.ts";
import { presentCertification } from "../../views/certification.ts";

const POLL_MS = 300;

const isUnderWay = ({ evidence }: Fields): boolean => evidence === "waiting" || evidence === "observing";

export default class CertifySubmit extends EcoCommand {
  static override summary = "Ask the orchestrator to certify you: its sandbox drives the run.";
  static override description =
    "The sandbox chooses the seed, drives provider, receiver and governance against what you declare, and keeps the evidence; it shows the seed when the run has ended. For client, money and journeys it watches your own client, from the submission until `eco certify finish`, or while --run COMMAND goes on: it answers 429, 503 and 504, ends tokens early, adds fields and shortens pages, to your party alone. A run that passed at the level asked for yields a signed certificate, after the review that the level asks for.\n\nTokens of your API are read from ECO_TARGET_TOKEN, and _EXPIRED, _LIMITED and _OTHER, as in `eco certify`; the sandbox forgets them after the run.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> --as provider --level bronze --target https://api.example.com --wait",
    "<%= config.bin %> <%= command.id %> --as provider --as receiver --level silver --target https://api.example.com --endpoint whe_01",
    '<%= config.bin %> <%= command.id %> --as client --as money --level silver --run "npm run working-day" --wait',
  ];
  static override flags = {
    as: Flags.option({
      options: ["client", "provider", "receiver", "journeys", "money", "governance"] as const,
      multiple: true,
      multipleNonGreedy: true,
      required: true,
      summary: "In what.",
    })(),
    level: Flags.string({
      helpValue: "<id>",
      summary: "How much is to be proved; the lowest level of the spec set where left out.",
    }),
    target: Flags.string({ helpValue: "<url>", summary: "Base address of your API." }),
    endpoint: Flags.string({
      helpValue: "<id>",
      summary: "Your webhook endpoint; the only verified one where left out.",
    }),
    manifest: Flags.string({ helpValue: "<file>", summary: "What you implement, as YAML or JSON." }),
    build: Flags.string({ helpValue: "<id>", summary: "Which build of yours is tested." }),
    by: Flags.string({ helpValue: "<person>", summary: "Who of you submits it." }),
    run: Flags.string({
      helpValue: "<command>",
      summary: "Your client: it is run while it is watched, and the observation ends with it.",
    }),
    wait: Flags.boolean({ summary: "Wait for the end of the run; exit 3 when it doesn't pass." }),
    "wait-timeout": Flags.integer({
      default: 300,
      min: 1,
      max: 3600,
      helpValue: "<s>",
      summary: "How long to wait at most.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(CertifySubmit);
    const session = await this.session(flags);
    const levels = levelDefinitions(session.catalog);
    const level = flags.level ?? lowestOf(levels);
    requireLevel(level, levels);
    const submission = await readSubmission({ ...flags, level }, session.client);
    const submitted = (await session.client.call("certifications.submit", submission)).result;
    const shown = flags.run === undefined ? submitted : await this.#observed(session, submitted, flags.run);
    if (shown["evidence"] === "observing") this.#tellHowToFinish(shown, asGiven(session.settings));
    const result = flags.wait ? await this.#ended(session, shown, flags["wait-timeout"]) : shown;
    presentCertification(result, this.out);
    const evidence = result["evidence"];
    if (!flags.wait || evidence === "passed" || evidence === "none") return { result };
    if (evidence === undefined) return { result, failure: endUnknown(session) };
    const message = isUnderWay(result)
      ? `The run has not ended within ${flags["wait-timeout"]} s; \`eco certify show ${String(result["id"])}${asGiven(session.settings)}\` tells when it has.`
      : `The run of ${String(result["id"])} ended: ${String(evidence)}.`;
    return { result, failure: new EcoError("ECO_CERTIFICATION_FAILED", message) };
  }

  /** Runs the partner's client while the sandbox watches it. How the client ended is its own affair. */
  async #observed({ client }: Session, submitted: Fields, command: string): Promise<Fields> {
    if (submitted["evidence"] !== "observing") return submitted;
    const status = await runCommand(command);
    if (status !== 0) this.out.note(`\`${command}\` ended with status ${status}.`);
    return (await client.call("certifications.end-observation", { certificationId: submitted["id"] })).result;
  }

  #tellHowToFinish({ id, observation }: Fields, as: string): void {
    const closesAt = isPlainObject(observation) ? String(observation["closesAt"]) : "";
    this.out.note(
      `Your client is being observed until ${closesAt}. Let it work, then \`eco certify finish ${String(id)}${as}\`.`,
    );
  }

  async #ended({ client }: Session, submitted: Fields, seconds: number): Promise<Fields> {
    const until = Date.now() + seconds * 1000;
    let certification = submitted;
    while (isUnderWay(certification) && Date.now() < until) {
      await sleep(POLL_MS);
      certification = (await client.call("certifications.get", { certificationId: submitted["id"] })).result;
    }
    return certification;
  }
}

function lowestOf([lowest]: readonly LevelDefinition[]): string {
  if (lowest !== undefined) return lowest.id;
  throw new EcoError("ECO_SPEC_INVALID", "The spec set declares no level that could be submitted for.", {
    fix: "Add a document of the kind `certification` with `levels` to it.",
  });
}

/** Another ecosystem's API may keep to itself what became of the run. */
function endUnknown({ client }: Session): EcoError {
  const { id } = client.operation("certifications.get");
  return new EcoError(
    "ECO_ANSWER_INCOMPLETE",
    `${id} doesn't tell \`evidence\`: how the run ends can't be waited for.`,
  );
}
