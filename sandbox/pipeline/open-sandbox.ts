import { EcoError } from "../../specs/engine/errors/index.ts";
import { Tenants } from "../tenants/tenants.ts";
import { processClock } from "../values/process-clock.ts";
import { type Arrival, hasRequest, requestArrival } from "./arrival.ts";
import { problemOf } from "./fault.ts";
import { openTenant } from "./open-tenant.ts";
import type { SandboxParts, SandboxSettings } from "./options.ts";
import { PROBLEM_TYPE, problemBody } from "./problem.ts";
import { DEFAULT_SEED } from "./randomness.ts";
import { type Answered, responseOf } from "./reply.ts";
import { pathBelow, reservedPath } from "./reserved-path.ts";
import type { Sandbox } from "./sandbox.ts";
import { specSide } from "./spec-side.ts";

/**
 * Opens a sandbox on its store: seeds an empty one, goes on with what a former start left. Its tenants are opened when
 * they are called.
 * @throws EcoError where the store can't be used
 */
export async function openSandbox(parts: SandboxParts, settings: SandboxSettings = {}): Promise<Sandbox> {
  const { seed = DEFAULT_SEED, wallClock = processClock } = settings;
  const side = specSide(parts, seed);
  const prefix = reservedPath("/_tenants", parts.catalog.operations);
  const tenants = new Tenants({
    store: parts.store,
    settings,
    wallClock,
    prefix,
    open: (own) => openTenant(parts, own.seed === seed ? side : specSide(parts, own.seed ?? seed), own),
  });
  const main = await openTenant(parts, side, settings, tenants);
  const answer = (arrival: Arrival): Promise<Answered> => {
    const below = pathBelow(prefix, arrival.url);
    if (below === undefined || !hasRequest(arrival)) return main.answer(arrival);
    return tenants.answer(arrival.request(), below).catch((error: unknown) => refuse(error, settings));
  };
  return {
    ...main,
    tenants,
    answer,
    fetch: async (request) => responseOf(await answer(requestArrival(request)), request.method),
    async settle() {
      await main.settle();
      await tenants.settle();
    },
    release() {
      main.release();
      tenants.release();
    },
    async close() {
      await tenants.close();
      await main.close();
      await parts.store.close();
    },
  };
}

/** What comes before any tenant: one that there isn't, or one that can't be opened. */
function refuse(error: unknown, { docsBase = "/", onFault }: SandboxSettings): Response {
  const unknown = error instanceof EcoError && error.code === "ECO_NOT_FOUND";
  if (!unknown) onFault?.({ requestId: "tenants", where: "tenants", error });
  const problem = unknown ? { code: error.code, detail: error.message } : problemOf(error);
  const body = problemBody(problem, docsBase, `ten_${crypto.randomUUID()}`);
  return Response.json(body, { status: body.status, headers: { "content-type": PROBLEM_TYPE } });
}
