import type { IncomingMessage } from "node:http";
import { serveOnLoopback } from "../../support/loopback.ts";

export interface Between extends AsyncDisposable {
  readonly url: string;
}

/** Stands between a client and a server, and changes every answer's JSON on its way back. */
export async function standBetween(url: string, change: (body: unknown) => unknown): Promise<Between> {
  const { url: own, close } = await serveOnLoopback(async (incoming, outgoing) => {
    const { method = "GET", headers } = incoming;
    const body = await bytesOf(incoming);
    const kept = Object.entries(headers).filter(([name]) => !/^(host|connection|content-length)$/.test(name));
    const answer = await fetch(`${url}${incoming.url}`, {
      method,
      headers: kept.map(([name, value]) => [name, String(value)] as [string, string]),
      ...(body.length === 0 ? {} : { body }),
    });
    const type = answer.headers.get("content-type") ?? "";
    const text = await answer.text();
    outgoing.writeHead(answer.status, { "content-type": type });
    outgoing.end(/json$/.test(type) ? JSON.stringify(change(JSON.parse(text))) : text);
  });
  return { url: own, [Symbol.asyncDispose]: close };
}

async function bytesOf(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}
