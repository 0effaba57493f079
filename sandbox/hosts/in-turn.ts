import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** How many requests may wait on a connection before no more of it is read. */
const WAITING_AT_MOST = 32;

const waiting = new WeakMap<Socket, number>();

/**
 * Resolves when every request that came before it on its connection is answered, and the answer has left; undefined where
 * there is none. Clients that send one after the other without waiting mean that order. One who sends thousands, or takes
 * no answer, gets in nobody else's way: it has one request under way at a time, and the rest of it isn't even read.
 * Never resolves where the connection ends before.
 */
export function inTurn({ socket }: IncomingMessage, outgoing: ServerResponse): Promise<void> | undefined {
  // An answer has a connection from when it is the next to leave.
  if (outgoing.socket !== null) return undefined;
  wait(socket, 1);
  return new Promise((resolve) => {
    outgoing.once("socket", () => {
      wait(socket, -1);
      resolve();
    });
  });
}

function wait(socket: Socket, more: 1 | -1): void {
  const now = (waiting.get(socket) ?? 0) + more;
  waiting.set(socket, now);
  if (more === 1 && now === WAITING_AT_MOST) socket.on("resume", pauseAgain).pause();
  else if (more === -1 && now === WAITING_AT_MOST - 1) socket.off("resume", pauseAgain).resume();
}

/** Node goes on reading a connection whenever one of its requests is done with. */
function pauseAgain(this: Socket): void {
  this.pause();
}
