import { isPlainObject, pointerOf, resolvePointer } from "../catalog/pointer.ts";
import type { Operation, SecurityScheme } from "../catalog/types.ts";
import {
  type Comparison,
  levelOf,
  newAt,
  type OperationVerdict,
  type Spot,
  tellLevel,
} from "./comparison.ts";

type Alternative = Operation["security"][number];

/** Who may call: each way in that there was has to be one still, with no more asked for. */
export function compareSecurity(spot: Spot, old: Operation, now: Operation): void {
  const { comparison } = spot;
  const at: Spot = { ...spot, where: "security" };
  const own = resolvePointer(comparison.documents.new.content, `${now.pointer}/security`) !== undefined;
  const place = newAt(comparison, own ? `${now.pointer}/security` : "/security");
  const was = waysOf(old);
  const is = waysOf(now);
  const shut = was.filter((way) => !is.some((other) => asksNoMore(other, way)));
  const opened = is.filter((way) => !was.some((other) => asksNoMore(other, way)));
  const verdict: OperationVerdict = { caller: "breaking", server: "possibly-breaking" };
  const openedVerdict: OperationVerdict = { caller: "compatible", server: "possibly-breaking" };
  const name =
    own || spot.comparison.servedBy === "partners" ? old.id : "What the document's `security` holds for";
  if (shut.length > 0)
    tellLevel(
      at,
      "security.demanded",
      levelOf(comparison, verdict),
      `${name} can no longer be called with ${shut.map(worded).join(", or with ")}; it takes ${is.map(worded).join(", or ")} now.`,
      place,
    );
  else if (opened.length > 0)
    tellLevel(
      at,
      "security.relaxed",
      levelOf(comparison, openedVerdict),
      `${name} can be called with ${opened.map(worded).join(", or with ")} now.`,
      place,
    );
  compareSchemes(at, old, now);
}

/** An operation without security is open: one way in, which asks for nothing. */
const waysOf = ({ security }: Operation): readonly Alternative[] => (security.length === 0 ? [[]] : security);

/** Schemes are known by what they ask for; what they are called is nothing to the wire. */
const kindOf = ({ type, scheme, in: place, parameterName }: SecurityScheme): string =>
  [type, scheme, place, parameterName?.toLowerCase()].filter((part) => part !== undefined).join(" ");

function asksNoMore(one: Alternative, other: Alternative): boolean {
  return one.every((asked) =>
    other.some(
      (had) =>
        kindOf(had.scheme) === kindOf(asked.scheme) &&
        asked.scopes.every((scope) => had.scopes.includes(scope)),
    ),
  );
}

function worded(way: Alternative): string {
  if (way.length === 0) return "no credentials";
  return way
    .map(
      ({ scheme, scopes }) =>
        `${scheme.name} (${kindOf(scheme)})${scopes.length === 0 ? "" : ` with ${scopes.join(", ")}`}`,
    )
    .join(" and ");
}

/** What of a scheme's own declaration matters beside its kind: where tokens come from. */
function compareSchemes(spot: Spot, old: Operation, now: Operation): void {
  const schemes = (operation: Operation) =>
    new Map(operation.security.flat().map(({ scheme }) => [scheme.name, scheme]));
  const was = schemes(old);
  for (const [name, scheme] of schemes(now)) {
    const before = was.get(name);
    if (before === undefined || before.tokenUrl === scheme.tokenUrl) continue;
    const place = newAt(spot.comparison, schemePointer(spot.comparison, name));
    tellLevel(
      spot,
      "security.token-url",
      "possibly-breaking",
      `Tokens of ${name} come from ${scheme.tokenUrl ?? "nowhere"} now; it was ${before.tokenUrl ?? "nowhere"}.`,
      place,
    );
  }
}

function schemePointer({ documents }: Comparison, name: string): string {
  const pointer = `/components/securitySchemes${pointerOf(name)}`;
  return isPlainObject(resolvePointer(documents.new.content, pointer))
    ? pointer
    : "/components/securitySchemes";
}
