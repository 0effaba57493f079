import { fillPath } from "../../../specs/engine/catalog/exchange/bind.ts";
import { operationById } from "../../../specs/engine/catalog/lookup.ts";
import type { Catalog, Operation } from "../../../specs/engine/catalog/types.ts";
import { jsonOrText } from "../../../specs/engine/parse-json.ts";
import type { TryForm, TrySource } from "../../lib/try-form.ts";
import { url } from "../../lib/url.ts";
import type { PageRequest } from "../sandbox/send.ts";

/** As many as a reader chooses from. */
const MOST = 30;

/** Every value at a path of an answer: an index stands for every item. */
export function valuesAt(body: unknown, path: readonly (string | number)[]): string[] {
  const [step, ...rest] = path;
  if (step === undefined) return typeof body === "string" || typeof body === "number" ? [String(body)] : [];
  if (typeof step === "number") return Array.isArray(body) ? body.flatMap((one) => valuesAt(one, rest)) : [];
  const inner =
    typeof body === "object" && body !== null ? (body as Record<string, unknown>)[step] : undefined;
  return inner === undefined ? [] : valuesAt(inner, rest);
}

/**
 * The ids that the sandbox has for a path parameter: those that its list shows to the one who acts, and those that were
 * made on a page of this portal.
 * @param pathValues what the form holds for the path so far: a list may lie below another thing
 */
export async function idsFor(
  { list, maker }: TryForm["fields"][number],
  catalog: Catalog,
  pathValues: Readonly<Record<string, string>>,
  ask: (operation: Operation, request: Pick<PageRequest, "method" | "target">) => Promise<Response>,
): Promise<readonly string[]> {
  const made = maker === undefined ? [] : keptIds(catalog, maker);
  const operation = list === undefined ? undefined : operationById(catalog, list.operationId);
  if (list === undefined || operation === undefined) return made;
  const answer = await ask(operation, { method: "GET", target: fillPath(operation, pathValues) }).catch(
    () => undefined,
  );
  const listed = answer?.ok === true ? valuesAt(jsonOrText(await answer.text()), list.path) : [];
  return [...new Set([...made, ...listed])].slice(0, MOST);
}

/** Remembers what an operation has made. */
export const keepIds = (catalog: Catalog, source: TrySource, body: unknown): void =>
  setIds(catalog, source, [...valuesAt(body, source.path), ...keptIds(catalog, source)]);

/** What is gone is offered no more. */
export const dropId = (catalog: Catalog, source: TrySource, id: string): void =>
  setIds(
    catalog,
    source,
    keptIds(catalog, source).filter((one) => one !== id),
  );

/** As whom the reader called last: things that one party made, others may not see. */
export function keptActor(catalog: Catalog): string | undefined {
  try {
    return localStorage.getItem(`${prefixOf(catalog)}actor`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keepActor(catalog: Catalog, actor: string): void {
  try {
    localStorage.setItem(`${prefixOf(catalog)}actor`, actor);
  } catch {
    // As with ids.
  }
}

export function forgetIds(catalog: Catalog): void {
  const prefix = prefixOf(catalog);
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  } catch {
    // Nothing was kept where nothing can be.
  }
}

function keptIds(catalog: Catalog, source: TrySource): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(catalog, source)) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

function setIds(catalog: Catalog, source: TrySource, ids: readonly string[]): void {
  try {
    localStorage.setItem(keyOf(catalog, source), JSON.stringify([...new Set(ids)].slice(0, MOST)));
  } catch {
    // Storage may be full or switched off; the list of them still tells.
  }
}

const prefixOf = ({ digest }: Catalog): string => `eco-ids ${url("/")} ${digest} `;

const keyOf = (catalog: Catalog, { operationId, path }: TrySource): string =>
  `${prefixOf(catalog)}${operationId} ${path.join("/")}`;
