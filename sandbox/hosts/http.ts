import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { EcoError } from "../../specs/engine/errors/index.ts";
import { PROBLEM_TYPE, type Problem, problemBody } from "../pipeline/problem.ts";
import { Reply } from "../pipeline/reply.ts";
import type { Sandbox } from "../pipeline/sandbox.ts";
import { http } from "../values/node-http.ts";
import { clearInterval, setInterval } from "../values/real-timers.ts";
import { namesAllowedHost } from "./host-names.ts";
import { inTurn } from "./in-turn.ts";
import { sendAnswer, turnEnd } from "./node-answer.ts";
import { NodeArrival } from "./node-arrival.ts";

export interface ListenOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Default `127.0.0.1`: nothing outside this machine reaches the sandbox. */
  readonly host?: string;
  /** Names beside the loopback ones that a `Host` header may have, so that no web page can reach it by rebinding DNS. */
  readonly allowedHosts?: readonly string[];
  /** How long a client may take to send a whole request. Default 30 s. */
  readonly requestTimeoutMs?: number;
  /** How often timers and waiting dispatches are looked after. Default 250 ms. */
  readonly tickMs?: number;
}

export interface Listening {
  /** `http://127.0.0.1:4010` */
  readonly url: string;
  readonly port: number;
  /** Answers what is under way, then closes the sandbox with its store. */
  close(): Promise<void>;
}

const HEADERS_TIMEOUT_MS = 10_000;
/** How often Node looks for connections that are over their time. */
const CHECK_EVERY_MS = 2_000;

/**
 * Serves a sandbox over HTTP.
 * @throws EcoError `ECO_PORT_UNUSABLE` where the port is taken
 */
export async function listen(sandbox: Sandbox, options: ListenOptions): Promise<Listening> {
  const { host = "127.0.0.1", requestTimeoutMs = 30_000, tickMs = 250 } = options;
  const allowed = new Set(["localhost", "127.0.0.1", "[::1]", host, ...(options.allowedHosts ?? [])]);
  const underWay = new Set<ServerResponse>();
  const server = http.createServer(
    {
      requestTimeout: requestTimeoutMs,
      headersTimeout: Math.min(HEADERS_TIMEOUT_MS, requestTimeoutMs),
      connectionsCheckingInterval: Math.min(CHECK_EVERY_MS, requestTimeoutMs),
      // Refused below, in words.
      requireHostHeader: false,
      joinDuplicateHeaders: true,
    },
    async (incoming, outgoing) => {
      const before = inTurn(incoming, outgoing);
      if (before !== undefined) await before;
      if (!namesAllowedHost(incoming, allowed)) return refuse(outgoing, OTHER_HOST);
      if (isWholeServer(incoming)) return sendAnswer(new Reply(204, {}, ""), outgoing);
      const arrival = new NodeArrival(incoming, outgoing);
      if (!isTarget(arrival)) return refuse(outgoing, BAD_TARGET);
      underWay.add(outgoing);
      // What came in one turn goes its way in step: each stretch of code is run for all of them while it is at hand,
      // which costs a third less than running the whole of it for one after the other.
      await turnEnd();
      const answered = await sandbox.answer(arrival);
      await turnEnd();
      try {
        sendAnswer(answered, outgoing);
      } catch {
        refuse(outgoing, UNSENDABLE);
      }
      underWay.delete(outgoing);
    },
  );
  // A client that has closed its side after its request is answered all the same, however long that takes.
  Object.assign(server, { httpAllowHalfOpen: true });
  server.on("clientError", refuseUnread);
  // Node would refuse it without a word too.
  server.on("checkExpectation", (incoming, outgoing) => {
    refuse(outgoing, namesAllowedHost(incoming, allowed) ? OTHER_EXPECTATION : OTHER_HOST);
  });
  // Whoever takes the sandbox for a proxy would else be left without a word.
  server.on("connect", (_request, socket) => refuseUnread({ code: "HPE_INVALID_METHOD" }, socket));
  // A client that connects and says nothing, or reads nothing, is let go.
  server.setTimeout(2 * requestTimeoutMs);
  server.keepAliveTimeout = 5_000;
  await opened(server, options.port, host);
  const { port } = server.address() as AddressInfo;
  const ticking = setInterval(() => void sandbox.settle(), tickMs);
  ticking.unref();
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    port,
    async close() {
      clearInterval(ticking);
      // A client that asks one thing after the other would keep its connection, and the server, for ever.
      for (const outgoing of underWay) outgoing.shouldKeepAlive = false;
      sandbox.release();
      await closed(server);
      await sandbox.close();
    },
  };
}

const OTHER_HOST: Problem = {
  code: "ECO_HOST_REFUSED",
  detail: "The request is addressed to another host than this sandbox, or to none.",
};

const BAD_TARGET: Problem = {
  code: "ECO_REQUEST_MALFORMED",
  detail: "The request's target, together with its Host header, is no URL.",
};

const OTHER_EXPECTATION: Problem = {
  code: "ECO_REQUEST_MALFORMED",
  status: 417,
  detail: "The request expects something else than 100-continue.",
};

const UNSENDABLE: Problem = {
  code: "ECO_INTERNAL",
  detail: "The answer has a header that HTTP can't carry.",
};

/** `OPTIONS *` asks of no resource whether the server is there. */
const isWholeServer = ({ method, url }: IncomingMessage): boolean => method === "OPTIONS" && url === "*";

/** A backslash and a fragment are in no path, and whoever stands in between may read another path out of them. */
const isTarget = ({ url, plainPath }: NodeArrival): boolean =>
  URL.canParse(url) && (plainPath !== undefined || !/^[^?]*\\|#/.test(url));

function refuse(outgoing: ServerResponse, problem: Problem): void {
  const body = problemBody(problem, "/", "none");
  const headers = { "content-type": PROBLEM_TYPE, connection: "close" };
  sendAnswer(new Reply(body.status, headers, JSON.stringify(body)), outgoing);
}

/** What Node's parser gives up on: a method that there isn't, headers that are too large or broken, a request that never ends. */
function refuseUnread(error: Pick<NodeJS.ErrnoException, "code">, socket: Duplex): void {
  if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
  const body = problemBody(unreadProblem(error.code), "/", "none");
  const text = JSON.stringify(body);
  const reason = http.STATUS_CODES[body.status] ?? "";
  socket.end(
    `HTTP/1.1 ${body.status} ${reason}\r\ncontent-type: ${PROBLEM_TYPE}\r\ncontent-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`,
  );
}

function unreadProblem(code: string | undefined): Problem {
  switch (code) {
    case "HPE_INVALID_METHOD":
      return {
        code: "ECO_METHOD_NOT_ALLOWED",
        detail: "The request's method is none that this server knows.",
      };
    case "HPE_HEADER_OVERFLOW":
      return { code: "ECO_REQUEST_MALFORMED", status: 431, detail: "The request's headers are too large." };
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return {
        code: "ECO_REQUEST_MALFORMED",
        status: 408,
        detail: "The request didn't come to its end in time.",
      };
    default:
      return { code: "ECO_REQUEST_MALFORMED", detail: "The request can't be read as HTTP." };
  }
}

function opened(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const inUse = cause.code === "EADDRINUSE";
      const message = inUse
        ? `The port ${port} on ${host} is taken.`
        : `Can't listen on ${host}:${port}: ${cause.message}.`;
      reject(new EcoError("ECO_PORT_UNUSABLE", message, { cause }));
    });
    server.listen(port, host, resolve);
  });
}

/** Idle connections end at once, those with a request under way after its answer. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
