import type { ServerResponse } from "node:http";
import { type Answered, mayHaveBody, Reply } from "../pipeline/reply.ts";
import { setImmediate } from "../values/real-timers.ts";

/**
 * Sends an answer on its way. One that there isn't, as `Response.error()` says, resets the connection.
 * @throws TypeError for a header that HTTP can't carry; then nothing was sent
 */
export function sendAnswer(answered: Answered, outgoing: ServerResponse): void {
  if (answered instanceof Reply) sendReply(answered, outgoing);
  else if (answered.status === 0) outgoing.socket?.resetAndDestroy();
  else {
    outgoing.writeHead(answered.status, [...answered.headers].flat());
    void sendBody(answered.body, outgoing);
  }
}

function sendReply({ status, headers, content }: Reply, outgoing: ServerResponse): void {
  const head: string[] = [];
  for (const name in headers) head.push(name, headers[name] ?? "");
  const whole = typeof content === "string" || content instanceof Uint8Array;
  const length = whole ? Buffer.byteLength(content) : bytesOf(content);
  if (mayHaveBody(status)) head.push("content-length", String(length));
  outgoing.writeHead(status, head);
  if (whole) outgoing.end(content);
  else void sendPieces(content, outgoing);
}

const bytesOf = (pieces: readonly string[]): number =>
  pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0);

/** Each when the one before it has left: a client that reads slowly has no more than one of them waiting for it. */
async function sendPieces(pieces: readonly string[], outgoing: ServerResponse): Promise<void> {
  try {
    for (const piece of pieces) await written(piece, outgoing);
    outgoing.end();
  } catch {
    // The client is gone.
  }
}

async function sendBody(body: Response["body"], outgoing: ServerResponse): Promise<void> {
  if (body === null) return void outgoing.end();
  outgoing.flushHeaders();
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
  const gone = (): void => void reader.cancel().catch(() => {});
  outgoing.once("close", gone);
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read())
      await written(next.value, outgoing);
    outgoing.end();
  } catch {
    // A body that breaks off leaves no doubt about it: the end of the connection alone could pass for its end. All that
    // came before it is on its way, or the client is gone.
    outgoing.socket?.resetAndDestroy();
  } finally {
    outgoing.off("close", gone);
  }
}

/** Resolves when the bytes have left. */
const written = (bytes: Uint8Array | string, outgoing: ServerResponse): Promise<void> =>
  new Promise((resolve, reject) => {
    outgoing.write(bytes, (error) => (error ? reject(error) : resolve()));
  });

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
