import { rootCertificates } from "node:tls";
import { readText } from "../read-file.ts";

/** A fetch for the partner's addresses, and what closes its connections. */
export interface Reach {
  readonly fetch: typeof fetch;
  close(): Promise<void>;
}

/** What the environment excludes from its proxy, and this machine. */
function withoutProxy(env = process.env): string {
  return [env["NO_PROXY"] ?? env["no_proxy"], "localhost", "127.0.0.1", "[::1]"].filter(Boolean).join(",");
}

/** Reaches the partner: certificates count that are signed by a known authority or by one in the file. */
export async function reachPartner(caFile: string | undefined): Promise<Reach> {
  const { EnvHttpProxyAgent, fetch: send } = await import("undici");
  const tls = caFile === undefined ? {} : { ca: [...rootCertificates, await readText(caFile)] };
  const dispatcher = new EnvHttpProxyAgent({ noProxy: withoutProxy(), connect: tls, requestTls: tls });
  const reach = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = input instanceof Request ? input : undefined;
    const sent = request === undefined ? init : await initOf(request, init);
    // The same standard in two versions of its types.
    const options = { ...sent, dispatcher } as Parameters<typeof send>[1];
    return (await send(request?.url ?? String(input), options)) as unknown as Response;
  };
  return { fetch: reach, close: () => dispatcher.destroy() };
}

async function initOf(request: Request, init: RequestInit | undefined): Promise<RequestInit> {
  const { method, headers, redirect, signal } = request;
  const body = request.body === null ? {} : { body: await request.arrayBuffer() };
  return { method, headers: Object.fromEntries(headers), redirect, signal, ...body, ...init };
}
