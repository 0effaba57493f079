import { flushCompileCache } from "node:module";
import { relative, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Flags, type Interfaces } from "@oclif/core";
import type { Exchange, OperationReport, Sandbox } from "../../../sandbox/index.ts";
import { operationsByCapability } from "../../../specs/engine/catalog/lookup.ts";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { reasonOf } from "../../../specs/engine/errors/reason.ts";
import { httpUrl } from "../../../specs/engine/http-url.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { forgetControl, newControlToken, rememberControl } from "../../config/control-access.ts";
import { DEFAULT_SANDBOX, OWN_SPECS, type Settings } from "../../config/settings.ts";
import { personas } from "../../http/credentials.ts";
import { counted } from "../../output/counted.ts";
import { sanitizeLine } from "../../output/sanitize.ts";
import { untilStopped } from "../../until-stopped.ts";
import { assumptionsIn, presentReport, summaryOf } from "../../views/report.ts";

const INSPECT_AFTER_MS = 1_000;
const TELL_AFTER_MS = 500;

export default class SandboxStart extends EcoCommand {
  static override summary = "Serve the ecosystem of the spec set on this machine, until Ctrl-C.";
  static override description =
    "Every operation of the spec set answers, statefully: requests are validated, deliveries rated and booked, events signed and sent. What happened is kept in the database, so that a second start goes on where the first stopped. The specs are those of the moment in which it starts: when they change, it says so and goes on with what it read; start it again to serve them as they are. A document that can't be read then is left out with a warning, and records keep what was decided by former specs.\n\nWith --json one line is printed when it is ready.";
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    {
      description: "A fresh one on a free port, for a test",
      command: "<%= config.bin %> <%= command.id %> --port 0 --database memory --seed demo --json",
    },
    {
      description: "Several processes on one sandbox; the password comes from PGPASSWORD",
      command: "<%= config.bin %> <%= command.id %> --port 0 --database postgres://eco@127.0.0.1:5432/eco",
    },
    {
      description: "Your own API in the place of the reference ecosystem",
      command: "<%= config.bin %> <%= command.id %> --specs ./my-specs",
    },
  ];
  static override flags = {
    port: Flags.integer({
      default: 4010,
      min: 0,
      max: 65_535,
      helpValue: "<n>",
      summary: "Port; 0 takes a free one.",
    }),
    host: Flags.string({
      default: "127.0.0.1",
      helpValue: "<address>",
      summary: "Address to listen on; others than this machine reach it only if it says so.",
    }),
    "allow-host": Flags.string({
      helpValue: "<name>",
      multiple: true,
      multipleNonGreedy: true,
      summary: "A further name by which clients may call it.",
    }),
    database: Flags.string({
      env: "ECO_DATABASE_URL",
      helpValue: "<file|memory|url>",
      summary: "Where state is kept: .eco/sandbox.db where left out, or postgres://USER@HOST/NAME.",
    }),
    seed: Flags.string({ helpValue: "<text>", summary: "Ids and made-up values follow from it." }),
    faults: Flags.string({
      helpValue: "<file>",
      summary: "Fault rules (YAML or JSON): what goes wrong on purpose from the start.",
    }),
    "allow-loopback-webhooks": Flags.boolean({ summary: "Let webhooks go to this machine." }),
    docs: Flags.string({
      env: "ECO_DOCS",
      helpValue: "<url>",
      summary: "Address of the portal, so that the `type` of an error leads to its page.",
    }),
    record: Flags.string({
      helpValue: "<file>",
      summary: "Record the session into a file, to be replayed byte for byte by `eco sandbox replay`.",
    }),
    report: Flags.boolean({
      summary:
        "Say of each operation how it is served: by a capability, by inferred state, or from the spec.",
    }),
    verbose: Flags.boolean({ summary: "Print a line for each request on stderr." }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(SandboxStart);
    const { listen } = await import("../../../sandbox/index.ts");
    const controlToken = newControlToken();
    const { sandbox, database } = await this.#open(flags, controlToken);
    const recording = await this.#record(sandbox, flags.record);
    const { port, host } = flags;
    const listening = await listen(sandbox, { port, host, allowedHosts: flags["allow-host"] ?? [] }).catch(
      async (cause: unknown) => {
        await sandbox.close();
        throw cause;
      },
    );
    const access = { url: listening.url, controlPath: sandbox.controlPath, token: controlToken };
    await rememberControl(access).catch((error: unknown) =>
      this.out.warn(
        `Other commands can control this sandbox only with ECO_SANDBOX_TOKEN: ${reasonOf(error)}`,
      ),
    );
    const report = flags.report ? await sandbox.inspect() : await sandbox.report();
    this.#present(sandbox, listening.url, database, { report, whole: flags.report });
    const result = {
      url: listening.url,
      port: listening.port,
      control: `${listening.url}${sandbox.controlPath}`,
      ecosystem: sandbox.catalog.ecosystem.id,
      catalogDigest: sandbox.catalog.digest,
      operations: report.length,
      database,
      ...(flags.report ? { report } : {}),
    };
    // From the moment in which it says that it is ready, whoever stops it finds it closing properly.
    const stopped = untilStopped();
    this.out.succeed(result);
    const ending = new AbortController();
    const inspecting = this.#inspect(sandbox, ending.signal);
    const watching = this.#watch(await this.settings(flags), ending.signal);
    await stopped;
    ending.abort();
    await Promise.all([inspecting, watching]);
    await forgetControl(access);
    try {
      await recording?.end();
    } finally {
      await this.#closing(listening.close());
    }
    return { result, told: true };
  }

  /** What is being sent is given its time: whoever waits for that hears why, and how not to. */
  async #closing(closed: Promise<void>): Promise<void> {
    const closing = new AbortController();
    const { signal } = closing;
    const telling = setTimeout(TELL_AFTER_MS, undefined, { signal }).then(
      () =>
        this.out.note(
          "Waiting up to ten seconds for requests, events and calls that are under way. Ctrl-C again ends at once; events that got no answer are sent again at the next start.",
        ),
      () => undefined,
    );
    await closed.finally(() => closing.abort());
    await telling;
  }

  /** The sandbox, and where its state is kept as it may be shown. */
  async #open(flags: StartFlags, controlToken: string): Promise<{ sandbox: Sandbox; database: string }> {
    const settings = await this.settings(flags);
    const { openCatalog } = await import("../../session.ts");
    const { createSandbox, openStore } = await import("../../../sandbox/index.ts");
    const { readCheckedFaultRules } = await import("../../sandbox/fault-rules-file.ts");
    const catalog = await openCatalog(settings, this.out, { tellsUnread: true });
    const database = databaseIn(flags.database);
    const docs = flags.docs === undefined ? {} : { docsBase: docsBase(flags.docs) };
    const faults = flags.faults === undefined ? [] : await readCheckedFaultRules(flags.faults, catalog);
    const store = await openStore(database);
    const sandbox = await createSandbox({
      catalog,
      store,
      controlToken,
      faults,
      ...(flags.seed === undefined ? {} : { seed: flags.seed }),
      allowLoopbackWebhooks: flags["allow-loopback-webhooks"],
      ...docs,
      ...(flags.verbose ? { onExchange: (exchange) => this.#log(exchange) } : {}),
    });
    // A URL may hold a password: what is shown is the store's own name for itself.
    return { sandbox, database: isUrl(database) ? store.description : database };
  }

  /** The address on stdout, for a person; what is served, where its state is and how it is controlled beside it. */
  #present(
    { catalog, controlPath, faults }: Sandbox,
    url: string,
    database: string,
    { report, whole }: { readonly report: readonly OperationReport[]; readonly whole: boolean },
  ): void {
    this.out.data(url);
    if (whole && report.length > 0) presentReport(report, this.out);
    this.out.note(
      [
        `${catalog.ecosystem.title} is served: ${summaryOf(report, catalog)}.`,
        `State: ${shortPath(database)}. Stop with Ctrl-C.`,
        `Control: ${url}${controlPath}, for \`eco sandbox\` of this user; elsewhere with its token in ECO_SANDBOX_TOKEN.`,
        ...nextIn(catalog, url === DEFAULT_SANDBOX ? "" : ` --sandbox ${url}`),
      ].join("\n"),
    );
    const rules = faults.list().length;
    if (rules > 0)
      this.out.warn(
        `${rules} fault ${rules === 1 ? "rule is" : "rules are"} in force: \`eco sandbox fault list\`.`,
      );
  }

  /** From the first request on, line by line: what was recorded survives a crash. */
  async #record(sandbox: Sandbox, file: string | undefined): Promise<{ end(): Promise<void> } | undefined> {
    if (file === undefined) return undefined;
    const { openFileSink, sharedWhileRecorded } = await import("../../sandbox-files.ts");
    const { sink, close } = await openFileSink(file);
    await sandbox.control.session.start((line) => {
      try {
        sink(line);
      } catch (error) {
        this.out.warn(`The recording into ${file} is given up: ${reasonOf(error)}.`);
        throw error;
      }
    });
    return {
      end: async () => {
        const { exchanges, changedBeside } = await sandbox.control.session.stop().finally(close);
        this.out.note(`${counted(exchanges, "exchange")} recorded in ${file}.`);
        if (changedBeside !== undefined) this.out.warn(sharedWhileRecorded(file, changedBeside).message);
      },
    };
  }

  /**
   * Names what can't be answered, or only by assuming something. An answer of every operation is tried for it, which
   * takes its time on a large spec: whoever waits for the first answers comes before.
   */
  async #inspect(sandbox: Sandbox, signal: AbortSignal): Promise<void> {
    try {
      await setTimeout(INSPECT_AFTER_MS, undefined, { signal });
      const report = await sandbox.inspect(signal);
      for (const { operationId, servedBy, detail } of report) {
        if (servedBy === "nothing") this.out.warn(`${operationId} can't be answered: ${detail}.`);
      }
      for (const line of assumptionsIn(report)) this.out.warn(line);
      const { openRating } = await import("../../rating.ts");
      await openRating(sandbox.catalog).catch((error: unknown) => {
        this.out.warn(
          `Nothing can be rated, the rate cards and agreements can't be used: ${reasonOf(error)}`,
        );
      });
      // Node keeps what it compiled when it ends, and a server is as often killed as it ends.
      flushCompileCache();
    } catch (error) {
      if (!signal.aborted) this.out.warn(`Not every operation could be tried: ${reasonOf(error)}`);
    }
  }

  /** What comes with eco doesn't change; whoever writes specs sees why a change of them does nothing yet. */
  async #watch({ specs }: Settings, signal: AbortSignal): Promise<void> {
    if (specs.source === OWN_SPECS) return;
    try {
      await setTimeout(INSPECT_AFTER_MS, undefined, { signal });
      const { tellChangedSpecs } = await import("../../sandbox/tell-changed-specs.ts");
      await tellChangedSpecs(specs.value, this.out, signal);
    } catch (error) {
      if (!signal.aborted) this.out.warn(`Changes of the specs aren't noticed: ${reasonOf(error)}`);
    }
  }

  #log({ method, path, status, party, code, durationMs }: Exchange): void {
    const who = party === undefined ? "" : ` ${party}`;
    const why = code === undefined ? "" : ` ${code}`;
    this.out.note(sanitizeLine(`${status} ${method} ${path}${who}${why} ${durationMs.toFixed(1)} ms`));
  }
}

