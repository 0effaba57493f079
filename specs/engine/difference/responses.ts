import { follow } from "../catalog/follow.ts";
import { isPlainObject, type PlainObject, pointerOf, resolvePointer } from "../catalog/pointer.ts";
import type { Operation, ResponseSpec } from "../catalog/types.ts";
import { type Place, VERDICTS } from "./change.ts";
import { compareKeys, newAt, oldAt, type Spot, tell } from "./comparison.ts";
import { compareContent, compareSchemas } from "./content.ts";
import { pairUp } from "./pair-up.ts";
import { saysTheSame } from "./substance.ts";

/** The answers of an operation, status by status; a success in the place of another is told as one change. */
export function compareResponses(spot: Spot, old: Operation, now: Operation): void {
  const { pairs, gone, come } = pairUp(old.responses, now.responses, [({ status }) => status]);
  for (const [was, is] of pairs)
    compareResponse({ ...spot, where: `response ${was.status}` }, old, was, now, is);
  const replaced = lone(
    gone.filter(({ status }) => isSuccess(status) && covering(now, status) === undefined),
  );
  const replacing = lone(
    come.filter(({ status }) => isSuccess(status) && covering(old, status) === undefined),
  );
  const swapped = replaced !== undefined && replacing !== undefined;
  if (swapped) statusReplaced(spot, old, replaced, now, replacing);
  for (const was of gone) if (!(swapped && was === replaced)) statusRemoved(spot, old, was, now);
  for (const is of come) if (!(swapped && is === replacing)) statusAdded(spot, now, is, old);
}

const lone = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);

const responseAt = ({ pointer }: Operation, { status }: ResponseSpec): string =>
  `${pointer}/responses${pointerOf(status)}`;

const isSuccess = (status: string): boolean => /^[123]/.test(status);

/** The response that speaks for a status without naming it: `4XX`, `default`, which nobody means for what goes well. */
function covering({ responses }: Operation, status: string): ResponseSpec | undefined {
  return (
    responses.find((one) => one.status === `${status.charAt(0)}XX`) ??
    (isSuccess(status) ? undefined : responses.find((one) => one.status === "default"))
  );
}

function statusReplaced(
  spot: Spot,
  old: Operation,
  was: ResponseSpec,
  now: Operation,
  is: ResponseSpec,
): void {
  const at: Spot = { ...spot, where: `response ${is.status}` };
  const message = `${spot.subject.id} answers ${is.status} now where it answered ${was.status}.`;
  tell(at, "status.replaced", VERDICTS.replaced, message, newAt(spot.comparison, responseAt(now, is)));
  compareResponse(at, old, was, now, is);
}

function statusRemoved(spot: Spot, old: Operation, was: ResponseSpec, now: Operation): void {
  const { status } = was;
  const at: Spot = { ...spot, where: `response ${status}` };
  const covered = covering(now, status);
  if (covered !== undefined && covered.status !== status) {
    tell(
      at,
      "status.covered",
      VERDICTS.harmless,
      `${old.id} no longer declares ${status} by itself; ${covered.status} speaks for it.`,
      oldAt(spot.comparison, responseAt(old, was)),
    );
    compareResponse(at, old, was, now, covered);
    return;
  }
  const verdict = isSuccess(status)
    ? VERDICTS.replaced
    : ({ writer: "possibly-breaking", reader: "possibly-breaking" } as const);
  tell(
    at,
    "status.removed",
    verdict,
    `${old.id} no longer answers ${status}.`,
    oldAt(spot.comparison, responseAt(old, was)),
  );
}

function statusAdded(spot: Spot, now: Operation, is: ResponseSpec, old: Operation): void {
  const { status } = is;
  const success = isSuccess(status) && covering(old, status) === undefined;
  const verdict = success ? VERDICTS.looser : VERDICTS.harmless;
  tell(
    { ...spot, where: `response ${status}` },
    "status.added",
    verdict,
    `${spot.subject.id} may answer ${status} now.`,
    newAt(spot.comparison, responseAt(now, is)),
  );
}

const HANDLED = new Set(["content", "headers", "links"]);

