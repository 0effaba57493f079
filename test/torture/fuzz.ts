import { mkdtemp, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { responseFor } from "../../specs/engine/catalog/exchange/declared-response.ts";
import { compileResponseValidator } from "../../specs/engine/catalog/exchange/validate-response.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import { type Validators, validatorsOf } from "../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { createRandom } from "../../specs/engine/certification/random.ts";
import { median } from "../bench/figure.ts";
import { type Process, root, startServer, usageOf } from "./processes.ts";
import { type FuzzRequest, fuzzRequest } from "./requests.ts";
import type { Verdict } from "./verdict.ts";

const LANES = 12;
const ANSWER_WITHIN_MS = 15_000;
/** Growth of the process from the second quarter of the requests, when its caches are full, to the last. */
const MOST_GROWTH = 1.5;
/** A reset would empty what others are about to use; a submission asks for probes: answers that are wrong on purpose. */
const LEFT_OUT = new Set(["sandbox.reset", "certifications.submit"]);

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Generated and mutated requests of every operation: no 5xx, no hang, no growth, and every answer as the spec has it. */
export async function fuzz(requests: number, seed: string): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), "eco-fuzz-"));
  const { catalog } = await loadCatalog(join(root, "specs"));
  const server = await startServer(["specs", join(folder, "sandbox.db")], "fuzz-server.ts");
  if (server === undefined) throw new Error("The server ended before it listened.");
  try {
    return await attack(server, catalog, requests, seed);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true });
  }
}

async function attack(server: Process, catalog: Catalog, requests: number, seed: string): Promise<Verdict> {
  const validators = validatorsOf(catalog);
  const operations = catalog.operations.filter(({ capability }) => !LEFT_OUT.has(capability?.name ?? ""));
  const tokens = [undefined, "no.token.this", ...(await tokensOf(server, catalog))];
  const violations: string[] = [];
  const statuses = new Map<number, number>();
  const memory: number[] = [];
  const began = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < requests && server.isRunning()) {
      const number = next++;
      const random = createRandom(`${seed}/${number}`);
      const operation = operations[random.integer(operations.length)];
      if (operation === undefined) return;
      const token = tokens[random.integer(tokens.length)];
      const request = fuzzRequest(catalog, operation, token, random);
      const answer = await send(server.url, request).catch((error: Error) => error);
      if (number % Math.ceil(requests / 20) === 0) {
        memory.push(usageOf(server.pid)?.memoryMb ?? Number.NaN);
        process.stderr.write(`fuzz: ${number} of ${requests}, ${memory.at(-1)?.toFixed(0)} MB\n`);
      }
      const what = `#${number} ${request.method} ${request.target.slice(0, 120)}`;
      if (answer instanceof Error) {
        violations.push(`${what}: ${answer.message}`);
        continue;
      }
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      violations.push(...judge(request, answer, validators).map((reason) => `${what}: ${reason}`));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  if (!server.isRunning()) violations.push("the server ended");
  const seconds = (performance.now() - began) / 1000;
  // Between two collections it goes up and down by itself.
  const [settled, last] = [median(memory.slice(4, 9)), median(memory.slice(-5))];
  if (last / settled > MOST_GROWTH)
    violations.push(`memory grew from ${settled.toFixed(0)} to ${last.toFixed(0)} MB`);
  const counted = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
  return {
    part: "fuzz",
    figures: [
      `${next} requests of ${operations.length} operations in ${seconds.toFixed(0)} s, seed ${seed}`,
      counted.join(", "),
      `memory ${settled.toFixed(0)} → ${last.toFixed(0)} MB`,
      `${violations.length} violations`,
    ],
    violations,
  };
}

/** Why an answer is none that the spec allows. */
function judge(request: FuzzRequest, answer: Answer, validators: Validators): string[] {
  const { status, headers, text } = answer;
  if (status >= 500) return [`${status} ${text.slice(0, 300)}`];
  const json = jsonOf(text);
  const reasons: string[] = [];
  if (status >= 400 && request.method !== "HEAD") {
    const type = headers["content-type"] ?? "";
    const code = typeof json === "object" && json !== null && "code" in json ? json.code : undefined;
    if (!type.startsWith("application/problem+json") || typeof code !== "string")
      reasons.push(`${status} in ${type || "no type"}: ${text.slice(0, 200)}`);
  }
  if (status < 300 && request.method !== "OPTIONS" && isBroken(request))
    reasons.push(`${status} for a body that is no JSON`);
  if (request.method !== request.operation.method) return reasons;
  // What every request may meet needn't be declared by each operation; a foreign Host never reaches one.
  if (status === 421 || responseFor(request.operation, status) === undefined) return reasons;
  const validate = compileResponseValidator(validators, request.operation);
  const violations = validate({ status, headers, ...(text === "" ? {} : { body: json ?? text }) });
  return [...reasons, ...violations.slice(0, 2).map(({ pointer, message }) => `${pointer} ${message}`)];
}

/** A body that says that it is JSON and isn't. */
function isBroken({ body, headers, value }: FuzzRequest): boolean {
  if (body === undefined || value !== undefined || headers["content-type"] !== "application/json")
    return false;
  try {
    JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body as Uint8Array));
    return false;
  } catch {
    return true;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** By Node's own client: it sends what is asked for, odd headers too. */
function send(url: string, { method, target, headers, body }: FuzzRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${url}${target}`,
      { method, headers: { ...headers, ...lengthOf(body) }, timeout: ANSWER_WITHIN_MS },
      async (response) => {
        let text = "";
        for await (const chunk of response) text += String(chunk);
        const seen = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
        resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(seen), text });
      },
    );
    request.once("timeout", () => request.destroy(new Error(`no answer within ${ANSWER_WITHIN_MS} ms`)));
    request.once("error", reject);
    request.end(body);
  });
}

/** Node gives a body of DELETE and OPTIONS no length by itself. */
const lengthOf = (body: FuzzRequest["body"]): Record<string, number> =>
  body === undefined ? {} : { "content-length": Buffer.byteLength(body) };

/** Tokens of the published test parties. */
async function tokensOf({ url }: Process, { ecosystem }: Catalog): Promise<string[]> {
  const testData = ecosystem.content["testData"] as
    | { personas?: { clientId: string; clientSecret: string }[] }
    | undefined;
  const answers = (testData?.personas ?? []).map(async ({ clientId, clientSecret }) => {
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
    });
    const answer = await fetch(`${url}/v1/oauth/token`, { method: "POST", body });
    return ((await answer.json()) as { access_token: string }).access_token;
  });
  return Promise.all(answers);
}
