/** Loaded before a program (`node --import`): writes down every connection that it makes and every name that it looks up. */

import dgram from "node:dgram";
import { subscribe } from "node:diagnostics_channel";
import dns from "node:dns";
import { appendFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

const file = process.env["RECORDED_SOCKETS"] ?? "";
const note = (what: string): void => appendFileSync(file, `${what}\n`);

// Below every client: http, https, undici and tls connect through it.
const { connect } = net.Socket.prototype;
Object.assign(net.Socket.prototype, {
  connect(this: net.Socket, ...args: unknown[]): unknown {
    note(`connect ${JSON.stringify(args.flat(2).find((arg) => typeof arg !== "function") ?? null)}`);
    return Reflect.apply(connect, this, args);
  },
});
// undici has a resolver of its own choice, and datagrams need no connection.
for (const [name, holder] of [
  ["lookup", dns],
  ["lookup", dns.promises],
  ["resolve", dns],
  ["resolve", dns.promises],
  ["createSocket", dgram],
] as const) {
  const original: unknown = Reflect.get(holder, name);
  if (typeof original !== "function") throw new Error(`There is no ${name} to watch.`);
  Reflect.set(holder, name, function (this: unknown, ...args: unknown[]): unknown {
    // An address needs nobody to say what it leads to.
    if (net.isIP(String(args[0])) === 0) note(`${name} ${String(args[0])}`);
    return Reflect.apply(original, this, args);
  });
}
syncBuiltinESMExports();
subscribe("undici:request:create", (message) => {
  const { request } = message as { readonly request: { readonly origin?: unknown } };
  note(`request ${String(request.origin)}`);
});
note("watching");
