import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface Answered {
  readonly status: number;
  readonly body: string;
}

/**
 * One kept connection that has one request under way at a time. It knows just enough of HTTP/1.1 to tell where an answer
 * ends, so that measuring takes little of the processors that what is measured runs on.
 */
export class Connection {
  readonly #socket: Socket;
  /** The start of every request's head; what changes from one to the next follows. */
  readonly #head: string;
  #received = "";
  #waiting: PromiseWithResolvers<Answered> | undefined;

  private constructor(socket: Socket, head: string) {
    this.#socket = socket;
    this.#head = head;
    // One character a byte, so that lengths are in bytes.
    socket.setEncoding("latin1").setNoDelay(true);
    socket.on("data", (text: string) => this.#receive(text));
    socket.on("error", (error) => this.#waiting?.reject(error));
    socket.on("close", () => this.#waiting?.reject(new Error("The connection was closed by the server.")));
  }

  /** @param headers the same for every request */
  static async open(
    origin: string,
    path: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<Connection> {
    const { host, hostname, port } = new URL(origin);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
    return new Connection(socket, `POST ${path} HTTP/1.1\r\n${lines.join("")}`);
  }

  /** @param body in ASCII */
  post(body: string, key: string): Promise<Answered> {
    this.#waiting = Promise.withResolvers<Answered>();
    this.#socket.write(
      `${this.#head}idempotency-key: ${key}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      "latin1",
    );
    return this.#waiting.promise;
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #receive(text: string): void {
    this.#received = this.#received === "" ? text : this.#received + text;
    const answer = wholeAnswer(this.#received);
    if (answer === undefined) return;
    this.#received = "";
    this.#waiting?.resolve(answer);
  }
}

const LENGTH = /\r\ncontent-length: *(\d+)\r\n/i;
const LAST_CHUNK = "\r\n0\r\n\r\n";

/** Undefined as long as a part is missing. */
function wholeAnswer(text: string): Answered | undefined {
  const endOfHead = text.indexOf("\r\n\r\n");
  if (endOfHead === -1) return undefined;
  const body = text.slice(endOfHead + 4);
  const length = LENGTH.exec(text.slice(0, endOfHead + 2))?.[1];
  const isWhole = length === undefined ? `\r\n${body}`.endsWith(LAST_CHUNK) : body.length >= Number(length);
  return isWhole ? { status: Number(text.slice(9, 12)), body } : undefined;
}
