import { type LookupAddress, type LookupAllOptions, lookup } from "node:dns";
import type { Agent as HttpAgent } from "node:http";
import type { Agent as HttpsAgent } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { http, https } from "../values/node-http.ts";
import type { WebhookRequest, WebhookResult, WebhookSender } from "./sender.ts";

export interface NodeSenderOptions {
  /** Lets webhooks go to this machine, over plain http too: for a sandbox that runs on the developer's own. */
  readonly allowLoopback: boolean;
  /** Every address may be reached, over plain http too: for a program whose user names each target. Default false. */
  readonly anywhere?: boolean;
  /** For the whole exchange. Default 10 s. */
  readonly timeoutMs?: number;
  /** Who knows the addresses of names. Default: the system. */
  readonly resolve?: ResolveName;
}

export type ResolveName = (
  name: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** What isn't the public internet: IANA's special-purpose registries, as far as a webhook could do harm there. */
const REFUSED_RANGES: readonly (readonly [string, number, "ipv4" | "ipv6"])[] = [
  ["0.0.0.0", 8, "ipv4"],
  ["10.0.0.0", 8, "ipv4"],
  ["100.64.0.0", 10, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.0.0.0", 24, "ipv4"],
  ["192.0.2.0", 24, "ipv4"],
  ["192.88.99.0", 24, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["198.18.0.0", 15, "ipv4"],
  ["198.51.100.0", 24, "ipv4"],
  ["203.0.113.0", 24, "ipv4"],
  ["224.0.0.0", 3, "ipv4"],
  ["2001::", 23, "ipv6"],
  ["2001:db8::", 32, "ipv6"],
  ["2002::", 16, "ipv6"],
  ["3fff::", 20, "ipv6"],
];

const refusedAddresses = new BlockList();
for (const [address, prefix, family] of REFUSED_RANGES) refusedAddresses.addSubnet(address, prefix, family);
/** Only this part of IPv6 is given to the public internet; all else is local, translated, reserved or out of use. */
const publicUnicast = new BlockList();
publicUnicast.addSubnet("2000::", 3, "ipv6");
const mapped = new BlockList();
mapped.addSubnet("::ffff:0:0", 96, "ipv6");
const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** `::ffff:127.0.0.1` is the IPv4 address within, and is judged as that; `BlockList` sees through it as well. */
export function mayReach(address: string, allowLoopback: boolean): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  const name = family === 6 ? "ipv6" : "ipv4";
  if (loopback.check(address, name)) return allowLoopback;
  const elsewhere = family === 6 && !publicUnicast.check(address, name) && !mapped.check(address, name);
  if (elsewhere) return false;
  return !refusedAddresses.check(address, name);
}

const RESPONSE_LIMIT_BYTES = 64 * 1024;
/** Only a challenge that is handed back is looked at. */
const BODY_KEPT_BYTES = 4096;

/**
 * Sends webhooks from Node. The target's address is judged when the connection is made, on the very address that is
 * connected to, so that a name that leads elsewhere a moment later leads nowhere. Redirects are not followed.
 */
export function nodeSender(options: NodeSenderOptions): WebhookSender {
  const { allowLoopback, anywhere = false, timeoutMs = 10_000, resolve } = options;
  const guarded = anywhere ? undefined : guardedLookup(allowLoopback, resolve);
  const agents = {
    "http:": new http.Agent({ keepAlive: true, timeout: timeoutMs }),
    "https:": new https.Agent({ keepAlive: true, timeout: timeoutMs }),
  };
  return (webhook) => {
    const url = URL.parse(webhook.url);
    if (url === null) return Promise.resolve({ kind: "failed", error: "the URL can't be read" });
    const refusal = anywhere ? undefined : refusalOf(url, allowLoopback);
    if (refusal !== undefined) return Promise.resolve({ kind: "failed", error: refusal });
    return send(url, webhook, { lookup: guarded, timeoutMs, agents });
  };
}

/** Looks a name up and leaves out the addresses that are refused; an error where none is left. */
export function guardedLookup(allowLoopback: boolean, resolve: ResolveName = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, "", 0);
      const allowed = addresses.filter(({ address }) => mayReach(address, allowLoopback));
      const [first] = allowed;
      if (first === undefined)
        return callback(new Error(`${hostname} leads to an address that is refused`), "", 0);
      return options.all === true ? callback(null, allowed) : callback(null, first.address, first.family);
    });
  };
}

/** What can be said of a target before any connection: undefined where nothing speaks against it. */
export function refusalOf(url: URL, allowLoopback: boolean): string | undefined {
  if (url.username !== "" || url.password !== "") return "the URL holds credentials";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const local = host === "localhost" || host.endsWith(".localhost") || (isIP(host) !== 0 && isLoopback(host));
  if (local && !allowLoopback)
    return "this sandbox sends nothing to its own machine; `eco sandbox start --allow-loopback-webhooks` does";
  if (url.protocol !== "https:" && !(url.protocol === "http:" && local)) return "the URL must be https";
  if (isIP(host) !== 0 && !mayReach(host, allowLoopback)) return `the address ${host} is refused`;
  return undefined;
}

const isLoopback = (address: string): boolean =>
  loopback.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

interface Connection {
  /** Undefined: the system's own. */
  readonly lookup: LookupFunction | undefined;
  readonly timeoutMs: number;
  readonly agents: { readonly "http:": HttpAgent; readonly "https:": HttpsAgent };
}

function send(url: URL, { headers, body }: WebhookRequest, connection: Connection): Promise<WebhookResult> {
  const { lookup: guardedLookup, timeoutMs, agents } = connection;
  const secure = url.protocol === "https:";
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const fail = (error: Error): void =>
      resolve({ kind: "failed", error: signal.aborted ? `no answer within ${timeoutMs} ms` : error.message });
    const request = (secure ? https : http).request(
      url,
      {
        method: "POST",
        headers: { ...headers, "content-length": Buffer.byteLength(body) },
        agent: secure ? agents["https:"] : agents["http:"],
        ...(guardedLookup === undefined ? {} : { lookup: guardedLookup }),
        signal,
      },
      (response) => {
        const retryAfter = response.headers["retry-after"];
        const status = response.statusCode ?? 0;
        const kept: Buffer[] = [];
        let size = 0;
        // Read to its end, so that the connection can be used again, but not without end.
        response.on("data", (chunk: Buffer) => {
          if (size < BODY_KEPT_BYTES) kept.push(chunk.subarray(0, BODY_KEPT_BYTES - size));
          size += chunk.length;
          if (size > RESPONSE_LIMIT_BYTES) response.destroy();
        });
        response.on("close", () =>
          resolve({
            kind: "answered",
            status,
            ...(retryAfter === undefined ? {} : { retryAfter }),
            ...(size === 0 ? {} : { body: Buffer.concat(kept).toString("utf8") }),
          }),
        );
        response.on("error", fail);
      },
    );
    request.on("error", fail);
    request.end(body);
  });
}
