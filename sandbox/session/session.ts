import { EcoError } from "../../specs/engine/errors/index.ts";
import { knownClient } from "../capabilities/parties/client-records.ts";
import { collections } from "../capabilities/records.ts";
import { DEFAULT_BODY_LIMITS } from "../pipeline/body.ts";
import type { Core } from "../pipeline/core.ts";
import { DEFAULT_SEED } from "../pipeline/randomness.ts";
import { isoOf } from "../values/iso.ts";
import { ForeignCredentials } from "./foreign-credentials.ts";
import {
  type EndLine,
  SECRETS_NOTICE,
  SESSION_FORMAT,
  SESSION_VERSION,
  type SessionHeader,
  type SessionSettings,
} from "./format.ts";
import type { Opening, SessionSink } from "./recording.ts";

/** Runs `work` while nothing else is under way in the sandbox. */
export type Alone = <T>(work: () => Promise<T>) => Promise<T>;

export interface SessionControl {
  readonly recording: boolean;
  /**
   * Gives the sink one line after the other from here on: the state as it is, then all that happens. What is under way
   * ends first. While a session is recorded, decisions are taken one after the other.
   * @throws EcoError `ECO_SESSION_RECORDING` while one is recorded already
   */
  start(sink: SessionSink): Promise<void>;
  /**
   * Seals the recording. What is under way ends first.
   * @throws EcoError `ECO_SESSION_RECORDING` where none is recorded
   */
  stop(): Promise<EndLine>;
  /** As `start`, into this process's memory. */
  keep(): Promise<void>;
  /**
   * As `stop`; gives the session that `keep` began, as the text of its file.
   * @throws EcoError `ECO_SESSION_TOO_LARGE` where it outgrew the memory; it is gone then
   */
  take(): Promise<string>;
  /** Whether `keep` began the recording that goes on. */
  readonly kept: boolean;
  /** Bytes that `keep` holds so far, roughly. */
  readonly keptBytes: number;
}

/** A recording in memory that grows beyond this is given up: the sandbox matters more. */
const KEPT_LIMIT = 256 * 1024 * 1024;

/** The lines of a recording in memory. */
class Kept {
  lines: string[] = [];
  size = 0;

  readonly sink: SessionSink = (line) => {
    this.size += line.length;
    if (this.size > KEPT_LIMIT) this.lines = [];
    else this.lines.push(line);
  };

  text(): string {
    if (this.size <= KEPT_LIMIT) return this.lines.join("");
    throw new EcoError(
      "ECO_SESSION_TOO_LARGE",
      "The recording outgrew the memory set aside for it and was given up.",
    );
  }
}

export function createSession(core: Core, alone: Alone): SessionControl {
  const { recorder, store, tenant } = core;
  let kept: Kept | undefined;
  const start = (sink: SessionSink): Promise<void> =>
    alone(async () => {
      if (recorder.active) throw refused("A session is being recorded already.", "Stop it first.");
      recorder.start(sink, await openingOf(core));
    });
  const stop = (): Promise<EndLine> =>
    alone(async () => {
      const end = await recorder.stop(await store.export(tenant));
      if (end === undefined) throw refused("No session is being recorded.", "Start a recording first.");
      return end;
    });
  return {
    get recording() {
      return recorder.active;
    },
    get kept() {
      return kept !== undefined;
    },
    get keptBytes() {
      return kept?.size ?? 0;
    },
    start,
    stop,
    async keep() {
      const next = new Kept();
      await start(next.sink);
      kept = next;
    },
    async take() {
      if (recorder.active && kept === undefined)
        throw refused(
          "The session is being recorded into a file.",
          "Stop the sandbox that was started with --record, by Ctrl-C: that seals the file.",
        );
      await stop();
      const taken = kept;
      kept = undefined;
      return taken?.text() ?? "";
    },
  };
}

const refused = (message: string, fix: string): EcoError =>
  new EcoError("ECO_SESSION_RECORDING", message, { fix });

async function openingOf(core: Core): Promise<Opening> {
  const { store, tenant, limiter, faults, tokens, read, settings, parts } = core;
  const { maxBytes } = settings.bodyLimits ?? DEFAULT_BODY_LIMITS;
  return {
    header: headerOf(core),
    start: {
      kind: "state",
      state: await store.export(tenant),
      limits: limiter.used(),
      ...(faults.list().length === 0 ? {} : { faults: faults.standing() }),
    },
    bodyBytes: maxBytes + 1,
    credentials: new ForeignCredentials(parts.catalog, {
      isClient: async (id) => (await read.get(collections.clients, id)) !== undefined,
      isSecret: async (secret) => (await knownClient(read, { secret })) !== undefined,
      async isToken(token) {
        const verified = await tokens?.verify(token);
        if (verified === undefined) return false;
        return !("kind" in verified) || verified.problem.code === "ECO_TOKEN_EXPIRED";
      },
    }),
  };
}

function headerOf({ parts, store, tenant, wallClock, settings }: Core): SessionHeader {
  const { ecosystem, digest, documents } = parts.catalog;
  return {
    kind: "session",
    format: SESSION_FORMAT,
    version: SESSION_VERSION,
    recordedAt: isoOf(wallClock()),
    ecosystem: ecosystem.id,
    catalogDigest: digest,
    documents: documents.map((document) => ({ path: document.path, digest: document.digest })),
    tenant,
    seed: settings.seed ?? DEFAULT_SEED,
    settings: settingsOf(settings),
    store: store.description.split(" ", 1)[0] ?? "",
    notice: SECRETS_NOTICE,
  };
}

function settingsOf({ docsBase, cors, rateLimit, bodyLimits }: Core["settings"]): SessionSettings {
  return {
    ...(docsBase === undefined ? {} : { docsBase }),
    ...(cors === undefined ? {} : { cors }),
    ...(rateLimit === undefined ? {} : { rateLimit }),
    ...(bodyLimits === undefined ? {} : { bodyLimits }),
  };
}
