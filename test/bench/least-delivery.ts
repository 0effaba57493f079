import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { postingsOf } from "../../sandbox/ledger/index.ts";
import { compileRating, type Delivery, useSha256 } from "../../sandbox/rating/index.ts";
import { nodeSha256 } from "../../sandbox/values/sha256-node.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import { documentsOf, operationsByCapability } from "../../specs/engine/catalog/lookup.ts";
import { validatorsOf } from "../../specs/engine/catalog/schemas/schema-validator.ts";

/**
 * Baseline: what remains of a rated delivery where nothing is left that can be left out. A body is parsed and validated,
 * rated with its fingerprint, kept in a map with its postings, and answered with as much JSON as the sandbox would, validated
 * too. No token, no look at the key, no events, no books, no log, no routes; no error is told. Prints its address.
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

function answerTo(text: string): string {
  const delivery = JSON.parse(text) as Delivery;
  const violations = checkSent(delivery);
  const rated = rating.rate(delivery, { secret: `secret ${kept.size}`, untraced: true });
  if (violations.length > 0 || rated.kind === "unrated") throw new Error(text);
  const { id, startedAt, usage } = delivery;
  const fingerprint = rated.fingerprint?.replace("sha256:", "");
  const answer = { ...(example as object), id, startedAt, usage, fingerprint };
  if (checkAnswer(answer).length > 0) throw new Error(JSON.stringify(checkAnswer(answer)));
  const body = JSON.stringify(answer);
  kept.set(id, { delivery, legs: rated.legs, postings: postingsOf(rated.legs), body });
  return body;
}

const server = createServer((request, response) => {
  // As small as it is, it comes in one piece.
  request.once("data", (body: Buffer) => {
    response.writeHead(201, { "content-type": "application/json" });
    response.end(answerTo(body.toString()));
  });
});
await once(server.listen(0, "127.0.0.1"), "listening");
console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
process.once("SIGTERM", () => process.exit());
