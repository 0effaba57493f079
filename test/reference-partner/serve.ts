import { readFile } from "node:fs/promises";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer, type Server } from "node:net";
import { join } from "node:path";
import { serve as serveHttp } from "@hono/node-server";

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a fetch handler on the loopback interface, on a free port where none is given. */
export async function serve(
  handler: (request: Request) => Response | Promise<Response>,
  port = 0,
): Promise<Served> {
  return new Promise((resolve) => {
    const server = serveHttp({ fetch: handler, port, hostname: "127.0.0.1" }, (info) => {
      resolve({ url: `http://127.0.0.1:${info.port}`, close: () => stop(server) });
    });
  });
}

/** The certificate that the reference partner signed itself; whoever runs a certification of it has to trust it. */
export const certificateFile = join(import.meta.dirname, "tls/certificate.pem");

/** The same by HTTPS, under a certificate of its own. */
export async function serveTls(
  handler: (request: Request) => Response | Promise<Response>,
  port = 0,
): Promise<Served> {
  const [cert, key] = await Promise.all([
    readFile(certificateFile),
    readFile(join(import.meta.dirname, "tls/key.pem")),
  ]);
  const options = { createServer: createTlsServer, serverOptions: { cert, key } };
  return new Promise((resolve) => {
    const server = serveHttp({ fetch: handler, port, hostname: "127.0.0.1", ...options }, (info) => {
      resolve({ url: `https://127.0.0.1:${info.port}`, close: () => stop(server) });
    });
  });
}

function stop(server: ReturnType<typeof serveHttp>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}

/** Answers every connection with whatever `onConnection` writes: for partners that don't speak HTTP as they should. */
export async function serveRaw(onConnection: (socket: import("node:net").Socket) => void): Promise<Served> {
  const sockets = new Set<import("node:net").Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
