/** Receives events at `POST /webhooks`: `npm start`. `HOST`, `PORT` and `EVENTS_FILE` are its settings. */
import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { webhookSecrets } from "./access.ts";
import { handle } from "./events.ts";
import { type Answer, openMemory } from "./memory.ts";
import { createReceiver } from "./receiver.ts";

const MOST_BYTES = 1024 * 1024;
const host = process.env["HOST"] || "127.0.0.1";
const port = Number(process.env["PORT"] || 3000);
const file = process.env["EVENTS_FILE"] || join(import.meta.dirname, "../.data/events.db");

/** How often each event took effect; the certification asks for it where `INSPECTION` is set. */
const effects = new Map<string, number>();
const receive = createReceiver({
  secrets: webhookSecrets,
  memory: openMemory(file),
  handle: async (event) => {
    const reply = await handle(event);
    effects.set(event.id, (effects.get(event.id) ?? 0) + 1);
    return reply;
  },
});

const server = createServer((request, response) => {
  answer(request).then(
    ({ status, body, headers = {} }) => {
      const type = body === undefined ? {} : { "content-type": "application/json" };
      response.writeHead(status, { ...headers, ...type });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    },
    (error: unknown) => {
      // Whoever went away before the end hears no answer.
      if (!request.complete) return;
      // It is not acknowledged, so it comes again.
      console.error("An event could not be handled:", error);
      response.writeHead(500).end();
    },
  );
});

async function answer(
  request: IncomingMessage,
): Promise<Answer & { readonly headers?: Readonly<Record<string, string>> }> {
  const url = new URL(request.url ?? "/", "http://localhost");
  if (url.pathname === "/inspection" && process.env["INSPECTION"] === "1") return inspected(url);
  if (url.pathname !== "/webhooks") return { status: 404 };
  if (request.method !== "POST") return { status: 405, headers: { allow: "POST" } };
  const body = await bytesOf(request);
  if (body === undefined) return { status: 413, headers: { connection: "close" } };
  return receive(request.headers, body);
}

function inspected(url: URL): Answer {
  const id = url.searchParams.get("id") ?? "";
  return { status: 200, body: { id, effects: effects.get(id) ?? 0 } };
}

/** As they came; undefined where there are too many. */
async function bytesOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

server.listen(port, host, () => {
  const bound = server.address();
  const at = typeof bound === "object" && bound !== null ? bound.port : port;
  console.log(`Receiving events at http://${host.includes(":") ? `[${host}]` : host}:${at}/webhooks`);
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => server.close());
