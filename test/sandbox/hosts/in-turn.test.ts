import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { buffer } from "node:stream/consumers";
import { expect, it, onTestFinished } from "vitest";
import { inTurn } from "../../../sandbox/hosts/in-turn.ts";

const ANSWER = "x".repeat(100_000);

/** A server that answers each with something long and the length of its body; and what it saw. */
async function serve() {
  const seen = { requests: 0, atOnce: 0, most: 0, bodies: [] as number[] };
  const server = createServer(async (incoming, outgoing) => {
    seen.requests += 1;
    await inTurn(incoming, outgoing);
    seen.atOnce += 1;
    seen.most = Math.max(seen.most, seen.atOnce);
    seen.bodies.push((await buffer(incoming)).length);
    seen.atOnce -= 1;
    outgoing.end(ANSWER);
  });
  Object.assign(server, { httpAllowHalfOpen: true });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  return { seen, socket };
}

const get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
const post = (length: number): string =>
  `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n\r\n${"y".repeat(length)}`;

it("requests of one connection are under way one at a time, with all of their bodies", async () => {
  const { seen, socket } = await serve();
  const lengths = Array.from({ length: 300 }, (_, at) => (at % 3) * 40_000);
  socket.end(lengths.map((length) => (length === 0 ? get : post(length))).join(""));
  expect((await buffer(socket)).length).toBeGreaterThan(300 * ANSWER.length);
  expect(seen.bodies).toEqual(lengths);
  expect(seen.most).toBe(1);
});

it("what comes from a client that takes no answers is left unread", async () => {
  const { seen, socket } = await serve();
  socket.pause().write(get.repeat(100_000));
  let before = 0;
  const hasStopped = (): boolean => {
    const stopped = before > 0 && before === seen.requests;
    before = seen.requests;
    return stopped;
  };
  await expect.poll(hasStopped, { interval: 100 }).toBe(true);
  // As much as comes in one piece is there all the same.
  expect(seen.requests).toBeLessThan(20_000);
});
