import type { Divergence, ExchangeLine, Resent, Session } from "../../sandbox/session/index.ts";
import type { Output } from "../output/output.ts";
import { sanitizeLine } from "../output/sanitize.ts";
import { short } from "./state-difference.ts";

const PLACES = {
  status: "The status of an answer",
  header: "A header of an answer",
  body: "The body of an answer",
  step: "The order of what was done",
  changes: "What was booked, stored or sent into the outbox",
  webhook: "What was sent to an endpoint",
  call: "What a stand-in's own build was asked",
  certification: "What a certification was asked to run",
  state: "The state at the end",
} as const;

/** The first difference: in which exchange, where, what was recorded, what came now. */
export function presentDivergence(divergence: Divergence, session: Session, out: Output): void {
  const { what, exchange, step, pointer, want, got, refusal } = divergence;
  out.data(`${PLACES[what]} differs.`);
  if (exchange !== undefined) {
    out.data(sanitizeLine(`  exchange  ${exchange}${placeOf(exchange, session)}`));
    out.data(sanitizeLine(`  request   ${requestOf(exchange, session)}`));
  }
  if (step !== undefined) out.data(sanitizeLine(`  step      ${step.step} ${step.told?.does ?? step.of}`));
  if (refusal !== undefined) out.data(sanitizeLine(`  refused   ${refusal}`));
  out.data(sanitizeLine(`  pointer   ${pointer === "" ? "(the whole)" : pointer}`));
  out.data(sanitizeLine(`  want      ${short(want)}`));
  out.data(sanitizeLine(`  got       ${short(got)}`));
}

const exchangesOf = ({ events }: Session): ExchangeLine[] =>
  events.filter((event) => event.kind === "exchange");

function placeOf(id: string, session: Session): string {
  const exchanges = exchangesOf(session);
  const at = exchanges.findIndex((exchange) => exchange.id === id);
  return at < 0 ? "" : `, ${at + 1} of ${exchanges.length}`;
}

/** As it was recorded: `POST /v1/deliveries (submitDelivery) by blueline, answered 201`. */
function requestOf(id: string, session: Session): string {
  const exchange = exchangesOf(session).find((one) => one.id === id);
  if (exchange === undefined) return "none in the recording";
  const { request, answer, operationId, party } = exchange;
  const { pathname, search } = new URL(request.url);
  const operation = operationId === undefined ? "" : ` (${operationId})`;
  const by = party === undefined ? "" : ` by ${party}`;
  return `${request.method} ${pathname}${search}${operation}${by}, answered ${answer.status || "by cutting the connection"}`;
}

export function presentResent(resent: Resent, out: Output): void {
  const { method, path, same, skipped, want, got, failure, violations } = resent;
  const mark = skipped !== undefined ? "-" : same ? "✓" : "✗";
  const how =
    skipped ?? failure ?? (want === got ? String(got) : `${want ?? "no answer"} → ${got ?? "no answer"}`);
  out.data(sanitizeLine(`${mark} ${method} ${path} ${how}`));
  for (const { pointer, detail } of violations) out.data(sanitizeLine(`    ${pointer || "body"} ${detail}`));
}
