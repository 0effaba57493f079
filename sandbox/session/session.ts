import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import canonicalize from "canonicalize";
import { EcoError } from "../../specs/engine/errors/index.ts";
import { collections } from "../capabilities/records.ts";
import { DEFAULT_BODY_LIMITS } from "../pipeline/body.ts";
import type { Core } from "../pipeline/core.ts";
import { DEFAULT_SEED } from "../pipeline/randomness.ts";
import { isoOf } from "../store/clock.ts";
import type { TenantState } from "../store/store.ts";
import { ForeignCredentials } from "./foreign-credentials.ts";
import {
  type EndLine,
  SECRETS_NOTICE,
  SESSION_FORMAT,
  SESSION_VERSION,
  type SessionHeader,
  type SessionSettings,
} from "./format.ts";
import type { Opening, SessionSink } from "./recorder.ts";

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
}

export function createSession(core: Core, alone: Alone): SessionControl {
  const { recorder, store, tenant } = core;
  return {
    get recording() {
      return recorder.active;
    },
    start: (sink) =>
      alone(async () => {
        if (recorder.active) throw refused("A session is being recorded already.", "Stop it first.");
        recorder.start(sink, await openingOf(core));
      }),
    stop: () =>
      alone(async () => {
        const end = recorder.stop(digestOfState(await store.export(tenant)));
        if (end === undefined) throw refused("No session is being recorded.", "Start a recording first.");
        return end;
      }),
  };
}

const refused = (message: string, fix: string): EcoError =>
  new EcoError("ECO_SESSION_RECORDING", message, { fix });

/** `sha256:` and hex, over the canonical JSON of a state: the same from every store. */
export const digestOfState = (state: TenantState): string =>
  `sha256:${bytesToHex(sha256(new TextEncoder().encode(canonicalize(state))))}`;

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
