import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

export interface OnLoopback {
  readonly url: string;
  /** Resolves when it is gone, whatever was under way. Nothing happens the second time. */
  close(): Promise<void>;
}

/** A server of a test's own on a free port of this machine. */
export async function serveOnLoopback(answer: RequestListener): Promise<OnLoopback> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
