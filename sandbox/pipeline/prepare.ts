import { writeResponse } from "../../specs/engine/catalog/exchange/bind.ts";
import { withFixedValues } from "../../specs/engine/fixed-values.ts";
import type { Answer, DecisionContext, FieldProblem } from "../capabilities/capability.ts";
import { withholdFrom } from "../capabilities/withheld.ts";
import type { JsonObject } from "../store/store.ts";
import type { BodyText } from "./body-text.ts";
import { Fault } from "./fault.ts";
import { sendable, wantedAmong } from "./negotiate.ts";
import type { OperationPlan, PlannedResponse } from "./plan.ts";
import { represent } from "./representation.ts";

/** An answer ready to be sent: the text is final, so that a repeated key gets the same bytes. */
export interface Prepared {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: BodyText;
}

/** An answer of a capability, or of inferred state, whose result may be any JSON value. */
export type AnyAnswer = Omit<Answer, "result"> & {
  readonly result: unknown;
  /** The media type whose schema the result was made to fit: there it needn't be checked again. */
  readonly fits?: string | undefined;
};

/** What an answer is made for. */
export interface AskedFor {
  readonly plan: OperationPlan;
  /** The request's `Accept`. */
  readonly accept: string | null;
  /** Of the URL that was asked: `http://127.0.0.1:4010`. */
  readonly origin: string;
}

/** Shapes the result into the body that the operation declares, and refuses to send one that breaks the spec. */
export function prepareAnswer(asked: AskedFor, answer: AnyAnswer, context: DecisionContext): Prepared {
  const { plan, accept } = asked;
  const planned = successOf(plan, answer.status);
  const headers = answer.headers === undefined ? NO_HEADERS : headersOf(answer.headers, planned, asked);
  if (planned.mediaType === undefined) return { status: planned.status, headers, body: "" };
  const body = resultFor(plan, answer, context, planned.fixed);
  if (answer.fits !== planned.mediaType) refuseInvalid(planned.check(body), planned, plan);
  const { contentType, body: text } = representationOf(planned, planned.mediaType, body, accept);
  return { status: planned.status, headers: [typeHeader(contentType), ...headers], body: text };
}

/** Throws where there are any. */
export function refuseInvalid(
  violations: readonly FieldProblem[],
  { status }: PlannedResponse,
  { operation }: OperationPlan,
): void {
  if (violations.length === 0) return;
  const detail = `The answer ${status} of ${operation.id} breaks its schema`;
  throw new Fault("ECO_ANSWER_INVALID", detail, violations);
}

const NO_HEADERS: Prepared["headers"] = [];

/** The result as the operation lays it out, without what agreements withhold from its caller, with what its schema fixes. */
export function resultFor(
  { capability, operation }: OperationPlan,
  { result }: AnyAnswer,
  { caller, catalog }: DecisionContext,
  fixed: PlannedResponse["fixed"],
): unknown {
  if (capability === undefined) return result;
  // Those of capabilities are objects.
  const told = withholdFrom(caller, capability.name, result as JsonObject, catalog);
  const body = writeResponse(operation, told);
  return fixed === undefined ? body : withFixedValues(body, fixed);
}

/** One for each of the few media types that are answered: it is kept with every answer of a key. */
const typeHeaders = new Map<string, readonly [string, string]>();

function typeHeader(contentType: string): readonly [string, string] {
  const known = typeHeaders.get(contentType);
  if (known !== undefined) return known;
  const header = ["content-type", contentType] as const;
  typeHeaders.set(contentType, header);
  return header;
}

/** In the usual media type, or in another that is declared where the client takes only that. */
function representationOf(
  { spec, xml }: PlannedResponse,
  usual: string,
  value: unknown,
  accept: string | null,
): { readonly contentType: string; readonly body: string } {
  const mediaType = wantedAmong(accept, usual, spec);
  const contentType = sendable(mediaType);
  const shown = mediaType === usual ? undefined : Object.values(spec.content[mediaType]?.examples ?? {})[0];
  const other = typeof shown === "string" && !isList(value) ? shown : value;
  if (contentType === "application/json") return { contentType, body: JSON.stringify(other) };
  const write = typeof other === "string" ? undefined : xml.get(mediaType);
  return { contentType, body: write?.(other) ?? represent(other, contentType) };
}

const isList = (value: unknown): boolean => Array.isArray(value);

/** With names in lower case, and a `Location` that is a whole URL where its schema wants one. */
function headersOf(
  headers: Readonly<Record<string, string>>,
  { checkLocation }: PlannedResponse,
  asked: AskedFor,
): (readonly [string, string])[] {
  return Object.entries(headers).map(([key, value]) => {
    const name = key.toLowerCase();
    const partial = name === "location" && value.startsWith("/") && checkLocation !== undefined;
    if (!partial || checkLocation(value).length === 0) return [name, value];
    const whole = `${asked.origin}${value}`;
    return [name, checkLocation(whole).length === 0 ? whole : value];
  });
}

/**
 * The declared success of this status, else the operation's usual one: whoever declares `200` for everything gets it.
 * `default` is meant for errors, unless there is nothing else.
 */
export function successOf(plan: OperationPlan, status: number | undefined): PlannedResponse {
  const exact = status === undefined ? undefined : plan.response(status);
  const isDeclared = exact !== undefined && exact.spec.status !== "default";
  const planned = isDeclared ? exact : (plan.successes[0] ?? exact);
  if (planned !== undefined) return planned;
  throw new Fault("ECO_UNSATISFIABLE", `${plan.operation.id} doesn't declare a success`);
}
