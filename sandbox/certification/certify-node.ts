import type { Validators } from "../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { ratingOf } from "../capabilities/deliveries/rating-of.ts";
import { guardedLookup, refusalOf } from "../events/send-node.ts";
import type { Certifier } from "./certifier.ts";

/** How long one answer of the partner may take. */
const TIMEOUT_MS = 5_000;

export interface NodeCertifierOptions {
  readonly catalog: Catalog;
  readonly validators: Validators;
  /** Lets runs go to this machine, over plain http too: as for webhooks. */
  readonly allowLoopback: boolean;
}

/** Drives runs from Node. The partner names the addresses, so they are judged as those of webhooks are. */
export function nodeCertifier(options: NodeCertifierOptions): Certifier {
  const { catalog, validators, allowLoopback } = options;
  return async ({ parts: asked, journeys, ...run }, signal) => {
    const { certify, parts } = await import("../../specs/engine/certification/index.ts");
    const { fetch, close } = await guardedFetch(allowLoopback);
    try {
      const chosen = parts.filter((part) => asked.includes(part));
      // Journeys were conducted already: nothing is run against an address.
      const sandbox = journeys === undefined ? {} : { sandbox: { url: "", conducted: journeys } };
      const rating = ratingOf(catalog);
      const rules = "kind" in rating ? {} : { rating };
      const driven = {
        catalog,
        ...rules,
        validators,
        fetch,
        signal,
        timeoutMs: TIMEOUT_MS,
        parts: chosen,
        ...run,
      };
      return await certify({ ...driven, ...sandbox });
    } finally {
      await close();
    }
  };
}

/** A fetch that connects to no address that is refused, whatever a name leads to, and that no proxy comes between. */
export async function guardedFetch(
  allowLoopback: boolean,
): Promise<{ fetch: typeof fetch; close(): Promise<void> }> {
  const { Agent, fetch: send } = await import("undici");
  const dispatcher = new Agent({ connect: { lookup: guardedLookup(allowLoopback) } });
  const guarded = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const refusal = refusalOf(url, allowLoopback);
    if (refusal !== undefined) throw new TypeError(`${url.host} isn't asked: ${refusal}`);
    // The same standard in two versions of its types.
    const options = { ...init, dispatcher } as Parameters<typeof send>[1];
    return (await send(url, options)) as unknown as Response;
  };
  return { fetch: guarded, close: () => dispatcher.destroy() };
}
