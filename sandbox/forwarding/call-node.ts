import { guardedFetch } from "../certification/certify-node.ts";
import { refusalOf } from "../events/send-node.ts";
import { firstBytes } from "../session/bytes.ts";
import type { PartnerCaller, PartnerReply, PartnerRequest } from "./caller.ts";

const RESPONSE_LIMIT_BYTES = 64 * 1024;

export interface NodeCallerOptions {
  /** Lets requests go to this machine, over plain http too: as for webhooks. */
  readonly allowLoopback: boolean;
  /** For the whole exchange. Default 10 s. */
  readonly timeoutMs?: number;
}

/** Calls builds from Node. Addresses are judged as those of webhooks are, when the connection is made. */
export function nodeCaller({ allowLoopback, timeoutMs = 10_000 }: NodeCallerOptions): PartnerCaller {
  const call = async (request: PartnerRequest): Promise<PartnerReply> => {
    const { fetch, close } = await guardedFetch(allowLoopback);
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      return await exchange(request, fetch, signal);
    } catch (error) {
      return { kind: "failed", error: signal.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(error) };
    } finally {
      await close();
    }
  };
  return Object.assign(call, { refusalOf: (url: URL) => refusalOf(url, allowLoopback) });
}

async function exchange(
  { url, method, headers, body }: PartnerRequest,
  send: typeof fetch,
  signal: AbortSignal,
): Promise<PartnerReply> {
  const response = await send(url, {
    method,
    headers,
    signal,
    redirect: "manual",
    ...(body === undefined ? {} : { body }),
  });
  const bytes = await firstBytes(response.body, RESPONSE_LIMIT_BYTES + 1);
  if (bytes.length > RESPONSE_LIMIT_BYTES)
    return { kind: "failed", error: `its answer is longer than ${RESPONSE_LIMIT_BYTES} bytes` };
  return {
    kind: "answered",
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new TextDecoder().decode(bytes),
  };
}

/** What the network says is in the cause; `fetch failed` helps nobody. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return cause.message || ("code" in cause ? String(cause.code) : error.message);
}
