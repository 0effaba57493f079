import { request } from "node:http";
import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Listening, type ListenOptions, listen } from "../../../sandbox/hosts/http.ts";
import { openShop } from "../pipeline/shop.ts";

async function serve(options: Partial<ListenOptions> = {}): Promise<Listening> {
  const { sandbox } = await openShop();
  const listening = await listen(sandbox, { port: 0, ...options });
  onTestFinished(() => listening.close());
  return listening;
}

/** The status that a request under this Host header gets. */
function statusFor({ port }: Listening, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path: "/v1/nothing", headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}

/** All that comes back on a connection of which the client sends only `text`. */
function rawAnswer({ port }: Listening, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (chunk) => {
      answer += chunk.toString();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer));
  });
}

describe("the HTTP host", () => {
  it("listens on loopback unless told otherwise", async () => {
    const { url, port } = await serve();
    expect(url).toBe(`http://127.0.0.1:${port}`);
  });

  it.each([
    ["127.0.0.1", 404],
    ["localhost:4010", 404],
    ["[::1]:4010", 404],
    ["Campus.Test", 404],
    ["rebound.example", 421],
    ["localhost.evil.example", 421],
  ])("answers under the name %j with %i", async (host, status) => {
    expect(await statusFor(await serve({ allowedHosts: ["campus.test"] }), host)).toBe(status);
  });

  it("says which port is taken", async () => {
    const { port } = await serve();
    const { sandbox } = await openShop();
    await expect(listen(sandbox, { port })).rejects.toMatchObject({
      code: "ECO_PORT_UNUSABLE",
      message: `The port ${port} on 127.0.0.1 is taken.`,
    });
  });

  it("lets a client go that doesn't finish its request, and answers others meanwhile", async () => {
    const listening = await serve({ requestTimeoutMs: 300 });
    const slow = rawAnswer(
      listening,
      "POST /v1/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 50\r\n\r\n{",
    );
    expect(await statusFor(listening, "localhost")).toBe(404);
    expect(await slow).toMatch(/^(HTTP\/1\.1 408|$)/);
  });

  it.each([
    [
      "a method that there isn't",
      "BREW /v1/notes HTTP/1.1\r\nHost: localhost\r\n\r\n",
      405,
      "ECO_METHOD_NOT_ALLOWED",
    ],
    ["what is no HTTP", "hello\r\n\r\n", 405, "ECO_METHOD_NOT_ALLOWED"],
    ["a broken header", "GET / HTTP/1.1\r\nHost localhost\r\n\r\n", 400, "ECO_REQUEST_MALFORMED"],
    [
      "headers that are too large",
      `GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: ${"x".repeat(40_000)}\r\n\r\n`,
      431,
      "ECO_REQUEST_MALFORMED",
    ],
  ])("answers %s with a problem too", async (_, request, status, code) => {
    const [head = "", body = ""] = (await rawAnswer(await serve(), request)).split("\r\n\r\n");
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain("content-type: application/problem+json");
    expect(JSON.parse(body)).toMatchObject({ status, code });
  });

  it.each([
    ["an escaped segment", "/v1/%6eothing", "/v1/%6eothing"],
    ["steps up", "/v1/notes/../nothing", "/v1/nothing"],
    ["escaped steps up", "/v1/notes/%2e%2e/nothing", "/v1/nothing"],
    ["a query", "/v1/nothing?a=1", "/v1/nothing"],
    ["an absolute target", "http://localhost/v1/nothing", "/v1/nothing"],
  ])("reads a target with %s as a URL", async (_, target, path) => {
    const text = `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
    expect(await rawAnswer(await serve(), text)).toContain(`No operation has the path ${path}.`);
  });

  it("answers a target that can't be a URL with a problem", async () => {
    const text = "GET /v1/nothing HTTP/1.1\r\nHost: localhost:99999\r\n\r\n";
    const [head = "", body = ""] = (await rawAnswer(await serve(), text)).split("\r\n\r\n");
    expect(head).toMatch(/^HTTP\/1\.1 400 /);
    expect(JSON.parse(body)).toMatchObject({ code: "ECO_REQUEST_MALFORMED" });
  });

  it("joins a header that comes twice, so that two credentials are none", async () => {
    const text =
      "POST /v1/counter HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\nConnection: close\r\n\r\n";
    expect(await rawAnswer(await serve(), text)).toMatch(/^HTTP\/1\.1 401 /);
  });

  it.each(["/v1/nothing", "/_sandbox/clock", "/_tenants/acme/v1/nothing"])(
    "answers what the platform has no request for: %s",
    async (path) => {
      const listening = await serve();
      const head = `${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n`;
      expect(await rawAnswer(listening, `TRACE ${head}\r\n`)).toMatch(/^HTTP\/1.1 404 /);
      expect(await rawAnswer(listening, `GET ${head}content-length: 2\r\n\r\n{}`)).toMatch(
        /^HTTP\/1.1 40[134] /,
      );
    },
  );

  it("reads a header that is named like what every object has", async () => {
    const text =
      "GET /v1/nothing HTTP/1.1\r\nHost: localhost\r\nConstructor: a\r\n__proto__: b\r\nConnection: close\r\n\r\n";
    expect(await rawAnswer(await serve(), text)).toMatch(/^HTTP\/1\.1 404 /);
  });

  it("answers the next request on the connection of one whose body it didn't read", async () => {
    const listening = await serve();
    const refused = "POST /v1/counter HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nabcde";
    const next = "GET /v1/nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    const answers = await rawAnswer(listening, refused + next);
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 401", "HTTP/1.1 404"]);
  });

  it("refuses a body that grows beyond the limit while it comes", async () => {
    const { url } = await serve();
    const chunk = new Uint8Array(256 * 1024).fill(0x20);
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += chunk.length;
        if (sent > 64 * chunk.length) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const token = await fetch(`${url}/v1/token`, {
      method: "POST",
      body: new URLSearchParams({ client_id: "blueline" }),
    });
    const { access_token } = (await token.json()) as { access_token: string };
    const response = await fetch(`${url}/v1/notes`, {
      method: "POST",
      body,
      duplex: "half",
      headers: { "content-type": "application/json", authorization: `Bearer ${access_token}` },
    } as RequestInit);
    expect(response.status).toBe(413);
  });

  it("answers what is under way before it closes", async () => {
    const { sandbox } = await openShop();
    const { url, close } = await listen(sandbox, { port: 0 });
    const form = () =>
      fetch(`${url}/v1/token`, { method: "POST", body: new URLSearchParams({ client_id: "blueline" }) });
    const { access_token } = (await (await form()).json()) as { access_token: string };
    const headers = { authorization: `Bearer ${access_token}` };
    const counted = fetch(`${url}/v1/counter`, { method: "POST", headers });
    await new Promise((resolve) => setImmediate(resolve));
    const closed = close();
    const outcome = await counted.then(
      ({ status }) => status,
      () => "refused",
    );
    await closed;
    expect([200, "refused"]).toContain(outcome);
    await expect(form()).rejects.toThrow();
  });
});

describe("faults over HTTP", () => {
  const form = "client_id=blueline";
  const request = `POST /v1/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\nConnection: close\r\n\r\n${form}`;

  it("resets the connection without a byte", async () => {
    const { sandbox } = await openShop({ faults: [{ operation: "token", drop: true }] });
    const listening = await listen(sandbox, { port: 0 });
    onTestFinished(() => listening.close());
    expect(await rawAnswer(listening, request)).toBe("");
  });

  it.each([
    ["", false],
    [", while a session is recorded too", true],
  ])("cuts a body halfway, with nothing of its own in the place of the rest%s", async (_, isRecorded) => {
    const { sandbox } = await openShop({ faults: [{ operation: "token", body: "truncated" }] });
    const listening = await listen(sandbox, { port: 0 });
    onTestFinished(() => listening.close());
    if (isRecorded) await sandbox.control.session.keep();
    const [head = "", body = ""] = (await rawAnswer(listening, request)).split("\r\n\r\n");
    const announced = Number(/content-length: (\d+)/i.exec(head)?.[1]);
    expect(body).toMatch(/^\{"access_token":"[\w.-]+$/);
    expect(body).toHaveLength(announced >> 1);
  });
});
