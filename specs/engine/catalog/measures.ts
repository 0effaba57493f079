/** From which records measures are computed, and when each counts. */
export const MEASURED_DATA = {
  deliveries: "Deliveries that weren't cancelled, each in the month of its own time.",
  cases: "Cases, when they are resolved.",
  offers: "Work orders, when a provider accepts or declines one or lets its time run out.",
  disputes: "Disputes, when they are decided.",
  feedback: "Feedback of customers that stands, when it is given.",
  incidents: "Incidents, when they are reported.",
  "first-deliveries": "Parties that registered, when their first delivery is rated.",
  providers: "Parties that rendered deliveries, each in the months of those.",
  reviews: "Certifications that were asked for, when they are issued or refused.",
  certifications: "Certificates in force by the end of the period, with the run behind each.",
  dispatches: "Events sent to registered endpoints, when the event happened.",
} as const satisfies Readonly<Record<string, string>>;

export type MeasuredData = keyof typeof MEASURED_DATA;

/**
 * How what records say becomes one figure: `share` is the sum of what counts over the sum of what could have; `mean` the sum
 * of what each says over how many there are; `median` the middle of times, or half way between the two in the middle;
 * `count` how many there are; `evenness` 1 less the Gini coefficient of what each has.
 */
export type MeasureResult = "share" | "mean" | "median" | "count" | "evenness";

/** What a metric of a catalogue may set on its measure, beside its kind. */
export type MeasureParameter =
  | "products"
  | "serviceLevels"
  | "outcomes"
  | "checks"
  | "severities"
  | "score"
  | "party";

export interface MeasureKind {
  /** What is computed, in one sentence. */
  readonly summary: string;
  readonly data: MeasuredData;
  readonly result: MeasureResult;
  readonly parameters: readonly MeasureParameter[];
  /** Whether each party has a figure of its own; the others tell something of the ecosystem alone. */
  readonly ofParties: boolean;
  /** Whether it tells how the orchestrator runs the ecosystem, in the place of how well partners deliver. */
  readonly ofProgramme?: true;
  /** Whether what it sums are amounts of money. */
  readonly ofMoney?: true;
}

/** The measures that there are, by the name that `measure.kind` of a metric gives: a closed set, so that each is well defined. */
export const MEASURES: Readonly<Record<string, MeasureKind>> = {
  "service-levels-kept": {
    summary:
      "Deliveries that kept every service level they were held against, over those held against at least one.",
    data: "deliveries",
    result: "share",
    parameters: ["products", "serviceLevels", "party"],
    ofParties: true,
  },
  "delivered-first-time": {
    summary:
      "Deliveries that nobody had to correct, that no substitute rendered and about which no dispute is open or was upheld, over all deliveries.",
    data: "deliveries",
    result: "share",
    parameters: ["products", "party"],
    ofParties: true,
  },
  "deliveries-credited": {
    summary: "Deliveries for which a service credit is given, over all deliveries.",
    data: "deliveries",
    result: "share",
    parameters: ["products", "party"],
    ofParties: true,
  },
  "revenue-kept": {
    summary:
      "The net charges less their service credits, over the net charges, in minor units of the ecosystem's currency.",
    data: "deliveries",
    result: "share",
    parameters: ["products", "party"],
    ofParties: true,
    ofMoney: true,
  },
  "deliveries-disputed": {
    summary: "Deliveries with a dispute that stands as `outcomes` says, over all deliveries.",
    data: "deliveries",
    result: "share",
    parameters: ["products", "outcomes", "party"],
    ofParties: true,
  },
  "resolved-at-first-contact": {
    summary: "Cases resolved at first contact, over the cases resolved.",
    data: "cases",
    result: "share",
    parameters: ["party"],
    ofParties: true,
  },
  "offers-accepted": {
    summary: "Work orders that the provider accepted, over those it accepted, declined or left unanswered.",
    data: "offers",
    result: "share",
    parameters: ["products"],
    ofParties: true,
  },
  "time-to-decide": {
    summary: "The median time from opening a dispute to its decision, of those decided.",
    data: "disputes",
    result: "median",
    parameters: [],
    ofParties: true,
    ofProgramme: true,
  },
  "disputes-in-time": {
    summary: "Disputes decided by the day they were due, over the disputes decided.",
    data: "disputes",
    result: "share",
    parameters: [],
    ofParties: true,
    ofProgramme: true,
  },
  "time-to-certify": {
    summary: "The median time from asking for a certification to its certificate, of those issued.",
    data: "reviews",
    result: "median",
    parameters: [],
    ofParties: false,
    ofProgramme: true,
  },
  "certifications-passed": {
    summary: "Certifications issued, over those issued or refused.",
    data: "reviews",
    result: "share",
    parameters: [],
    ofParties: false,
    ofProgramme: true,
  },
  "time-to-acknowledge": {
    summary:
      "The median time from the report of an incident until its owner acknowledges it, of those acknowledged.",
    data: "incidents",
    result: "median",
    parameters: ["severities", "party"],
    ofParties: true,
  },
  "time-to-resolve": {
    summary: "The median time from the report of an incident until it is resolved, of those resolved.",
    data: "incidents",
    result: "median",
    parameters: ["severities", "party"],
    ofParties: true,
  },
  "feedback-score": {
    summary: "The mean score that customers give, on the scale that the ecosystem declares.",
    data: "feedback",
    result: "mean",
    parameters: ["products", "party"],
    ofParties: true,
  },
  "customers-satisfied": {
    summary: "Feedback with a score of at least `score`, over all feedback.",
    data: "feedback",
    result: "share",
    parameters: ["products", "score", "party"],
    ofParties: true,
  },
  "time-to-first-delivery": {
    summary: "The median time from registering to the first rated delivery that a party takes part in.",
    data: "first-deliveries",
    result: "median",
    parameters: [],
    ofParties: false,
  },
  "active-providers": {
    summary: "How many parties rendered a delivery.",
    data: "providers",
    result: "count",
    parameters: ["products"],
    ofParties: false,
  },
  "contribution-evenness": {
    summary:
      "How evenly deliveries are spread over their providers: 1 less the Gini coefficient; 1 is even, 0 is all with one.",
    data: "providers",
    result: "evenness",
    parameters: ["products"],
    ofParties: false,
  },
  "providers-certified": {
    summary:
      "Providers with a certificate that is in force, over the providers that registered themselves and rendered a delivery.",
    data: "providers",
    result: "share",
    parameters: ["products"],
    ofParties: false,
  },
  "checks-passed": {
    summary:
      "Checks that the run behind a party's latest certificate passed, over those that it passed or failed.",
    data: "certifications",
    result: "share",
    parameters: ["checks"],
    ofParties: true,
  },
  "dispatches-arrived": {
    summary: "Events that reached the endpoint of their receiver, over those that did or were given up.",
    data: "dispatches",
    result: "share",
    parameters: [],
    ofParties: true,
  },
};

/** The measure of this name; undefined where there is none. */
export const measureKind = (name: string): MeasureKind | undefined =>
  Object.hasOwn(MEASURES, name) ? MEASURES[name] : undefined;

/** In which units a result can be given. */
export const UNITS_OF: Readonly<Record<MeasureResult, readonly string[]>> = {
  share: ["ratio"],
  mean: ["points"],
  evenness: ["ratio"],
  count: ["parties"],
  median: ["minutes", "hours", "days"],
};
