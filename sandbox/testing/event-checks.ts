import type { StoredEvent } from "../store/store.ts";
import { everyPage } from "../values/pages.ts";
import type { Check } from "./check.ts";
import { checkData } from "./event-data.ts";
import { Inbox, type ReceivedEvent } from "./inbox.ts";
import { checkFields, differences, show, type Wanted } from "./match.ts";
import { checkTested, type Tested, typeOf } from "./tested.ts";

const PAGE = 500;
const SHOWN = 12;

/** What may be wanted of an event in the outbox. */
const EVENT_FIELDS = Object.keys({
  id: true,
  type: true,
  subject: true,
  time: true,
  orderKey: true,
  audience: true,
  causedBy: true,
  data: true,
  sequence: true,
} satisfies Record<keyof StoredEvent, true>);

/** What may be wanted of one that came. */
const RECEIVED_FIELDS = Object.keys({
  id: true,
  type: true,
  subject: true,
  time: true,
  data: true,
  signature: true,
  repeated: true,
  status: true,
  error: true,
  headers: true,
  body: true,
} satisfies Record<keyof ReceivedEvent, true>);

/** An event happened: it is in the outbox, whoever listens. Fields of the event: `subject`, `data`, `causedBy`, … */
export function emitted(test: Tested, type: string, want: Wanted = {}): Check {
  checkTested(test);
  const wantedType = typeOf(test.sandbox, type);
  checkFields(want, EVENT_FIELDS, "an event");
  checkData(test.sandbox.catalog, wantedType, want["data"]);
  return {
    test,
    what: `an event ${wantedType}${withFields(want)}`,
    async look() {
      const events = await allEvents(test);
      const pass = events.some((event) => event.type === wantedType && differences(want, event).length === 0);
      return { pass, found: describeEvents(events, wantedType, want) };
    },
  };
}

/** An event came to the inbox, and its signature is good. */
export function received(inbox: Inbox, type: string, want: Wanted = {}): Check {
  checkInbox(inbox);
  const wantedType = typeOf(inbox.test.sandbox, type);
  const full: Wanted = { signature: "valid", ...want };
  checkFields(want, RECEIVED_FIELDS, "an event in an inbox");
  checkData(inbox.test.sandbox.catalog, wantedType, want["data"]);
  return {
    test: inbox.test,
    what: `a signed event ${wantedType}${withFields(want)} in the inbox of ${inbox.party}`,
    async look() {
      inbox.checkOpen();
      const pass = inbox.received.some(
        (event) => event.type === wantedType && differences(full, event).length === 0,
      );
      return { pass, found: describeEvents(inbox.received, wantedType, full) };
    },
  };
}

/**
 * Events came one after the other, all of them signed; others may lie between, and what came twice counts once.
 * Each is a type, or a type with what is wanted of its fields.
 */
export function receivedInOrder(
  inbox: Inbox,
  sequence: readonly (string | readonly [type: string, want: Wanted])[],
): Check {
  checkInbox(inbox);
  if (!Array.isArray(sequence)) throw new TypeError(`An order of events is a list: [${show(sequence)}].`);
  if (sequence.length === 0)
    throw new TypeError("No order of events is wanted: name at least one, or see that one never came.");
  const wanted = sequence.map((each) => {
    const [type, want] = typeof each === "string" ? [each, {}] : each;
    checkFields(want, RECEIVED_FIELDS, "an event in an inbox");
    const wantedType = typeOf(inbox.test.sandbox, type);
    checkData(inbox.test.sandbox.catalog, wantedType, want["data"]);
    return { type: wantedType, want: { signature: "valid", ...want } };
  });
  return {
    test: inbox.test,
    what: `signed events in this order in the inbox of ${inbox.party}: ${wanted.map(({ type }) => type).join(", ")}`,
    async look() {
      inbox.checkOpen();
      const came = inbox.received.filter(({ repeated }) => !repeated);
      let next = 0;
      for (const event of came) {
        const want = wanted[next];
        if (want === undefined) break;
        if (event.type === want.type && differences(want.want, event).length === 0) next += 1;
      }
      const missing = wanted[next];
      const gap =
        missing === undefined
          ? []
          : [
              `${next} of ${wanted.length} came in order; then ${missing.type}${withFields(missing.want)} is missing.`,
            ];
      return { pass: missing === undefined, found: [...gap, ...describeEvents(came)] };
    },
  };
}

function checkInbox(inbox: unknown): void {
  if (inbox instanceof Inbox) return;
  throw new TypeError("What came is asked of an inbox that `sandbox.receive` gave.");
}

async function allEvents({ sandbox }: Tested): Promise<readonly StoredEvent[]> {
  const read = sandbox.store.reader(sandbox.tenant);
  return (await Array.fromAsync(everyPage(PAGE, (page) => read.events(page)))).flat();
}

type Event = StoredEvent | ReceivedEvent;

/** Those of the wanted type with how they differ, else what there is, the last ones. */
function describeEvents(events: readonly Event[], type?: string, want: Wanted = {}): string[] {
  if (events.length === 0) return ["No event came at all."];
  const alike = events.filter((event) => event.type === type);
  const shown = (alike.length > 0 ? alike : events).slice(-SHOWN);
  const left = (alike.length > 0 ? alike : events).length - shown.length;
  return [
    alike.length > 0 ? "Of this type came:" : "What came:",
    ...(left > 0 ? [`  … ${left} before these`] : []),
    ...shown.map((event) => {
      const differs = alike.length > 0 ? differences(want, event).join("; ") : "";
      const remarks = remarksOn(event).map((remark) => ` [${remark}]`);
      const line = `  ${event.time} ${event.type} about ${event.subject}${remarks.join("")}`;
      return differs === "" ? `${line} ${show(event.data)}` : `${line}: ${differs}`;
    }),
  ];
}

/** What is odd about how an event came, and how the receiver took it. */
function remarksOn(event: Event): string[] {
  if (!("signature" in event)) return [];
  const { signature, repeated, status, error } = event;
  return [
    ...(signature === "valid" ? [] : [signature]),
    ...(repeated ? ["again"] : []),
    ...(error !== undefined
      ? [`the receiver threw: ${error.split("\n", 1)[0]}`]
      : isTaken(status)
        ? []
        : [`answered ${status}`]),
  ];
}

const isTaken = (status: number): boolean => status >= 200 && status < 300;

const withFields = (want: Wanted): string => {
  const { signature: _, ...fields } = want;
  return Object.keys(fields).length === 0 ? "" : ` with ${show(fields)}`;
};
