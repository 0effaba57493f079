import type { Told } from "../../sandbox/control/told.ts";
import type { PartnerReply } from "../../sandbox/forwarding/caller.ts";
import { postingsIn } from "../../sandbox/ledger/index.ts";
import { BUNDLE_FORMAT, checkedBundle } from "../../sandbox/session/bundle-format.ts";
import type {
  Body,
  CallLine,
  Change,
  ExchangeLine,
  Session,
  SessionEvent,
  StepLine,
  WebhookLine,
} from "../../sandbox/session/format.ts";
import { SESSION_FORMAT } from "../../sandbox/session/format.ts";
import { readSession } from "../../sandbox/session/read.ts";
import { checkedStateFile, STATE_FORMAT } from "../../sandbox/session/state-format.ts";
import { transactionsOf } from "../../sandbox/store/state.ts";
import type { TenantState } from "../../sandbox/store/store.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { parseJson } from "../../specs/engine/parse-json.ts";

/** A file of a sandbox, made ready to be shown. */
export interface Inspection {
  readonly title: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly failure?: { readonly name: string; readonly message: string };
  readonly entries: readonly TimelineEntry[];
  readonly balances: readonly Balance[];
  readonly log: readonly string[];
}

export interface TimelineEntry {
  /** `12:00:03.250`, by the wall clock in UTC. */
  readonly at: string;
  /** The party that asked, or `sandbox` for what happened by itself. */
  readonly who: string;
  readonly what: string;
  readonly outcome: string;
  readonly failed: boolean;
  readonly events: readonly { readonly type: string; readonly subject: string }[];
  readonly postings: readonly Balance[];
  /** The bytes, made readable when somebody wants to see them: those of a long session together are hundreds of megabytes. */
  readonly details: () => readonly (readonly [title: string, text: string])[];
}

export interface Balance {
  readonly account: string;
  readonly currency: string;
  readonly amountMinor: bigint;
}

/**
 * A session, a bundle or a state.
 * @throws EcoError `ECO_EXPORT_INVALID` for what is none of them
 */
export function inspect(text: string): Inspection {
  const format = formatOf(text);
  if (format === SESSION_FORMAT) return ofSession(readSession(text, { unsealed: true }));
  if (format === STATE_FORMAT) return ofState(checkedStateFile(wholeJson(text)).state);
  if (format === undefined)
    throw new EcoError("ECO_EXPORT_INVALID", "It is no session, no bundle and no state of a sandbox.", {
      fix: "The commands below make one.",
    });
  const { failure, session, state, log } = checkedBundle(wholeJson(text));
  const shown =
    session === undefined ? ofState(state.state) : ofSession(readSession(session, { unsealed: true }));
  return { ...shown, title: failure.name, failure, log, balances: balancesOf(state.state) };
}

/** What a file of a sandbox may say of itself. A bundle holds a state and a session, which say what they are too. */
const FORMATS = { bundle: BUNDLE_FORMAT, state: STATE_FORMAT, session: SESSION_FORMAT };

function formatOf(text: string): string | undefined {
  const [, kind = ""] = /^\s*\{\s*"kind"\s*:\s*"(\w+)"/u.exec(text.slice(0, 300)) ?? [];
  if (Object.hasOwn(FORMATS, kind)) return FORMATS[kind as keyof typeof FORMATS];
  // Somebody has put its fields into another order.
  return Object.values(FORMATS).find((format) => new RegExp(`"format"\\s*:\\s*"${format}"`, "u").test(text));
}

function wholeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EcoError("ECO_EXPORT_INVALID", "It is cut off, or was changed: it is no JSON any more.", {
      cause,
      fix: "Take it again from where it was made.",
    });
  }
}

function ofState(state: TenantState): Inspection {
  return {
    title: "State of a sandbox",
    facts: [
      ["Records", String(state.records.length)],
      ["Events", String(state.events.length)],
      ["Transactions", String(state.transactions.length)],
    ],
    entries: [],
    balances: balancesOf(state),
    log: [],
  };
}

function ofSession({ header, start, events, end }: Session): Inspection {
  const steps = Map.groupBy(
    events.filter((event) => event.kind === "step"),
    ({ of }) => of,
  );
  const exchanges = events.filter((event) => event.kind === "exchange");
  const asked = new Set(exchanges.map(({ id }) => id));
  const entryOf = (event: SessionEvent): TimelineEntry | undefined => {
    if (event.kind === "exchange") return exchangeEntry(event, steps.get(event.id) ?? []);
    if (event.kind === "webhook") return webhookEntry(event);
    if (event.kind === "call") return callEntry(event);
    return event.kind !== "step" || asked.has(event.of) ? undefined : stepEntry(event);
  };
  const entries = events.flatMap((event) => readable(event, entryOf) ?? []);
  const calls = events.filter(({ kind }) => kind === "call").length;
  const booked = events.flatMap((event) => (event.kind === "step" ? postingsOf([event]) : []));
  return {
    title: `Session of ${header.ecosystem}`,
    facts: [
      ["Recorded", header.recordedAt],
      ["Exchanges", String(exchanges.length)],
      ["Webhooks", String(events.filter(({ kind }) => kind === "webhook").length)],
      ...(calls === 0 ? [] : [["Calls of builds", String(calls)] as const]),
      ["Specs", header.catalogDigest.slice(0, 19)],
      ["Seed", header.seed],
      ...(end === undefined ? [["Complete", "no, it was cut off"] as const] : []),
      ...(end?.changedBeside === undefined
        ? []
        : [["Changed beside it", `${end.changedBeside}, by somebody who isn't in the recording`] as const]),
    ],
    entries,
    balances: summed([...balancesOf(start.state), ...booked]),
    log: [],
  };
}

