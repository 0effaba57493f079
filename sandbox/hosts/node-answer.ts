import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { type Answered, mayHaveBody, Reply } from "../pipeline/reply.ts";

/** Sends an answer on its way. One that there isn't, as `Response.error()` says, resets the connection. */
export function sendAnswer(answered: Answered, outgoing: ServerResponse): void {
  if (answered instanceof Reply) sendReply(answered, outgoing);
  else if (answered.status === 0) outgoing.socket?.resetAndDestroy();
  else void sendResponse(answered, outgoing);
}

function sendReply({ status, headers, content }: Reply, outgoing: ServerResponse): void {
  const head: string[] = [];
  for (const name in headers) head.push(name, headers[name] ?? "");
  if (mayHaveBody(status)) head.push("content-length", String(Buffer.byteLength(content)));
  outgoing.writeHead(status, head);
  outgoing.end(content);
}

async function sendResponse({ status, headers, body }: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(status, [...headers].flat());
  if (body === null) return void outgoing.end();
  outgoing.flushHeaders();
  const readable = Readable.fromWeb(body as ReadableStream<Uint8Array<ArrayBuffer>>);
  // A body that breaks off leaves no doubt about it: the end of the connection alone could pass for its end.
  readable.once("error", () => outgoing.socket?.resetAndDestroy());
  // Whoever broke it off knows already, the client or the body.
  await pipeline(readable, outgoing).catch(() => {});
}

let ending: Promise<void> | undefined;

/**
 * Resolves when all that the event loop has at hand is done. Answers that wait for it leave one right after the other, so
 * that a client with many requests under way is woken once for all of them, which costs more than sending an answer.
 */
export function turnEnd(): Promise<void> {
  ending ??= new Promise((resolve) => {
    setImmediate(() => {
      ending = undefined;
      resolve();
    });
  });
  return ending;
}
