import { Flags } from "@oclif/core";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { httpUrl } from "../../../specs/engine/http-url.ts";
import { pause } from "../../../specs/engine/pause.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import type { EventFeed, FedEvent, FeedOptions } from "../../events/feed.ts";
import type { Forwarded } from "../../events/forwarder.ts";
import { messageNamed } from "../../events/message-named.ts";
import type { GlobalFlags } from "../../flags.ts";
import { toJsonLine } from "../../output/envelope.ts";
import { sanitizeLine } from "../../output/sanitize.ts";
import { untilStopped } from "../../until-stopped.ts";

/** How long to wait before a sandbox that went away is looked for again. */
const LOOK_AGAIN_MS = 1_000;

export default class EventsListen extends EcoCommand {
  static override summary = "Bring a sandbox's events to a receiver that it can't reach, until Ctrl-C.";
  static override description =
    "The events are fetched, signed and sent from here, so your receiver needs no public address: in order for each subject, again where it fails, with Retry-After and 410 honoured. After a restart of the sandbox it goes on where it was.\n\nOn a sandbox of your own all events come, or with --party those of one; elsewhere those that your credentials may read. With --json each line is one attempt.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> --forward-to http://127.0.0.1:3000/webhooks",
    {
      description: "Only some, from the first event on",
      command:
        "<%= config.bin %> <%= command.id %> --forward-to http://127.0.0.1:3000/webhooks --type delivery.rated --type dispute.opened --all",
    },
    { description: "Look without a receiver", command: "<%= config.bin %> <%= command.id %> --print" },
  ];
  static override flags = {
    "forward-to": Flags.string({ helpValue: "<url>", summary: "Your receiver." }),
    type: Flags.string({
      helpValue: "<type>",
      multiple: true,
      multipleNonGreedy: true,
      summary: "Only events of this type, or of the domain event of this name. Repeat it for several.",
    }),
    party: Flags.string({ helpValue: "<id>", summary: "Only events that this party may read." }),
    all: Flags.boolean({ summary: "From the first event that there is, not from now on." }),
    print: Flags.boolean({ summary: "Print what is sent, too." }),
    "secret-file": Flags.string({
      helpValue: "<file>",
      summary: "File with the signing secret (whsec_…); one is made and kept where left out.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(EventsListen);
    const url = flags["forward-to"];
    if (url === undefined && !flags.print)
      throw new EcoError("ECO_INPUT_MISSING", "Where the events shall go is missing.", {
        fix: "Give your receiver's address with --forward-to, or --print to see them only.",
      });
    if (url !== undefined) requireHttp(url);
    const catalog = await this.catalog(flags);
    const types = typesOf(catalog, flags.type ?? []);
    const feed = await this.#feed(flags, catalog, { all: flags.all, party: flags.party });
    const stopped = new AbortController();
    void untilStopped().then(() => stopped.abort());
    const { Forwarder } = await import("../../events/forwarder.ts");
    const { signingSecret } = await import("../../events/signing-secret.ts");
    const { nodeSender } = await import("../../../sandbox/index.ts");
    const { secret, file } = await signingSecret(flags["secret-file"]);
    const counts = { forwarded: 0, failed: 0 };
    const forwarder =
      url === undefined
        ? undefined
        : new Forwarder({
            url,
            secret,
            send: nodeSender({ allowLoopback: true, anywhere: true }),
            signal: stopped.signal,
            tell: (forwarded) => {
              this.#tell(forwarded, counts);
              if (forwarded.then === "gone") stopped.abort();
            },
          });
    if (url !== undefined) this.out.note(`Events go to ${url}, signed with the secret in ${file}.`);
    this.out.note("Listening. Stop with Ctrl-C.");
    for await (const event of this.#events(feed, stopped.signal)) {
      if (types.size > 0 && !types.has(event.type)) continue;
      if (flags.print) this.#print(event);
      await forwarder?.take(event);
    }
    await forwarder?.idle();
    if (forwarder?.gone === true)
      throw new EcoError("ECO_REQUEST_REFUSED", `${url} answered 410 Gone: it wants no more events.`, {
        fix: "Start listening again when the receiver takes events.",
      });
    return { result: counts, told: true };
  }

  /** By the sandbox's control where its token is known, else by the operation that lists events. */
  async #feed(flags: Partial<GlobalFlags>, catalog: Catalog, options: FeedOptions): Promise<EventFeed> {
    const { apiFeed, controlFeed, noFeed } = await import("../../events/feed.ts");
    const control = await this.ownControl(flags);
    if (control !== undefined) return controlFeed(control, options);
    const { client, settings } = await this.session(flags);
    if (!client.has("events.list")) throw noFeed(settings.sandbox.value);
    if (options.party !== undefined)
      throw new EcoError("ECO_USAGE", "--party needs control of the sandbox.", {
        fix: "Leave it out: your credentials give you the events of your own party.",
      });
    return apiFeed(client, catalog, options);
  }

  /** Goes on through restarts of the sandbox, and says when events may be lost. */
  async *#events(feed: EventFeed, signal: AbortSignal): AsyncGenerator<FedEvent> {
    let lost = false;
    let reached = false;
    while (!signal.aborted) {
      try {
        const { items, anew } = await feed.next(signal);
        if (lost) this.out.note("The sandbox is back.");
        lost = false;
        reached = true;
        if (anew)
          this.out.warn(
            "The sandbox began again: what it had not given out before is lost. Going on with its first event.",
          );
        yield* items;
      } catch (error) {
        if (signal.aborted) return;
        const away = error instanceof EcoError && AWAY_CODES.has(error.code);
        if (!away || !reached) throw error;
        if (!lost) this.out.warn("The sandbox is away; looking for it until it is back.");
        lost = true;
        await pause(LOOK_AGAIN_MS, signal);
      }
    }
  }

  #print({ time, type, subject, id, body }: FedEvent): void {
    this.out.data(sanitizeLine(`${time} ${type} ${subject} ${id}`));
    this.out.data(sanitizeLine(`  ${body}`));
  }

  #tell({ event, attempt, result, then }: Forwarded, counts: { forwarded: number; failed: number }): void {
    if (then === "done") counts.forwarded += 1;
    if (then === "given-up" || then === "gone") counts.failed += 1;
    const { id, type, subject } = event;
    const answer = result.kind === "answered" ? { status: result.status } : { error: result.error };
    if (this.out.json) {
      process.stdout.write(`${toJsonLine({ id, type, subject, attempt, ...answer, then })}\n`);
      return;
    }
    const said = result.kind === "answered" ? String(result.status) : result.error;
    const line = sanitizeLine(`${said} ${type} ${subject} ${id}${attempt === 1 ? "" : ` (try ${attempt})`}`);
    if (then === "done") this.out.data(line);
    else
      this.out.note(
        then === "retry" ? `${line}: trying again` : `${line}: ${said === "410" ? "gone" : "given up"}`,
      );
  }
}

const AWAY_CODES = new Set(["ECO_SANDBOX_UNREACHABLE", "ECO_TIMEOUT", "ECO_UNAVAILABLE"]);

function requireHttp(url: string): void {
  if (httpUrl(url) !== undefined) return;
  throw new EcoError("ECO_USAGE", `--forward-to \`${url}\` is no http or https URL.`, {
    fix: "Give the whole address of your receiver, like http://127.0.0.1:3000/webhooks.",
  });
}

/** @throws EcoError ECO_USAGE for what no message has */
function typesOf(catalog: Catalog, asked: readonly string[]): ReadonlySet<string> {
  return new Set(asked.map((one) => messageNamed(catalog, one).type));
}
