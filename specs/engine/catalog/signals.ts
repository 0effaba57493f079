/** What a daily brief looks at. */
export type SignalArea = "demand" | "capacity" | "quality";

/**
 * What a day of a signal is: `count` how many records there are, `share` which part of them counts, `time` how long they
 * typically took, by the geometric mean.
 */
export type SignalKind = "count" | "share" | "time";

/** Whose or what a figure is of: a provider, a product, a customer, a party that something belongs to, or all together. */
export type SubjectKind = "provider" | "product" | "customer" | "party" | "all";

export interface Signal {
  readonly area: SignalArea;
  readonly title: string;
  /** What is counted, in one sentence, and the day on which it counts. */
  readonly summary: string;
  readonly kind: SignalKind;
  /** What one record is called, and several. */
  readonly noun: readonly [one: string, several: string];
  /** Most specific first: where two have the same figures, the first one is named. */
  readonly subjects: readonly SubjectKind[];
}

/** The signals that there are: a closed set, so that each is well defined. A catalogue may choose among them. */
export const SIGNALS: Readonly<Record<string, Signal>> = {
  deliveries: {
    area: "demand",
    title: "Deliveries",
    summary: "Deliveries that weren't cancelled, on the day of their own time.",
    kind: "count",
    noun: ["delivery", "deliveries"],
    subjects: ["provider", "product", "customer", "all"],
  },
  orders: {
    area: "demand",
    title: "Work orders",
    summary: "Work orders on the day on which they were placed, by the provider that was asked first.",
    kind: "count",
    noun: ["work order", "work orders"],
    subjects: ["provider", "product", "customer", "all"],
  },
  cases: {
    area: "demand",
    title: "Cases",
    summary: "Cases on the day on which they were opened.",
    kind: "count",
    noun: ["case", "cases"],
    subjects: ["customer", "all"],
  },
  "orders-refused": {
    area: "capacity",
    title: "Offers declined or unanswered",
    summary: "Offers that the provider declined or left unanswered, over all that came to an end that day.",
    kind: "share",
    noun: ["offer", "offers"],
    subjects: ["provider", "product", "all"],
  },
  "orders-substituted": {
    area: "capacity",
    title: "Orders taken by a substitute",
    summary:
      "Work orders that another provider took than the one asked first, over all that were taken that day.",
    kind: "share",
    noun: ["order taken", "orders taken"],
    subjects: ["provider", "product", "all"],
  },
  "orders-unfulfilled": {
    area: "capacity",
    title: "Orders that nobody took",
    summary: "Work orders that were left unfulfilled, over all that were taken or left unfulfilled that day.",
    kind: "share",
    noun: ["order", "orders"],
    subjects: ["product", "all"],
  },
  "response-time": {
    area: "capacity",
    title: "Response time",
    summary: "From an offer to its acceptance or refusal, on the day of the answer; silence is no answer.",
    kind: "time",
    noun: ["answer", "answers"],
    subjects: ["provider", "product", "all"],
  },
  "service-levels-missed": {
    area: "quality",
    title: "Service levels missed",
    summary:
      "Deliveries that breached a service level, over those held against one, on the day of their own time.",
    kind: "share",
    noun: ["delivery", "deliveries"],
    subjects: ["provider", "product", "customer", "all"],
  },
  credits: {
    area: "quality",
    title: "Service credits",
    summary:
      "Deliveries for which a service credit is given, over all deliveries, on the day of their own time.",
    kind: "share",
    noun: ["delivery", "deliveries"],
    subjects: ["provider", "product", "customer", "all"],
  },
  corrections: {
    area: "quality",
    title: "Corrections",
    summary: "Deliveries that somebody put right since, over all deliveries, on the day of their own time.",
    kind: "share",
    noun: ["delivery", "deliveries"],
    subjects: ["provider", "product", "all"],
  },
  cancellations: {
    area: "quality",
    title: "Cancellations",
    summary: "Deliveries that were cancelled, over all that were submitted, on the day of their own time.",
    kind: "share",
    noun: ["delivery", "deliveries"],
    subjects: ["provider", "product", "customer", "all"],
  },
  disputes: {
    area: "quality",
    title: "Disputes",
    summary: "Disputes on the day on which they were opened, by who opened them.",
    kind: "count",
    noun: ["dispute", "disputes"],
    subjects: ["party", "all"],
  },
  "contacts-repeated": {
    area: "quality",
    title: "Cases not resolved at first contact",
    summary: "Cases that needed more than one contact, over all that were resolved that day.",
    kind: "share",
    noun: ["case", "cases"],
    subjects: ["provider", "all"],
  },
  "dispatches-failed": {
    area: "quality",
    title: "Events that didn't arrive",
    summary:
      "Events that were given up, over those that reached the endpoint of their receiver or were given up, on the day of the event.",
    kind: "share",
    noun: ["event", "events"],
    subjects: ["party", "all"],
  },
};

/** The signal of this name; undefined where there is none. */
export const signalOf = (name: string): Signal | undefined =>
  Object.hasOwn(SIGNALS, name) ? SIGNALS[name] : undefined;

/** What a brief compares with where the catalogue doesn't say. */
export const USUAL_BRIEF = {
  /** How many weeks back. */
  weeks: 8,
  /** From how many of them on something is compared. */
  minimumWeeks: 4,
  /** How many false alarms an ordinary day brings in the mean, over all that is compared. */
  falseAlarms: 0.02,
} as const;
