import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { postingsOf } from "../../sandbox/ledger/index.ts";
import { compileRating, type Delivery, type Rated, useSha256 } from "../../sandbox/rating/index.ts";
import { nodeSha256 } from "../../sandbox/values/sha256-node.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import { documentsOf, operationsByCapability } from "../../specs/engine/catalog/lookup.ts";
import { validatorsOf } from "../../specs/engine/catalog/schemas/schema-validator.ts";

/**
 * Baseline: what remains of a rated delivery where nothing is left that can be left out. A body is parsed and validated,
 * rated with its fingerprint, kept in a map with its postings, and answered with as much JSON as the sandbox would, validated
 * too. No token, no look at the key, no events, no books, no log, no routes; no error is told. What came in one turn of the
 * event loop goes from step to step together. Prints its
 * address.
 * node least-delivery.ts SPECS
 */
const { catalog } = await loadCatalog(process.argv[2] ?? "specs");
const validators = validatorsOf(catalog);
const [operation] = operationsByCapability(catalog, "deliveries.submit");
const [sent] = Object.values(operation?.requestBody?.content ?? {});
const answered = operation?.responses.find(({ status }) => status === "201")?.content["application/json"];
const [example] = Object.values(answered?.examples ?? {});
if (sent?.schema === undefined || answered?.schema === undefined)
  throw new Error("The specs have no delivery to submit.");
const checkSent = validators.get(sent.schema, "request");
const checkAnswer = validators.get(answered.schema, "response");

useSha256(nodeSha256);
const compiled = compileRating({
  rateCards: documentsOf(catalog, "rate-card"),
  agreements: documentsOf(catalog, "agreement"),
});
if (compiled.kind === "refused") throw new Error(JSON.stringify(compiled.findings));
const { rating } = compiled;
const kept = new Map<string, unknown>();

interface Asked {
  readonly text: string;
  readonly response: ServerResponse;
}

function answerAll(asked: readonly Asked[]): void {
  const deliveries = asked.map(({ text }) => JSON.parse(text) as Delivery);
  if (deliveries.some((delivery) => checkSent(delivery).length > 0))
    throw new Error("A delivery is invalid.");
  const rated = deliveries.map(rate);
  const answers = deliveries.map(({ id, startedAt, usage }, at) => {
    const fingerprint = rated[at]?.fingerprint?.replace("sha256:", "");
    return { ...(example as object), id, startedAt, usage, fingerprint };
  });
  if (answers.some((answer) => checkAnswer(answer).length > 0)) throw new Error("An answer is invalid.");
  const bodies = answers.map((answer) => JSON.stringify(answer));
  for (const [at, delivery] of deliveries.entries()) {
    const legs = rated[at]?.legs ?? [];
    kept.set(delivery.id, { delivery, legs, postings: postingsOf(legs), body: bodies[at] });
  }
  for (const [at, { response }] of asked.entries()) {
    response.writeHead(201, { "content-type": "application/json" });
    response.end(bodies[at]);
  }
}

function rate(delivery: Delivery): Rated {
  const rated = rating.rate(delivery, { secret: `secret ${delivery.id}`, untraced: true });
  if (rated.kind === "unrated") throw new Error(rated.detail);
  return rated;
}

let waiting: Asked[] = [];
const server = createServer((request, response) => {
  // As small as it is, it comes in one piece.
  request.once("data", (body: Buffer) => {
    const count = waiting.push({ text: body.toString(), response });
    if (count > 1) return;
    setImmediate(() => {
      const asked = waiting;
      waiting = [];
      answerAll(asked);
    });
  });
});
await once(server.listen(0, "127.0.0.1"), "listening");
console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
process.once("SIGTERM", () => process.exit());
