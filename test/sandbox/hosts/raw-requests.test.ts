import { connect } from "node:net";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { listen } from "../../../sandbox/hosts/http.ts";
import type { Sandbox } from "../../../sandbox/pipeline/sandbox.ts";
import { openShop } from "../pipeline/shop.ts";

let sandbox: Sandbox;
let port: number;
beforeEach(async () => {
  ({ sandbox } = await openShop());
  const listening = await listen(sandbox, { port: 0 });
  ({ port } = listening);
  onTestFinished(() => listening.close());
});

/** All that comes back on a connection on which `text` was sent as it is. */
function exchange(text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.end(text));
    socket.on("data", (chunk) => {
      answer += chunk.toString();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer));
  });
}

const statusOf = (answer: string): number => Number(answer.split(" ")[1]);
const finalStatusOf = (answer: string): number =>
  statusOf(answer.replace("HTTP/1.1 100 Continue\r\n\r\n", ""));

describe("the name that a request is addressed to", () => {
  it.each([
    ["localhost", "/v1/nothing"],
    ["LOCALHOST:80", "/v1/nothing"],
    ["[::1]:4010", "/v1/nothing"],
    ["localhost", "http://localhost/v1/nothing"],
    ["127.0.0.1:4010", "http://127.0.0.1:4010/v1/nothing"],
  ])("is this sandbox's with Host %j and target %j", async (host, target) => {
    expect(statusOf(await exchange(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`))).toBe(404);
  });

  it.each([
    ["another one", "Host: evil.example", "/v1/nothing"],
    ["one with a final dot", "Host: localhost.", "/v1/nothing"],
    ["one below it", "Host: localhost.evil.example", "/v1/nothing"],
    ["one behind a user name", "Host: localhost@evil.example", "/v1/nothing"],
    ["this one behind a user name", "Host: evil@localhost", "/v1/nothing"],
    ["one with a path", "Host: localhost/evil.example", "/v1/nothing"],
    ["one with a port of letters", "Host: localhost:evil", "/v1/nothing"],
    ["an address as a number", "Host: 2130706433", "/v1/nothing"],
    ["an address in hexadecimal", "Host: 0x7f.0.0.1", "/v1/nothing"],
    ["IPv6 without brackets", "Host: ::1", "/v1/nothing"],
    ["IPv6 with a zone", "Host: [::1%25eth0]", "/v1/nothing"],
    ["an IPv4 address within IPv6", "Host: [::ffff:127.0.0.1]", "/v1/nothing"],
    ["none", "Accept: */*", "/v1/nothing"],
    ["an empty one", "Host:", "/v1/nothing"],
    ["this one and then another", "Host: localhost\r\nHost: evil.example", "/v1/nothing"],
    ["another and then this one", "Host: evil.example\r\nhOsT: localhost", "/v1/nothing"],
    ["this one twice", "Host: localhost\r\nHost: localhost", "/v1/nothing"],
    ["another one in its target", "Host: localhost", "http://evil.example/v1/nothing"],
    ["this one in its target alone", "Host: evil.example", "http://localhost/v1/nothing"],
    [
      "another behind a user name in its target",
      "Host: localhost",
      "http://localhost@evil.example/v1/nothing",
    ],
    ["another one with a target that is no path", "Host: evil.example", "*"],
  ])("is refused where it is %s", async (_what, headers, target) => {
    for (const method of target === "*" ? ["OPTIONS"] : ["GET", "POST"]) {
      const answer = await exchange(
        `${method} ${target} HTTP/1.1\r\n${headers}\r\nContent-Length: 0\r\n\r\n`,
      );
      expect(statusOf(answer)).toBe(421);
      expect(answer).toContain("ECO_HOST_REFUSED");
    }
  });

  it("is asked of HTTP/1.0 too, and of what wants another protocol", async () => {
    expect(statusOf(await exchange("GET /v1/nothing HTTP/1.0\r\n\r\n"))).toBe(421);
    const upgrade = "Connection: Upgrade\r\nUpgrade: websocket";
    expect(
      statusOf(await exchange(`GET /v1/nothing HTTP/1.1\r\nHost: evil.example\r\n${upgrade}\r\n\r\n`)),
    ).toBe(421);
    const odd = "Expect: something\r\nContent-Length: 0";
    expect(statusOf(await exchange(`POST /v1/token HTTP/1.1\r\nHost: evil.example\r\n${odd}\r\n\r\n`))).toBe(
      421,
    );
    const waiting = "Expect: 100-continue\r\nContent-Length: 2";
    const answer = await exchange(`POST /v1/token HTTP/1.1\r\nHost: evil.example\r\n${waiting}\r\n\r\n{}`);
    expect(finalStatusOf(answer)).toBe(421);
  });
});

/** What a second server might take for a request of its own. */
const hidden = "GET /v1/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

describe("a request whose end two servers would see in different places", () => {
  it.each([
    ["two lengths", "Content-Length: 2\r\nContent-Length: 3", `{}${hidden}`],
    ["a list of lengths", "Content-Length: 2, 2", `{}${hidden}`],
    ["a length with a sign", "Content-Length: +2", `{}${hidden}`],
    ["a length in hexadecimal", "Content-Length: 0x2", `{}${hidden}`],
    ["a negative length", "Content-Length: -1", `{}${hidden}`],
    ["a length and chunks", "Content-Length: 6\r\nTransfer-Encoding: chunked", `0\r\n\r\n${hidden}`],
    ["chunks and a length", "Transfer-Encoding: chunked\r\nContent-Length: 6", `0\r\n\r\n${hidden}`],
    ["chunks that aren't the last coding", "Transfer-Encoding: chunked, identity", `0\r\n\r\n${hidden}`],
    ["a second coding", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", `0\r\n\r\n${hidden}`],
    ["a coding that there isn't", "Transfer-Encoding: xchunked", `0\r\n\r\n${hidden}`],
    ["a space before the colon", "Content-Length : 2", `{}${hidden}`],
    ["a header over two lines", "Content-Length: 2\r\nX: a\r\n b", `{}${hidden}`],
    ["a NUL in a header", "Content-Length: 2\r\nX: a\u0000b", `{}${hidden}`],
    ["a bare line feed", "Content-Length: 2\nX: a", `{}${hidden}`],
    ["a chunk with a size of its own kind", "Transfer-Encoding: chunked", `0x2\r\n{}\r\n0\r\n\r\n${hidden}`],
    ["a chunk that is longer than it says", "Transfer-Encoding: chunked", `2\r\n{}}}\r\n0\r\n\r\n${hidden}`],
  ])("is refused, and nothing behind it is read: %s", async (_what, headers, rest) => {
    const head =
      "POST /v1/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded";
    const answer = await exchange(`${head}\r\n${headers}\r\n\r\n${rest}`);
    expect(statusOf(answer)).toBe(400);
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    const served = sandbox.control.log.read().items.map(({ path }) => path);
    expect(served).not.toContain("/v1/smuggled");
  });
});

it.each(["localhost:80", "evil.example:443", "/v1/notes"])(
  "is no proxy, and says so to who wants a tunnel to %s",
  async (target) => {
    const answer = await exchange(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n${hidden}`);
    expect(statusOf(answer)).toBe(405);
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(answer).toContain("ECO_METHOD_NOT_ALLOWED");
  },
);

describe("what HTTP has, and few clients send", () => {
  const body = "client_id=blueline";
  const form = `Host: localhost\r\nContent-Type: application/x-www-form-urlencoded`;

  it.each([
    ["chunks with a word of their own, and trailers", "Trailer: X-Sum", 200],
    ["a client that waits until it may send", "Expect: 100-Continue", 200],
    ["one that waits for something else", "Expect: 200-maybe", 417],
  ])("%s", async (_what, header, status) => {
    const chunks = `${body.length.toString(16)};a=b\r\n${body}\r\n0\r\nX-Sum: 1\r\n\r\n`;
    const head = `POST /v1/token HTTP/1.1\r\n${form}\r\n${header}\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const answer = await exchange(head + chunks);
    expect(finalStatusOf(answer)).toBe(status);
    if (status === 417) expect(answer).toContain("ECO_REQUEST_MALFORMED");
  });

  it("asks whether the server is there, of no resource", async () => {
    const answer = await exchange("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 204 /);
    expect(statusOf(await exchange("GET * HTTP/1.1\r\nHost: localhost\r\n\r\n"))).toBe(400);
  });

  it.each(["/v1\\notes", "/v1/nothing\\..\\notes", "/v1/notes#part"])(
    "a target that two servers would read differently is refused: %s",
    async (target) => {
      const answer = await exchange(`GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      expect(statusOf(answer)).toBe(400);
      expect(answer).toContain("ECO_REQUEST_MALFORMED");
    },
  );
});

describe("requests that don't wait for the answers before them", () => {
  const get = "GET /v1/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const answersTo = (text: string): Promise<number> =>
    exchange(text).then((answers) => answers.match(/HTTP\/1\.1 404 /g)?.length ?? 0);

  it("are answered in their order, each after what the one before it did", async () => {
    const count = "POST /v1/counter HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nabcde";
    const answers = await exchange((get + count).repeat(100));
    const statuses = answers.match(/HTTP\/1\.1 \d+/g);
    expect(statuses).toEqual(Array.from({ length: 200 }, (_, at) => `HTTP/1.1 ${at % 2 === 0 ? 404 : 401}`));
    const served = sandbox.control.log.read().items;
    expect(served.map(({ status }) => status)).toEqual(served.map((_, at) => (at % 2 === 0 ? 404 : 401)));
  });

  it("are all answered, however many, and others meanwhile", async () => {
    let isDone = false;
    const all = answersTo(get.repeat(3_000)).then((answers) => {
      isDone = true;
      return answers;
    });
    expect([await answersTo(get), isDone]).toEqual([1, false]);
    expect(await all).toBe(3_000);
  });
});

describe("headers without measure", () => {
  it.each([
    ["very many", "a: b\r\n".repeat(3_000)],
    ["one very long", `a: ${"b".repeat(20_000)}\r\n`],
    ["a token as long as a book", `Authorization: Bearer ${"a".repeat(100_000)}\r\n`],
    ["very many hosts", "Host: localhost\r\n".repeat(3_000)],
  ])("are refused: %s", async (_what, headers) => {
    const answer = await exchange(`GET /v1/notes HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`);
    expect(statusOf(answer)).toBe(431);
    expect(answer).toContain("ECO_REQUEST_MALFORMED");
  });

  it("are answered as usual as long as they stay within the measure", async () => {
    const headers = "a: b\r\n".repeat(200);
    expect(statusOf(await exchange(`GET /v1/nothing HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`))).toBe(
      404,
    );
  });
});

describe("while a session is recorded", () => {
  const token = "POST /v1/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  const logged = (): readonly unknown[] => sandbox.control.log.read().items;

  it.each([
    ["by its length", `${token}Content-Length: 500\r\n\r\n{"half`],
    ["in chunks", `${token}Transfer-Encoding: chunked\r\n\r\n5\r\n{"hal\r\n`],
  ])("a client that leaves in the midst of its body, announced %s, hurts nobody", async (_, text) => {
    await sandbox.control.session.keep();
    const socket = connect(port, "127.0.0.1", () => socket.write(text, () => socket.destroy()));
    await expect.poll(logged).toMatchObject([{ status: 400, code: "ECO_REQUEST_MALFORMED" }]);
    expect(statusOf(await exchange("GET /v1/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n"))).toBe(404);
    const session = await sandbox.control.session.take();
    expect(session.match(/"kind":"exchange"/g)).toHaveLength(1);
  });

  it("a method of which no request can be kept is answered as it is otherwise", async () => {
    const trace = "TRACE /v1/token HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const before = statusOf(await exchange(trace));
    await sandbox.control.session.keep();
    expect([before, statusOf(await exchange(trace))]).toEqual([405, 405]);
  });
});

it("answers everyone else while a crowd dribbles its requests", async () => {
  const beginnings = [
    "GET /v1/notes HTTP/1.1\r\nHost: localhost\r\nX-",
    "POST /v1/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{",
    "POST /v1/token HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
    "",
  ];
  const crowd = await Promise.all(
    Array.from({ length: 400 }, (_, at) => {
      const { promise, resolve } = Promise.withResolvers<ReturnType<typeof connect>>();
      const socket = connect(port, "127.0.0.1", () => {
        socket.write(beginnings[at % beginnings.length] ?? "");
        resolve(socket);
      });
      socket.on("error", () => {});
      return promise;
    }),
  );
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => exchange("GET /v1/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n")),
  );
  for (const socket of crowd) socket.destroy();
  expect(answers.map(statusOf)).toEqual(answers.map(() => 404));
});
