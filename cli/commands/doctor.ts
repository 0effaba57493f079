import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../command.ts";
import type { Settings } from "../config/settings.ts";
import type { Session } from "../session.ts";

interface Check {
  readonly name: string;
  readonly state: "ok" | "warning" | "failed";
  readonly value: string;
  /** Where the value came from, or what to do. */
  readonly note: string;
}

export default class Doctor extends EcoCommand {
  static override summary = "Check this machine and show where each setting came from.";
  static override description =
    "Precedence: flag, environment, project file (eco.config.yaml), profile, default. Exits with 5 where the sandbox can't be reached.";
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> --json",
  ];

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(Doctor);
    const settings = await this.settings(flags);
    const session = await this.session(flags).catch((cause: unknown) => cause);
    const checks = [nodeCheck(), ...settingChecks(settings), ...(await sessionChecks(session))];
    this.out.table(checks, [
      { header: "", value: ({ state }) => ({ ok: "✓", warning: "!", failed: "✗" })[state] },
      { header: "Check", value: ({ name }) => name },
      { header: "Value", value: ({ value }) => value },
      { header: "From / fix", value: ({ note }) => note },
    ]);
    const result = { checks };
    const failed = checks.find(({ state }) => state === "failed");
    if (failed === undefined) return { result };
    const code = failed.name === "Sandbox" ? "ECO_SANDBOX_UNREACHABLE" : "ECO_SPEC_INVALID";
    return { result, failure: new EcoError(code, `${failed.name}: ${failed.value}.`, { fix: failed.note }) };
  }
}

function nodeCheck(): Check {
  return { name: "Node", state: "ok", value: process.versions.node, note: process.execPath };
}

function settingChecks(settings: Settings): Check[] {
  const { profileName, profile, sandbox, specs, projectFile } = settings;
  const setting = (name: string, { value, source }: { value: string; source: string }): Check => ({
    name,
    state: "ok",
    value,
    note: source,
  });
  return [
    { name: "Project file", state: "ok", value: projectFile ?? "none", note: "" },
    setting("Profile", profileName),
    { name: "Profile saved", state: "ok", value: profile === undefined ? "no" : "yes", note: "" },
    setting("Sandbox address", sandbox),
    setting("Specs", specs),
  ];
}

async function sessionChecks(session: unknown): Promise<Check[]> {
  if (session instanceof EcoError)
    return [{ name: "Spec set", state: "failed", value: session.message, note: session.fix }];
  if (session instanceof Error) throw session;
  const { catalog, credentials, client } = session as Session;
  const { ecosystem, operations, messages, workflows } = catalog;
  const size = `${operations.length} operations, ${messages.length} events, ${workflows.length} journeys`;
  return [
    { name: "Spec set", state: "ok", value: `${ecosystem.title}: ${size}`, note: catalog.digest },
    credentials === undefined
      ? { name: "Credentials", state: "warning", value: "none", note: "Run `eco onboard`." }
      : {
          name: "Credentials",
          state: "ok",
          value: credentials.party ?? "unknown party",
          note: credentials.source,
        },
    await (client.has("sandbox.get") ? sandboxCheck : plainCheck)(session as Session).catch(unreached),
  ];
}

async function sandboxCheck({ client, catalog }: Session): Promise<Check> {
  const startedAt = performance.now();
  const { result } = await client.call("sandbox.get");
  const ms = Math.round(performance.now() - startedAt);
  const digest = result["catalogDigest"];
  const value = `answers in ${ms} ms`;
  if (digest === undefined || digest === catalog.digest)
    return { name: "Sandbox", state: "ok", value, note: "runs the same specs" };
  const note = "runs other specs than --specs names: commands may not fit";
  return { name: "Sandbox", state: "warning", value, note };
}

/** An API without an operation that tells about itself: that anything answers is all there is to see. */
async function plainCheck({ settings, transport }: Session): Promise<Check> {
  const url = new URL(settings.sandbox.value);
  const { status } = await transport.send({ method: "GET", url, headers: {}, repeatable: true });
  return { name: "Sandbox", state: "ok", value: `answers (${status})`, note: "" };
}

function unreached(cause: unknown): Check {
  if (!(cause instanceof EcoError)) throw cause;
  return { name: "Sandbox", state: "failed", value: cause.message.replace(/\.$/, ""), note: cause.fix };
}