/** Of a damaged file the rest is still worth seeing. */
function readable(
  event: SessionEvent,
  entryOf: (event: SessionEvent) => TimelineEntry | undefined,
): TimelineEntry | undefined {
  try {
    return entryOf(event);
  } catch {
    return {
      at: "",
      who: "sandbox",
      what: `did something that can't be read: the line of kind ${String(event.kind)} is damaged`,
      outcome: "damaged",
      failed: true,
      events: [],
      postings: [],
      details: () => [["As it stands", pretty(event)]],
    };
  }
}

function exchangeEntry(exchange: ExchangeLine, steps: readonly StepLine[]): TimelineEntry {
  const { request, answer, party, code, atMs, answeredBy } = exchange;
  const { pathname, search } = new URL(request.url);
  const cut = answer.status === 0;
  return {
    at: timeOf(atMs),
    who: answeredBy === undefined ? (party ?? "nobody") : "own handler",
    what: `${answeredBy === undefined ? "" : "answers "}${request.method} ${pathname}${search}`,
    outcome: cut ? "cut" : `${answer.status}${code === undefined ? "" : ` ${code}`}`,
    failed: cut || answer.status >= 400,
    events: eventsOf(steps),
    postings: summed(postingsOf(steps)),
    details: () => [
      ["Request", messageText(request.headers, request.body)],
      ["Answer", messageText(answer.headers, answer.body)],
    ],
  };
}

function webhookEntry({ request, outcome }: WebhookLine): TimelineEntry {
  const { status, error } = outcome as { readonly status?: number; readonly error?: string };
  const { type } = (parseJson(request.body) ?? {}) as { readonly type?: string };
  const stamp = request.headers.find(([name]) => name === "webhook-timestamp")?.[1] ?? "0";
  return {
    at: timeOf(Number(stamp) * 1000),
    who: "sandbox",
    what: `sends ${type ?? "an event"} to ${request.url}`,
    outcome: status === undefined ? (error ?? "failed") : String(status),
    failed: status === undefined || status >= 300,
    events: [],
    postings: [],
    details: () => [["Sent", messageText(request.headers, { text: request.body })]],
  };
}

/** What a build that stands in for a party was asked. */
function callEntry({ atMs, request, outcome }: CallLine): TimelineEntry {
  const { method, url, headers, body } = request;
  const reply = outcome as unknown as PartnerReply;
  const answered = reply.kind === "answered";
  return {
    at: timeOf(atMs),
    who: "sandbox",
    what: `calls ${method} ${url}`,
    outcome: answered ? String(reply.status) : "no answer",
    failed: !answered || reply.status >= 300,
    events: [],
    postings: [],
    details: () => [
      ["Sent", messageText(headers, body === undefined ? undefined : { text: body })],
      ["Answer", answered ? messageText(Object.entries(reply.headers), { text: reply.body }) : reply.error],
    ],
  };
}

const DOING: Readonly<Record<string, string>> = {
  timers: "runs what became due",
  control: "is told",
  certification: "certifies",
};

/** Undefined for what says nothing to people. */
function stepEntry(step: StepLine): TimelineEntry | undefined {
  const what = DOING[step.step];
  if (what === undefined) return undefined;
  return {
    at: timeOf(step.atMs),
    who: "sandbox",
    what: step.told === undefined ? what : `${what}: ${nameOf(step.told)}`,
    outcome: "",
    failed: false,
    events: eventsOf([step]),
    postings: summed(postingsOf([step])),
    details: () => (step.told === undefined ? [] : [["With", pretty(step.told.with)]]),
  };
}

const nameOf = (told: Told): string => (told.does === "decisions.act" ? told.with.name : told.does);

/** What changed the store, as a recording keeps it. */
interface Applied {
  readonly events?: readonly { readonly type: string; readonly subject: string }[];
  readonly transactions?: TenantState["transactions"];
}

const appliedBy = (steps: readonly StepLine[]): readonly Applied[] =>
  steps.flatMap(
    ({ changes = [] }) => changes.filter(({ does }: Change) => does === "apply") as readonly Applied[],
  );

const eventsOf = (steps: readonly StepLine[]): TimelineEntry["events"] =>
  appliedBy(steps).flatMap(({ events = [] }) => events);

const postingsOf = (steps: readonly StepLine[]): readonly Balance[] =>
  appliedBy(steps).flatMap(({ transactions = [] }) => transactionsOf({ transactions }).flatMap(postingsIn));

const balancesOf = ({ balances }: TenantState): readonly Balance[] =>
  balances.map((balance) => ({ ...balance, amountMinor: BigInt(balance.amountMinor) }));

/** One line per account and currency, without those that come to nothing. */
function summed(amounts: readonly Balance[]): readonly Balance[] {
  const sums = new Map<string, Balance>();
  for (const { account, currency, amountMinor } of amounts) {
    const key = `${account}\n${currency}`;
    sums.set(key, { account, currency, amountMinor: (sums.get(key)?.amountMinor ?? 0n) + amountMinor });
  }
  return [...sums]
    .filter(([, { amountMinor }]) => amountMinor !== 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sum]) => sum);
}

function messageText(headers: ExchangeLine["request"]["headers"], body: Body | undefined): string {
  const head = headers.map(([name, value]) => `${name}: ${value}`).join("\n");
  if (body === undefined) return head;
  const shown = "text" in body ? prettyText(body.text) : `(${body.base64.length} characters of base64)`;
  return head === "" ? shown : `${head}\n\n${shown}`;
}

function prettyText(text: string): string {
  const value = parseJson(text);
  return value === undefined ? text : pretty(value);
}

const pretty = (value: unknown): string => JSON.stringify(value, undefined, 2);

const timeOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(11, 23);
