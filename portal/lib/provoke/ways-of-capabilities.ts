import type { Operation } from "../../../specs/engine/catalog/types.ts";
import type { ErrorCode } from "../../../specs/engine/errors/index.ts";
import { object } from "../json.ts";
import type { Site } from "../site.ts";
import { bound, served } from "./attempt.ts";
import type { Input } from "./request.ts";
import { BEGINNING } from "./stage.ts";
import type { Try, Way } from "./way.ts";

/** The same again, under another key. */
const twice =
  (operation: Operation, change: (input: Input) => Input = (input) => input): Try =>
  async (attempt) => {
    await attempt.call(operation, { change });
    await attempt.call(operation, { change });
  };

const byOrchestrator = ({ catalog }: Site): string => catalog.ecosystem.orchestrator;

/** A step that something takes once, taken twice: those that end it tell it best. */
const stepsTwice: Way = (site) =>
  twiceTaken([...bound(site, "deliveries.cancel", "work-orders.cancel"), ...served(site)]);

const twiceTaken = (operations: readonly Operation[]): readonly Try[] =>
  operations
    .filter(({ method, path }) => path.includes("{") && method === "POST")
    .map((operation) => async (attempt) => {
      const path = await attempt.prepare(operation);
      if (path === undefined) throw new Error("Nothing makes what it works on.");
      await attempt.call(operation, { path });
      await attempt.call(operation, { path });
    });

/** What is created under an id of its own, created twice. */
const creationsTwice: Way = (site) =>
  served(site)
    .filter(({ method, path }) => method === "POST" && !path.includes("{"))
    .map((operation) => twice(operation));

/** Works on what another operation makes, both changed as asked. */
const afterwards =
  (
    capability: string,
    {
      made = (input) => input,
      change,
      by,
    }: {
      readonly made?: (input: Input) => Input;
      readonly change: (input: Input) => Input;
      readonly by?: (site: Site) => string;
    },
  ): Way =>
  (site) =>
    bound(site, capability).map((operation) => async (attempt) => {
      const path = await attempt.prepare(operation, made);
      if (path === undefined) throw new Error("Nothing makes what it works on.");
      await attempt.call(operation, { path, change, ...(by === undefined ? {} : { as: by(site) }) });
    });

const monthBefore = (instant: string): string => {
  const day = new Date(instant);
  day.setUTCDate(0);
  return day.toISOString().slice(0, 7);
};

/** Codes that say something of one capability's own rules. */
export const waysOfCapabilities = {
  ECO_CONFLICT: (site) => [
    ...bound(site, "work-orders.create").map((operation) =>
      twice(operation, (input) => ({ ...input, id: "example-order" })),
    ),
    ...creationsTwice(site),
    ...twiceTaken(bound(site, "credentials.rotate", "agreements.accept")),
  ],
  ECO_STATE_TRANSITION: stepsTwice,
  ECO_PARTY_EXISTS: (site) =>
    bound(site, "parties.register").map((operation) =>
      twice(operation, (input) => ({ ...input, id: "example-company" })),
    ),
  ECO_PERIOD_CLOSED: (site) =>
    bound(site, "settlements.close").map((operation) => async (attempt) => {
      const options = {
        as: byOrchestrator(site),
        change: (input: Input) => ({ ...input, period: monthBefore(BEGINNING) }),
      };
      await attempt.call(operation, options);
      await attempt.call(operation, options);
    }),
  ECO_NOTICE_TOO_SHORT: (site) =>
    bound(site, "changes.propose").map(
      (operation) => (attempt) =>
        attempt.call(operation, {
          as: byOrchestrator(site),
          change: (input) => ({
            ...input,
            difference: { ...object(input["difference"]), from: site.catalog.digest },
            effectiveAt: BEGINNING,
          }),
        }),
    ),
  ECO_WEBHOOK_UNVERIFIED: afterwards("webhooks.verify", {
    change: (input) => ({ ...input, challenge: "not-the-challenge" }),
  }),
  ECO_CERTIFICATION_OBSERVED: (site) =>
    bound(site, "certifications.submit").map((operation) =>
      twice(operation, (input) => ({ ...input, parts: ["client"] })),
    ),
  ECO_CERTIFICATION_UNPROVEN: afterwards("certifications.review", {
    made: (input) => ({ ...input, parts: ["client"] }),
    change: (input) => ({
      ...input,
      decision: "issued",
      reason: "It looks good.",
      reviewer: "somebody-else",
    }),
    by: byOrchestrator,
  }),
  ECO_FOUR_EYES: afterwards("certifications.review", {
    made: (input) => ({ ...input, submittedBy: "the-same-person" }),
    change: (input) => ({
      ...input,
      decision: "issued",
      reason: "It looks good.",
      reviewer: "the-same-person",
    }),
    by: byOrchestrator,
  }),
} as const satisfies Partial<Record<ErrorCode, Way>>;