/** What to do in another terminal: join, where companies can, else try it as a party whose credentials are published. */
function nextIn(catalog: Sandbox["catalog"], at: string): string[] {
  const persona = personas(catalog)[0]?.party;
  const joins = operationsByCapability(catalog, "parties.register").length > 0;
  const commands = [
    ...(joins ? [`eco onboard${at}`] : []),
    ...(persona === undefined ? [] : [`eco whoami --profile ${persona}${at}`]),
  ];
  return commands.length === 0 ? [] : [`Next, in another terminal: ${commands.join(", or ")}`];
}

type StartFlags = Interfaces.InferredFlags<typeof SandboxStart.flags>;

/** @throws EcoError ECO_USAGE for a URL of another database */
function databaseIn(flag: string | undefined): string {
  const database = flag ?? resolve(".eco", "sandbox.db");
  if (!isUrl(database) || /^postgres(ql)?:/i.test(database)) return database;
  throw new EcoError("ECO_USAGE", "--database takes the path of a file, `memory`, or a postgres:// URL.", {
    fix: "Leave the flag and ECO_DATABASE_URL out to use .eco/sandbox.db.",
  });
}

const isUrl = (database: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(database);

function shortPath(database: string): string {
  if (database === "memory" || database.startsWith("PostgreSQL ")) return database;
  const short = relative(process.cwd(), database);
  return short.startsWith("..") ? database : short;
}

/** @throws EcoError ECO_USAGE for what is no http or https address */
function docsBase(text: string): string {
  const url = httpUrl(text);
  if (url === undefined)
    throw new EcoError("ECO_USAGE", `--docs \`${text}\` is no http or https URL.`, {
      fix: "Give the address of the portal, like http://127.0.0.1:4321/.",
    });
  return url.href.endsWith("/") ? url.href : `${url.href}/`;
}
