import { knownClient } from "../capabilities/parties/client-records.ts";
import { collections } from "../capabilities/records.ts";
import { DEFAULT_BODY_LIMITS } from "../pipeline/body.ts";
import type { Core } from "../pipeline/core.ts";
import { DEFAULT_SEED } from "../pipeline/randomness.ts";
import { isoOf } from "../values/iso.ts";
import { ForeignCredentials } from "./foreign-credentials.ts";
import {
  SECRETS_NOTICE,
  SESSION_FORMAT,
  SESSION_VERSION,
  type SessionHeader,
  type SessionSettings,
} from "./format.ts";
import { type Opening, Recording, type SessionSink } from "./recording.ts";

/** A recording of the sandbox from its present state on; nothing may be under way. */
export const openRecording = async (core: Core, sink: SessionSink): Promise<Recording> =>
  new Recording(sink, await openingOf(core));

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
