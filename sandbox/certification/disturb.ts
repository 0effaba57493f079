import type { Operation } from "../../specs/engine/catalog/types.ts";
import { type Problem, stop } from "../pipeline/problem.ts";
import { canonicalAnswer, jsonOf } from "./answers.ts";
import type { Probe, ProbeKind } from "./probes.ts";

/** A request that a probe may meet. */
export interface Disturbed {
  readonly operation: Operation;
  /** As the sandbox reads it: a probe may change it. */
  readonly url: URL;
  /** Problem details as the sandbox sends them. */
  problem(problem: Problem): Promise<Response>;
}

/**
 * The answer with the probe in its way; `missed` where it could show nothing.
 * @param next what the sandbox itself would answer
 */
export async function disturb(
  { operation, url, problem }: Disturbed,
  probe: Probe | undefined,
  next: () => Promise<Response>,
): Promise<{ readonly response: Response; readonly missed: boolean }> {
  const refused = problemFor(probe?.kind, probe?.seconds ?? 1);
  if (refused !== undefined) return { response: await problem(refused), missed: false };
  if (probe?.kind === "small-pages") url.searchParams.set(limitName(operation), "1");
  const answered = await next();
  switch (probe?.kind) {
    case "silence":
      await new Promise((resolve) => setTimeout(resolve, probe.holdMs));
      return { response: await problem(lostAnswer), missed: false };
    case "unknown-field":
      return { response: await withField(answered, probe.field), missed: false };
    case "small-pages":
      // A list of one item has no second page to be read.
      return { response: answered, missed: !(await hasNextPage(operation, answered)) };
    default:
      return { response: answered, missed: false };
  }
}

const lostAnswer: Problem = stop(
  "ECO_ANSWER_LOST",
  "The answer got lost on its way. Whether the request had an effect is not known.",
).problem;

/** What a probe answers in the place of the operation. */
function problemFor(kind: ProbeKind | undefined, seconds: number): Problem | undefined {
  switch (kind) {
    case "rate-limit":
      return stop("ECO_RATE_LIMITED", `Too many requests: come back in ${seconds} s.`, {
        headers: { "retry-after": String(seconds) },
      }).problem;
    case "unavailable":
      return stop("ECO_UNAVAILABLE", `Not available for ${seconds} s.`, {
        headers: { "retry-after": String(seconds) },
      }).problem;
    case "failing":
      return stop("ECO_UNAVAILABLE", "Not available for the moment.").problem;
    case "expired-token":
      return stop("ECO_TOKEN_EXPIRED", "The access token has expired.", {
        headers: { "www-authenticate": 'Bearer error="invalid_token", error_description="expired"' },
      }).problem;
    default:
      return undefined;
  }
}

/** The parameter that says how many items a page has. */
function limitName({ capability }: Operation): string {
  const locator = capability?.request["limit"];
  const [, name] = typeof locator === "string" ? (/^\$request\.query\.(.+)$/.exec(locator) ?? []) : [];
  return name ?? "limit";
}

async function hasNextPage(operation: Operation, response: Response): Promise<boolean> {
  const page = await canonicalAnswer(operation, response);
  return typeof page === "object" && page !== null && "nextCursor" in page;
}

/** The answer with a field more; answers that hold no JSON object stay as they are. */
async function withField(response: Response, field: string): Promise<Response> {
  const body = await jsonOf(response);
  if (typeof body !== "object" || body === null || Array.isArray(body)) return response;
  const { status, headers } = response;
  return new Response(JSON.stringify({ ...body, [field]: { since: 2 } }), { status, headers });
}
