import { Command } from "@oclif/core";
import type { Catalog } from "../specs/engine/catalog/types.ts";
import type { EcoError } from "../specs/engine/errors/eco-error.ts";
import { resolveSettings, type Settings } from "./config/settings.ts";
import { toEcoError } from "./errors/usage.ts";
import { type GlobalFlags, globalFlags } from "./flags.ts";
import type { Fields } from "./http/api-client.ts";
import type { ControlClient } from "./http/control-client.ts";
import { Output } from "./output/output.ts";
import type { Session } from "./session.ts";
import type { ListView } from "./views/present-list.ts";

/**
 * What a command did. `result` is what `--json` prints; `failure` makes the exit status tell of it although the command ran to its end,
 * as after a certification that found something.
 */
export interface Outcome {
  readonly result: unknown;
  readonly failure?: EcoError;
  /** Set where the command has printed its result itself, as one that goes on after it is ready. */
  readonly told?: boolean;
}

/** Base of all commands: the global flags, the streams, one way to succeed and one to fail. Commands parse, call and present; no more. */
export abstract class EcoCommand extends Command {
  static override baseFlags = globalFlags;
  static override enableJsonFlag = true;

  protected readonly out = new Output({ json: this.jsonEnabled() });

  execute(): Promise<void> {
    return this._run();
  }

  /** Never exits: stdout may be a pipe that has not taken everything yet. The status is set, and Node ends when all is written. */
  protected override async _run<T>(): Promise<T> {
    try {
      const outcome: Outcome = await this.run();
      if (outcome.failure === undefined) {
        if (outcome.told !== true) this.out.succeed(outcome.result);
      } else {
        process.exitCode = outcome.failure.exitCode;
        this.out.fail(outcome.failure, outcome.result);
      }
    } catch (thrown) {
      const error = toEcoError(thrown, this.commandName());
      process.exitCode = error.exitCode;
      this.out.fail(error);
      if (process.env["ECO_DEBUG"] === "1")
        this.out.note(`${error.stack ?? ""}\n${String(error.cause ?? "")}`);
    }
    return undefined as T;
  }

  abstract override run(): Promise<Outcome>;

  /** The settings that this command line works with. */
  protected settings(flags: Partial<GlobalFlags>): Promise<Settings> {
    return resolveSettings(flags);
  }

  /** The spec set of the settings, compiled; from the cache where its sources have not changed. */
  protected async catalog(flags: Partial<GlobalFlags>): Promise<Catalog> {
    const { openCatalog } = await import("./session.ts");
    return openCatalog(await this.settings(flags), this.out);
  }

  /** Settings, spec set, credentials and a client for them. */
  protected async session(flags: Partial<GlobalFlags>): Promise<Session> {
    const { openSession } = await import("./session.ts");
    return openSession(await this.settings(flags), this.out);
  }

  /**
   * Calls what a capability is bound to and shows the record that comes back.
   *
   * @param input what is undefined in it isn't sent; a function where it follows from something that has to be asked first
   */
  protected async ask(
    flags: Partial<GlobalFlags>,
    capability: string,
    input: Fields | ((session: Session) => Promise<Fields>),
    present: (record: Fields, out: Output, session: Session) => void,
  ): Promise<Outcome> {
    const session = await this.session(flags);
    const asked = typeof input === "function" ? await input(session) : input;
    const { result } = await session.client.call(capability, asked);
    present(result, this.out, session);
    return { result };
  }

  /** Shows what a capability lists, page by page until there is as much as `--limit` asks for. */
  protected async list(
    flags: Partial<GlobalFlags> & { readonly limit: number },
    view: ListView,
  ): Promise<Outcome> {
    const { presentList } = await import("./views/present-list.ts");
    return { result: await presentList(await this.session(flags), view, flags.limit, this.out) };
  }

  /**
   * A session that may control the sandbox: unless a profile or a token is named, with the test credentials that the spec
   * set publishes for its orchestrator, so that a sandbox of one's own can be reset before anyone has onboarded.
   */
  protected async controlSession(flags: Partial<GlobalFlags>): Promise<Session> {
    const { openSession } = await import("./session.ts");
    return openSession(await this.settings(flags), this.out, { asOrchestrator: !namesParty(flags) });
  }

  /**
   * The control API of the sandbox.
   * @throws EcoError ECO_CONTROL_REFUSED where nobody knows its token
   */
  protected async control(flags: Partial<GlobalFlags>): Promise<ControlClient> {
    const { openControl, noControl } = await import("./http/control-client.ts");
    const settings = await this.settings(flags);
    const control = await openControl(settings, this.out);
    if (control === undefined) throw noControl(settings.sandbox.value);
    return control;
  }

  /** The same where its token is known and no profile or token of a party says to act as that. */
  protected async ownControl(flags: Partial<GlobalFlags>): Promise<ControlClient | undefined> {
    if (namesParty(flags)) return undefined;
    const { openControl } = await import("./http/control-client.ts");
    return openControl(await this.settings(flags), this.out);
  }

  private commandName(): string {
    return (this.id ?? "").replaceAll(":", " ");
  }
}

/** Whether a profile or a token says which party to act as. */
function namesParty({ profile }: Partial<GlobalFlags>): boolean {
  return (profile ?? process.env["ECO_PROFILE"] ?? process.env["ECO_TOKEN"]) !== undefined;
}