function compareResponse(
  spot: Spot,
  old: Operation,
  was: ResponseSpec,
  now: Operation,
  is: ResponseSpec,
): void {
  const { old: before, new: after } = spot.comparison.documents;
  const node = (document: unknown, pointer: string) => {
    const found = follow(document, resolvePointer(document, pointer), pointer);
    return { value: found?.node, pointer: found?.pointer ?? pointer };
  };
  const oldNode = node(before.content, responseAt(old, was));
  const newNode = node(after.content, responseAt(now, is));
  compareKeys(spot, oldNode, newNode, HANDLED);
  compareLinks(spot, oldNode, newNode);
  compareHeaders(spot, was.headers, is.headers, {
    old: `${oldNode.pointer}/headers`,
    new: `${newNode.pointer}/headers`,
  });
  compareContent(spot, was.content, is.content, {
    old: `${oldNode.pointer}/content`,
    new: `${newNode.pointer}/content`,
  });
}

/** Where an answer leads on to: nobody has to follow, so what is gone or leads elsewhere may break. */
function compareLinks(
  spot: Spot,
  old: { readonly value: unknown; readonly pointer: string },
  now: { readonly value: unknown; readonly pointer: string },
): void {
  const { old: before, new: after } = spot.comparison.documents;
  const linksOf = ({ value }: { readonly value: unknown }): PlainObject => {
    const links = isPlainObject(value) ? value["links"] : undefined;
    return isPlainObject(links) ? links : {};
  };
  const [was, is] = [linksOf(old), linksOf(now)];
  for (const name of new Set([...Object.keys(was), ...Object.keys(is)])) {
    const at: Spot = { ...spot, where: `${spot.where} › link ${name}` };
    const gone = oldAt(spot.comparison, `${old.pointer}${pointerOf("links", name)}`);
    const there = newAt(spot.comparison, `${now.pointer}${pointerOf("links", name)}`);
    if (!(name in was)) tell(at, "link.added", VERDICTS.harmless, `The link ${name} is new.`, there);
    else if (!(name in is))
      tell(at, "link.removed", VERDICTS.unjudged, `The link ${name} is no longer there.`, gone);
    else if (
      !saysTheSame(
        { value: was[name], document: before.content },
        { value: is[name], document: after.content },
      )
    )
      tell(
        at,
        "link.changed",
        VERDICTS.unjudged,
        `The link ${name} leads elsewhere, or by other values.`,
        there,
      );
  }
}

type Headers = ResponseSpec["headers"];

function compareHeaders(
  spot: Spot,
  old: Headers,
  now: Headers,
  pointers: { readonly old: string; readonly new: string },
): void {
  const byName = (headers: Headers) =>
    new Map(Object.entries(headers).map(([name, header]) => [name.toLowerCase(), { name, ...header }]));
  const was = byName(old);
  const is = byName(now);
  for (const key of new Set([...was.keys(), ...is.keys()])) {
    const [before, after] = [was.get(key), is.get(key)];
    const name = (after ?? before)?.name ?? key;
    const at: Spot = { ...spot, where: `${spot.where} › header ${name}` };
    const place: Place =
      after === undefined
        ? oldAt(spot.comparison, pointers.old + pointerOf(name))
        : newAt(spot.comparison, pointers.new + pointerOf(name));
    if (before === undefined) headerAdded(at, name, after?.required === true, place);
    else if (after === undefined) headerRemoved(at, name, before.required, place);
    else compareHeader(at, before, after, place);
  }
}

function headerAdded(spot: Spot, name: string, required: boolean, place: Place): void {
  const verdict = { writer: required ? "breaking" : "compatible", reader: "compatible" } as const;
  tell(
    spot,
    "header.added",
    verdict,
    `The header ${name} is new${required ? " and always sent" : ""}.`,
    place,
  );
}

function headerRemoved(spot: Spot, name: string, required: boolean, place: Place): void {
  const reader = required ? "breaking" : "possibly-breaking";
  tell(
    spot,
    "header.removed",
    { writer: "compatible", reader },
    `The header ${name} is no longer sent.`,
    place,
  );
}

function compareHeader(
  spot: Spot,
  old: Headers[string] & { readonly name: string },
  now: Headers[string],
  place: Place,
): void {
  const { name } = old;
  if (old.required !== now.required) {
    const verdict = now.required ? VERDICTS.narrower : VERDICTS.wider;
    tell(
      spot,
      now.required ? "header.required" : "header.optional",
      verdict,
      `The header ${name} is ${now.required ? "always sent" : "optional"} now.`,
      place,
    );
  }
  if (old.description !== now.description)
    tell(spot, "words.changed", VERDICTS.text, `description of the header ${name} changed.`, place);
  compareSchemas(spot, old.schema, now.schema, place);
}
