import { Webhook } from "standardwebhooks";
import { isPlainObject } from "../../catalog/pointer.ts";
import type { Message } from "../../catalog/types.ts";
import { answerOf, held, type Observation, type RunContext, statusOf, violated } from "../check.ts";
import type { WireRequest } from "../http/wire.ts";
import type { Exchange } from "../model.ts";
import type { ReceiverTarget } from "../options.ts";
import type { Random } from "../random.ts";
import {
  anyTemplate,
  type CloudEvent,
  EVENT_TYPE,
  freshEvent,
  messageTemplates,
  type Template,
} from "./message.ts";

export interface DispatchOptions {
  readonly template?: Template;
  readonly changes?: CloudEvent;
  /** The whole event, instead of a fresh one from the template. */
  readonly event?: CloudEvent;
  /** The body that is signed, instead of the event's JSON. */
  readonly body?: string;
  /** The body that is sent, where it differs from the signed one. */
  readonly sentBody?: string;
  readonly id?: string;
  /** Seconds since the epoch; the clock's where left out. */
  readonly timestamp?: number;
  readonly secret?: string;
  /** Makes another signature header of the right one. */
  readonly signature?: (right: string, content: SignedContent) => string;
  /** Headers to change; `undefined` leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly pieces?: (body: string) => NonNullable<WireRequest["pieces"]>;
}

export interface SignedContent {
  readonly id: string;
  readonly timestamp: number;
  readonly body: string;
}

/** A dispatch with what the receiver must not give away about it. */
export interface Dispatch {
  readonly id: string;
  readonly exchange: Exchange;
  readonly request: WireRequest;
  readonly rightSignature: string;
}

export interface ReceiverContext {
  readonly run: RunContext;
  readonly target: ReceiverTarget;
  readonly random: Random;
  readonly templates: readonly Template[];
  readonly withoutTemplate: readonly Message[];
  /** Every dispatch of the run, oldest first. */
  readonly sent: Dispatch[];
  away: string | undefined;
  newId(): string;
  dispatch(options?: DispatchOptions): Promise<Dispatch>;
  send(request: WireRequest): Promise<Exchange>;
  /** How often a message took effect; undefined where that can't be seen. */
  effectsOf(id: string): Promise<number | undefined>;
}

const FAILURES_IN_A_ROW = 3;

/** @param secret `whsec_` and base64, or base64 alone */
export function sign(secret: string, content: SignedContent): string {
  return new Webhook(secret).sign(content.id, new Date(content.timestamp * 1000), content.body);
}

/** A secret that the receiver can't know. */
export function foreignSecret(random: Random): string {
  return `whsec_${btoa(random.word(24))}`;
}

function buildRequest(context: ReceiverContext, options: DispatchOptions): Omit<Dispatch, "exchange"> {
  const id = options.id ?? context.newId();
  const nowMs = context.run.now();
  const template = options.template ?? anyTemplate(context.templates);
  const event = options.event ?? freshEvent(template, id, nowMs, options.changes);
  const body = options.body ?? JSON.stringify(event);
  const content = { id, timestamp: options.timestamp ?? Math.floor(nowMs / 1000), body };
  const right = sign(options.secret ?? context.target.secret, content);
  const headers: Record<string, string | undefined> = {
    "content-type": template.bare?.contentType ?? EVENT_TYPE,
    "webhook-id": id,
    "webhook-timestamp": String(content.timestamp),
    "webhook-signature": options.signature?.(right, content) ?? right,
    ...options.headers,
  };
  const kept = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const sentBody = options.sentBody ?? body;
  const request: WireRequest = {
    method: "POST",
    url: context.target.url,
    headers: Object.fromEntries(kept),
    ...(options.pieces === undefined ? { body: sentBody } : { pieces: options.pieces(sentBody) }),
  };
  return { id, request, rightSignature: sign(context.target.secret, content) };
}

function effectsIn(exchange: Exchange): number | undefined {
  if (exchange.response?.status === 404) return 0;
  if (exchange.response?.status !== 200) return undefined;
  try {
    const body: unknown = JSON.parse(exchange.response.body);
    const effects = isPlainObject(body) ? body["effects"] : undefined;
    return typeof effects === "number" ? effects : undefined;
  } catch {
    return undefined;
  }
}

export function createReceiverContext(run: RunContext, target: ReceiverTarget): ReceiverContext {
  const { templates, without } = messageTemplates(run);
  const random = run.random.fork("receiver");
  // The clock is part of an id, so that a second run with the same seed doesn't look like duplicates of the first.
  const stamp = run.now().toString(36);
  let failures = 0;
  const context: ReceiverContext = {
    run,
    target,
    random,
    templates,
    withoutTemplate: without,
    sent: [],
    away: undefined,
    newId: () => `msg_${random.word(12)}${stamp}`,
    async send(request) {
      const exchange = await run.wire.send(request);
      failures = exchange.failure === undefined || request.pieces?.broken === true ? 0 : failures + 1;
      if (failures >= FAILURES_IN_A_ROW)
        context.away = `The receiver gave ${answerOf(exchange)}, ${failures} times in a row.`;
      return exchange;
    },
    async dispatch(options = {}) {
      const built = buildRequest(context, options);
      const dispatch = { ...built, exchange: await context.send(built.request) };
      context.sent.push(dispatch);
      return dispatch;
    },
    async effectsOf(id) {
      if (target.inspection === undefined) return undefined;
      const url = new URL(target.inspection);
      url.searchParams.set("id", id);
      return effectsIn(await context.send({ method: "GET", url: url.href }));
    },
  };
  return context;
}

export interface Case {
  readonly label: string;
  readonly want: "accepted" | "refused";
  readonly exchange: Exchange;
}

function meets(one: Case): boolean {
  const status = statusOf(one.exchange);
  return one.want === "accepted" ? status >= 200 && status < 300 : status >= 400 && status < 500;
}

/** One observation over several cases: held when all are met, else violated with the first that isn't. */
export function judge(cases: readonly Case[], more: Partial<Observation> = {}): Observation {
  const failing = cases.find((one) => !meets(one));
  if (failing !== undefined) {
    const want = failing.want === "accepted" ? "2xx" : "4xx";
    const message = `${failing.label}: got ${answerOf(failing.exchange)}, expected ${want}.`;
    return violated(message, { evidence: [failing.exchange], cases: cases.length, ...more });
  }
  const last = cases.at(-1);
  const statuses = [...new Set(cases.map((one) => answerOf(one.exchange)))].join(", ");
  const seen = `${cases.map((one) => one.label).join("; ")}: answered ${statuses}.`;
  return held(seen, { evidence: last === undefined ? [] : [last.exchange], cases: cases.length, ...more });
}
