import { DEFAULT_BODY_LIMITS } from "../../../sandbox/pipeline/body.ts";
import { reservedPath } from "../../../sandbox/pipeline/reserved-path.ts";
import { isJsonType } from "../../../specs/engine/catalog/exchange/media-type.ts";
import type { Operation } from "../../../specs/engine/catalog/types.ts";
import { isIfMatch } from "../../../specs/engine/certification/provider/base.ts";
import type { ErrorCode } from "../../../specs/engine/errors/index.ts";
import { extension } from "../access.ts";
import type { Site } from "../site.ts";
import { actorsOf, bound, isProtected, othersThan, served, takesKey } from "./attempt.ts";
import type { Input } from "./request.ts";
import type { Try, Way } from "./way.ts";

const A_DAY_SECONDS = 86_400;

const takesJson = ({ requestBody }: Operation): boolean =>
  Object.keys(requestBody?.content ?? {}).some(isJsonType);
const isReading = ({ method }: Operation): boolean => method === "GET";
const hasPathIds = ({ path }: Operation): boolean => path.includes("{");

const withRoles = (site: Site, operation: Operation): boolean =>
  extension(operation, site, "x-eco-roles") !== undefined;

/** Each of the operations in turn. */
const each =
  (pick: (operation: Operation) => boolean, act: (operation: Operation, site: Site) => Try): Way =>
  (site) =>
    served(site)
      .filter(pick)
      .map((operation) => act(operation, site));

/** Those who may not call an operation call it all the same. */
const byOthers = (site: Site, operations: readonly Operation[]): readonly Try[] =>
  operations.flatMap((operation) =>
    othersThan(site, operation)
      .slice(0, 2)
      .map(
        (as): Try =>
          (attempt) =>
            attempt.call(operation, { as }),
      ),
  );

/** Paths that some operation has and whose method none has. */
const undeclared: Way = (site) => {
  const operations = served(site).filter((operation) => !hasPathIds(operation));
  return operations.flatMap(({ path }) =>
    ["DELETE", "PUT", "PATCH", "POST"]
      .filter((method) => !operations.some((one) => one.path === path && one.method === method))
      .slice(0, 1)
      .map(
        (method): Try =>
          (attempt) =>
            attempt.send({ method, target: path, headers: {} }),
      ),
  );
};

/** The first of its texts, made another one. */
function withOtherText(input: Input): Input {
  const [name, value] = Object.entries(input).find(([, one]) => typeof one === "string") ?? [];
  if (name === undefined) throw new Error("There is no text to change.");
  return { ...input, [name]: `${value}-2` };
}

const control: Way = (site) => [
  (attempt) =>
    attempt.send({
      method: "GET",
      target: `${reservedPath("/_sandbox", site.catalog.operations)}/clock`,
      headers: {},
    }),
];

