import { onTestFinished } from "vitest";
import { serveOnLoopback } from "../../support/loopback.ts";

export interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** What the next requests are answered with; 204 when it runs out. */
  readonly answers: { readonly status: number; readonly headers?: Record<string, string> }[];
}

/** A partner's webhook endpoint on a free port, gone at the end of the test. */
export async function openReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: Receiver["answers"] = [];
  const { url, close } = await serveOnLoopback((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      received.push({ path: request.url ?? "", headers, body: Buffer.concat(chunks).toString() });
      const { status, headers: sent } = answers.shift() ?? { status: 204 };
      response.writeHead(status, sent).end();
    });
  });
  onTestFinished(close);
  return { url, received, answers };
}
