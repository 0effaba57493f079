import type { IncomingMessage } from "node:http";
import { onTestFinished } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { serveOnLoopback } from "../../support/loopback.ts";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: JsonObject;
}

export interface Given {
  readonly status: number;
  readonly body: string | JsonObject;
}

/** What it answers; `hang` for nothing at all. */
export type Manner = (asked: Asked, times: number) => Given | "hang";

export interface Build {
  readonly url: string;
  readonly asked: Asked[];
  close(): Promise<void>;
}

/** A caterer's own program, on real HTTP. */
export async function openBuild(manner: Manner): Promise<Build> {
  const asked: Asked[] = [];
  const { url, close } = await serveOnLoopback(async (incoming, outgoing) => {
    let text = "";
    for await (const chunk of incoming) text += String(chunk);
    const { method = "", url: path = "", headers } = incoming;
    const body = text === "" ? {} : (JSON.parse(text) as JsonObject);
    asked.push({ method, path, headers, body });
    const given = manner(asked.at(-1) ?? { method, path, headers, body }, asked.length);
    if (given === "hang") return;
    outgoing.writeHead(given.status, { "content-type": "application/json", location: "/work-orders/lunch" });
    outgoing.end(typeof given.body === "string" ? given.body : JSON.stringify(given.body));
  });
  onTestFinished(close);
  return { url, asked, close };
}

/** The order as the build holds it. */
export const held = (status: string, more: JsonObject = {}): JsonObject => ({
  id: "lunch",
  product: "catering-cover",
  customer: "nordic-apps",
  scheduledFor: "2026-03-17T09:30:00.000Z",
  status,
  updatedAt: "2026-03-16T08:00:00Z",
  ...more,
});