/** What is wrong with a request before anybody looks at what it is about: of any spec set. */
export const waysOfRequests = {
  ECO_UNAUTHENTICATED: each(isProtected, (operation) => (attempt) => attempt.call(operation, { as: "" })),
  ECO_TOKEN_EXPIRED: (site) =>
    served(site)
      .filter((operation) => isProtected(operation) && isReading(operation))
      .map((operation) => async (attempt) => {
        await attempt.call(operation);
        await attempt.wait(A_DAY_SECONDS);
        await attempt.call(operation);
      }),
  ECO_INVALID_CLIENT: (site) =>
    bound(site, "tokens.issue").map(
      (operation) => (attempt) =>
        attempt.call(operation, {
          change: (input) => ({
            ...input,
            grantType: "client_credentials",
            clientId: "nobody",
            clientSecret: "not-the-secret",
          }),
        }),
    ),
  ECO_UNSUPPORTED_GRANT: (site) =>
    bound(site, "tokens.issue").map(
      (operation) => (attempt) =>
        attempt.call(operation, { change: (input) => ({ ...input, grantType: "password" }) }),
    ),
  ECO_SCOPE_MISSING: (site) =>
    byOthers(
      site,
      served(site).filter((operation) => !withRoles(site, operation)),
    ),
  ECO_FORBIDDEN: (site) => [
    ...byOthers(
      site,
      served(site).filter((operation) => withRoles(site, operation)),
    ),
    ...bound(site, "settlements.close").flatMap((operation) =>
      actorsOf(site, operation).map(
        (as): Try =>
          (attempt) =>
            attempt.call(operation, { as }),
      ),
    ),
  ],
  ECO_NOT_FOUND: (site) => [
    ...served(site)
      .filter((operation) => isReading(operation) && hasPathIds(operation))
      .map(
        (operation): Try =>
          (attempt) =>
            attempt.call(operation),
      ),
    (attempt) => attempt.send({ method: "GET", target: "/nothing-is-here", headers: {} }),
  ],
  ECO_METHOD_NOT_ALLOWED: undeclared,
  ECO_NOT_ACCEPTABLE: each(
    isReading,
    (operation) => (attempt) =>
      attempt.call(operation, { raw: { headers: { accept: "application/x-nobody-writes-this" } } }),
  ),
  ECO_PRECONDITION_FAILED: each(
    ({ parameters }) => parameters.some(isIfMatch),
    (operation) => async (attempt) => {
      const path = await attempt.prepare(operation);
      const name = operation.parameters.find(isIfMatch)?.name.toLowerCase() ?? "if-match";
      await attempt.call(operation, {
        ...(path === undefined ? {} : { path }),
        raw: { headers: { [name]: '"another-version"' } },
      });
    },
  ),
  ECO_IDEMPOTENCY_IN_FLIGHT: each(
    takesKey,
    (operation) => (attempt) => attempt.call(operation, { raw: { twice: true } }),
  ),
  ECO_IDEMPOTENCY_MISMATCH: each(takesKey, (operation) => async (attempt) => {
    const key = attempt.freshKey();
    await attempt.call(operation, { key });
    await attempt.call(operation, { key, change: withOtherText });
  }),
  ECO_BODY_TOO_LARGE: each(
    takesJson,
    (operation) => (attempt) => attempt.call(operation, { raw: { padBytes: DEFAULT_BODY_LIMITS.maxBytes } }),
  ),
  ECO_UNSUPPORTED_MEDIA_TYPE: each(
    takesJson,
    (operation) => (attempt) =>
      attempt.call(operation, { raw: { headers: { "content-type": "application/x-nobody-reads-this" } } }),
  ),
  ECO_BODY_NOT_JSON: each(
    takesJson,
    (operation) => (attempt) => attempt.call(operation, { raw: { body: '{ "begun": ' } }),
  ),
  ECO_REQUEST_MALFORMED: (site) => [
    ...served(site)
      .filter((operation) => isReading(operation) && hasPathIds(operation))
      .map(
        (operation): Try =>
          (attempt) =>
            attempt.call(operation, { raw: { target: operation.path.replaceAll(/\{[^}]+\}/gu, "%E0%A4") } }),
      ),
    ...served(site)
      .filter(takesKey)
      .map(
        (operation): Try =>
          (attempt) =>
            attempt.call(operation, { key: "k".repeat(300) }),
      ),
  ],
  ECO_REQUEST_INVALID: (site) =>
    served(site)
      .filter(takesJson)
      .flatMap((operation) =>
        ["{}", "5"].map(
          (body): Try =>
            (attempt) =>
              attempt.call(operation, { raw: { body } }),
        ),
      ),
  ECO_RATE_LIMITED: each(isProtected, (operation) => async (attempt) => {
    for (let turn = 0; turn < 3; turn++) await attempt.call(operation);
  }),
  ECO_UNSATISFIABLE: each(
    ({ responses }) => !responses.some(({ status }) => /^2|^default$/u.test(status)),
    (operation) => (attempt) => attempt.call(operation),
  ),
  ECO_FAULT_INJECTED: each(isReading, (operation) => async (attempt) => {
    await attempt.fault({ operation: operation.id, status: 503, retryAfterSeconds: 2, count: 1 });
    await attempt.call(operation);
  }),
  ECO_ORIGIN_REFUSED: each(
    ({ method }) => method === "POST",
    (operation) => (attempt) =>
      attempt.call(operation, { raw: { headers: { origin: "https://another-page.example" } } }),
  ),
  ECO_CONTROL_REFUSED: control,
} as const satisfies Partial<Record<ErrorCode, Way>>;
