import { Args, Flags } from "@oclif/core";
import type { ReplayReport, Resent, Session } from "../../../sandbox/session/index.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import type { Settings } from "../../config/settings.ts";
import type { GlobalFlags } from "../../flags.ts";
import type { Credentials } from "../../http/credentials.ts";
import { counted } from "../../output/counted.ts";
import { recordedKind } from "../../recorded-kind.ts";
import { presentDivergence, presentResent } from "../../views/replay.ts";

const OTHER_SPECS = {
  fix: "It was recorded on other specs: with those it should be the same. `--to URL` of a sandbox on these specs sends all of its requests there, and compares status and schema to the end.",
};

export default class SandboxReplay extends EcoCommand {
  static override summary = "Run a recorded session again and say where it first comes out differently.";
  static override description =
    "A session, or the bundle that a failed test left, is replayed on a fresh sandbox of the same specs: its requests in the recorded order, with the recorded clock and random values, its endpoints answering as they did. Every answer, event, booking and webhook must be the same, byte for byte. Ends with status 3 at the first difference.\n\nA HAR file, or any recording with --to, is sent to a running sandbox in its order: status and schema of each answer are compared, not bytes. Who sent a request is known from a recording of eco; what a browser wrote without credentials is sent as --profile.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> session.ndjson",
    {
      description: "Over a real port, as clients come",
      command: "<%= config.bin %> <%= command.id %> session.ndjson --http",
    },
    {
      description: "What would another sandbox, or your own build, answer?",
      command: "<%= config.bin %> <%= command.id %> traffic.har --to http://127.0.0.1:4010",
    },
  ];
  static override args = {
    file: Args.string({
      required: true,
      ignoreStdin: true,
      description: "A session, a bundle, or a HAR file.",
    }),
  };
  static override flags = {
    http: Flags.boolean({ exclusive: ["to"], summary: "Send the requests over a port of this machine." }),
    to: Flags.string({ helpValue: "<url>", summary: "Send the requests there." }),
    unsealed: Flags.boolean({ summary: "Take a session that was cut off or changed, as far as it goes." }),
    "other-specs": Flags.boolean({ summary: "Take a session that was recorded on other specs." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(SandboxReplay);
    const isHar = args.file.toLowerCase().endsWith(".har") || (await recordedKind(args.file)) === "har";
    if (flags.to !== undefined || isHar) return this.#resend(args.file, flags);
    const { readRecording } = await import("../../sandbox-files.ts");
    const { session, bundle } = await readRecording(args.file, flags);
    if (bundle !== undefined) this.out.note(`Of the failed test "${bundle.failure.name}".`);
    const { createSandbox, openStore } = await import("../../../sandbox/index.ts");
    const { replaySession, httpTarget } = await import("../../../sandbox/session/index.ts");
    const catalog = await this.catalog(flags);
    const report = await replaySession({
      session,
      store: await openStore("memory"),
      open: (store, settings) => createSandbox({ catalog, store, ...settings }),
      ...(flags.http ? { target: httpTarget } : {}),
      otherSpecs: flags["other-specs"],
    });
    const isForeign = session.header.catalogDigest !== catalog.digest;
    return this.#conclude(report, session, isForeign);
  }

  #conclude(report: ReplayReport, session: Session, isForeign: boolean): Outcome {
    const { exchanges, steps, webhooks, difference } = report;
    if (difference === undefined) {
      const found = `${counted(exchanges, "exchange")}, ${counted(steps, "step")}, ${counted(webhooks, "webhook")}`;
      this.out.data(
        session.end !== undefined
          ? `The same, byte for byte: ${found}, and the state at the end.`
          : `The same, byte for byte, as far as it goes: ${found}. Its end is missing, and with it the state to compare.`,
      );
      return { result: report };
    }
    presentDivergence(difference, session, this.out);
    const what = "The replay came out differently than what was recorded, and ends at the first difference.";
    return {
      result: report,
      failure: new EcoError("ECO_SESSION_DIFFERS", what, isForeign ? OTHER_SPECS : {}),
    };
  }

  async #resend(
    file: string,
    flags: Partial<GlobalFlags> & { readonly to?: string | undefined },
  ): Promise<Outcome> {
    const { resend } = await import("../../../sandbox/session/index.ts");
    const { unreachable } = await import("../../http/transport.ts");
    const { personaAuthorization, readExchanges } = await import("../../resending.ts");
    const settings = await this.settings(flags);
    const catalog = await this.catalog(flags);
    const baseUrl = flags.to ?? settings.sandbox.value;
    const resent: Resent[] = await resend({
      catalog,
      recording: await readExchanges(file),
      baseUrl,
      fetch: (request) =>
        fetch(request, { redirect: "manual" }).catch((error: unknown) => {
          throw unreachable(new URL(request.url), error instanceof Error ? (error.cause ?? error) : error);
        }),
      authorization: personaAuthorization(catalog, baseUrl, await this.#sender(flags, settings, catalog)),
      onResent: (one) => presentResent(one, this.out),
    });
    if (resent.every(({ skipped }) => skipped !== undefined))
      throw new EcoError("ECO_INPUT_INVALID", `${file} holds no request to an operation of the spec set.`, {
        fix: "Give a recording of this API's traffic, or with --specs the specs of the API that was recorded.",
      });
    const different = resent.filter(({ same }) => !same).length;
    this.out.data(
      `${counted(resent.length, "exchange")}, ${different} with another status or an answer that breaks its schema`,
    );
    const result = { exchanges: resent.length, different, items: resent };
    if (different === 0) return { result };
    const sent = resent.filter(({ skipped }) => skipped === undefined);
    const reason = sent[0]?.failure;
    if (reason !== undefined && sent.every(({ failure }) => failure !== undefined))
      return { result, failure: new EcoError("ECO_SANDBOX_UNREACHABLE", `Nothing was answered: ${reason}`) };
    const what = `${different} of ${counted(resent.length, "exchange")} came out differently.`;
    const lacksToken = resent.some(({ got, want }) => got === 401 && want !== 401);
    const fix = "Recordings may hold no credentials: `--profile` says who sends the requests that have none.";
    return { result, failure: new EcoError("ECO_SESSION_DIFFERS", what, lacksToken ? { fix } : {}) };
  }

  /** Nobody's secret is sent along that wasn't asked for by name. */
  async #sender(
    { profile }: Partial<GlobalFlags>,
    settings: Settings,
    catalog: Catalog,
  ): Promise<Credentials | undefined> {
    if (profile === undefined) return undefined;
    const { findCredentials, notSignedIn } = await import("../../http/credentials.ts");
    const credentials = await findCredentials(settings, catalog);
    if (credentials === undefined) throw notSignedIn(settings, catalog);
    return credentials;
  }
}
