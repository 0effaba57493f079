import { randomBytes } from "node:crypto";
import { Flags } from "@oclif/core";
import packageJson from "../../package.json" with { type: "json" };
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import type { Tool } from "../../specs/engine/tools/tools.ts";
import { chooseOperations } from "../choose-operations.ts";
import { EcoCommand, type Outcome } from "../command.ts";
import type { ServedTools } from "../mcp/server.ts";
import { counted } from "../output/counted.ts";
import { sanitizeLine } from "../output/sanitize.ts";
import type { Session } from "../session.ts";

/** Agents choose worse among more. */
const MANY_TOOLS = 60;

export default class Mcp extends EcoCommand {
  static override summary = "Give software agents the operations as tools (Model Context Protocol).";
  static override description =
    "Speaks over stdin and stdout with the agent that started it; with --port over HTTP, to this machine alone and to whoever sends the token that it prints. Every tool is an operation of the spec set, called at the sandbox with your profile's credentials.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> --profile blueline --tag Deliveries",
    "<%= config.bin %> <%= command.id %> --read-only --port 4330",
    "<%= config.bin %> <%= command.id %> --list",
  ];
  static override flags = {
    operation: Flags.string({
      multiple: true,
      helpValue: "<id>",
      summary: "Only this one. Repeat it for several.",
    }),
    tag: Flags.string({
      multiple: true,
      helpValue: "<tag>",
      summary: "Only operations with this tag. Repeat it for several.",
    }),
    "read-only": Flags.boolean({ summary: "Only operations that change nothing." }),
    list: Flags.boolean({ summary: "Show the tools and end.", exclusive: ["port"] }),
    port: Flags.integer({
      helpValue: "<n>",
      min: 0,
      max: 65_535,
      summary: "Serve over HTTP on this port; 0 takes a free one.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(Mcp);
    const session = await this.session(flags);
    const operations = chooseOperations(session.catalog, { ids: flags.operation, tags: flags.tag });
    const { toolsOf, usableBy } = await import("../../specs/engine/tools/tools.ts");
    const tools = toolsOf(session.catalog, usableBy(session.catalog, operations)).filter(
      ({ hints }) => hints.readOnly || !flags["read-only"],
    );
    if (tools.length === 0)
      throw new EcoError("ECO_USAGE", "None of these operations can be given to an agent.", {
        fix: "Choose others: what exchanges credentials, what partners serve and what takes neither JSON nor a form or text is left out.",
      });
    if (flags.list) {
      this.out.table(tools, [
        { header: "Tool", value: ({ name }) => name },
        { header: "Operation", value: ({ operation }) => `${operation.method} ${operation.path}` },
        { header: "Changes", value: ({ hints }) => (hints.readOnly ? "nothing" : "data") },
        { header: "Title", value: ({ title }) => title },
      ]);
      return {
        result: {
          tools: tools.map(({ name, title, inputSchema, hints }) => ({ name, title, ...hints, inputSchema })),
        },
      };
    }
    if (tools.length > MANY_TOOLS)
      this.out.note(
        `${tools.length} tools are many for an agent: choose with --tag, --operation, --read-only.`,
      );
    const served = this.#served(session, tools);
    return flags.port === undefined ? this.#overStdio(served) : this.#overHttp(served, flags.port);
  }

  #served(session: Session, tools: readonly Tool[]): ServedTools {
    const { catalog, client, credentials, settings } = session;
    const { ecosystem } = catalog;
    const party = credentials?.party ?? settings.profile?.party;
    const who = party === undefined ? "Calls are made as nobody" : `Calls are made as the party ${party}`;
    const about =
      ecosystem.description === "" ? ecosystem.title : `${ecosystem.title}: ${ecosystem.description}`;
    return {
      name: `eco-${ecosystem.id}`,
      title: ecosystem.title,
      version: packageJson.version,
      instructions: `${about}\n\n${who}, at ${settings.sandbox.value}. What is refused says how to mend it. Amounts named …Minor are in minor units.`,
      tools,
      client,
    };
  }

  async #overStdio(served: ServedTools): Promise<Outcome> {
    if (process.stdin.isTTY)
      throw new EcoError(
        "ECO_USAGE",
        "An agent starts this command and speaks with it over stdin and stdout.",
        {
          fix: "Add it to the agent's configuration, see `eco mcp --help`; look at the tools with --list, or serve over HTTP with --port.",
        },
      );
    const { serveStdio } = await import("@modelcontextprotocol/server/stdio");
    const { serverOf } = await import("../mcp/server.ts");
    const { untilStopped } = await import("../until-stopped.ts");
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    process.stdin.once("end", end).once("close", end);
    const connection = serveStdio(() => serverOf(served), {
      // What isn't a message of the protocol comes with a whole tree of reasons.
      onerror: ({ message }) =>
        this.out.note(
          `A message was passed over: ${sanitizeLine(message).replace(/\s+/g, " ").slice(0, 160)}`,
        ),
    });
    this.out.note(`${counted(served.tools.length, "tool")} for an agent, over stdin and stdout.`);
    await Promise.race([ended, untilStopped()]);
    await connection.close();
    return { result: undefined, told: true };
  }

  async #overHttp(served: ServedTools, port: number): Promise<Outcome> {
    const { serveHttp } = await import("../mcp/serve-http.ts");
    const { idleUntilStopped } = await import("../until-stopped.ts");
    const given = process.env["ECO_MCP_TOKEN"];
    const token = given ?? randomBytes(24).toString("base64url");
    const { url, close } = await serveHttp(served, port, token);
    const tools = served.tools.length;
    this.out.data(`${counted(tools, "tool")} at ${url}`);
    this.out.succeed({ url, tools });
    this.out.note(
      given === undefined ? `Authorization: Bearer ${token}` : "The token is that of ECO_MCP_TOKEN.",
    );
    this.out.note("Stop with Ctrl-C.");
    await idleUntilStopped();
    await close();
    return { result: undefined, told: true };
  }
}
