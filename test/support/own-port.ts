import { once } from "node:events";
import { createServer } from "node:net";

/** Below what any system hands out to those who ask for some port: what is free here stays free when it is given up for a while. */
const FIRST = 20_000;
const LAST = 32_000;

/** A free port of this machine for a server that is to come back to it: in the meantime nobody else is given it. */
export async function ownPort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!isFree) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}
