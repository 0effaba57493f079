import type { UnplacedFinding } from "../finding.ts";
import { isPlainObject, pointerOf } from "../pointer.ts";
import { createReport } from "../report.ts";
import { rivalry, routeOf } from "../routes/route-query.ts";
import type { Message, Operation, SpecDocument } from "../types.ts";
import { objectsOf, textOf } from "../untyped.ts";

/**
 * Names that must be unique in a spec set. An operation whose id another one has in the same document is called by its
 * method and path; one that two documents share is told apart by the document's path (`getPet@pets/api.yaml`). A message
 * that is named twice in a document is an error, and the second is left out.
 */
export function checkUnique(
  operations: readonly Operation[],
  messages: readonly Message[],
  documents: readonly SpecDocument[],
  findings: UnplacedFinding[],
): { readonly operations: Operation[]; readonly messages: Message[] } {
  checkRoutes(operations, findings);
  checkOwnIds(documents, findings);
  checkMembers(documents, findings);
  return {
    operations: distinguish(operations, "operationId", "spec.operation.duplicate-id", findings),
    messages: distinguish(messages, "message", "spec.message.duplicate-id", findings),
  };
}

interface Named {
  readonly id: string;
  readonly document: string;
  readonly pointer: string;
  readonly method?: string;
  readonly template?: string;
}

/** What an operation is called that has no id of its own. */
const ownIdOf = ({ method, template }: Named): string | undefined =>
  method === undefined || template === undefined ? undefined : `${method} ${template}`;

function distinguish<T extends Named>(
  items: readonly T[],
  what: string,
  code: string,
  findings: UnplacedFinding[],
): T[] {
  const first = new Map<string, T>();
  const kept: T[] = [];
  for (const item of items) {
    const other = first.get(item.id);
    if (other === undefined) {
      first.set(item.id, item);
      kept.push(item);
      continue;
    }
    const report = createReport(item.document, findings);
    const message = `The ${what} ${item.id} is used before, in ${other.document}#${other.pointer}.`;
    const id = other.document === item.document ? ownIdOf(item) : `${item.id}@${item.document}`;
    if (id === undefined || first.has(id)) {
      report.error(item.pointer, code, message, "Give each its own.");
      continue;
    }
    report.warning(item.pointer, code, message, `Give each its own; here it is called ${id}.`);
    const renamed = { ...item, id };
    first.set(id, renamed);
    kept.push(renamed);
  }
  return kept;
}

/** One sandbox can serve an operation only where its method, path or query tells it apart from all others. */
function checkRoutes(operations: readonly Operation[], findings: UnplacedFinding[]): void {
  for (const rivals of Map.groupBy(operations, routeOf).values()) {
    for (const [operation, other] of rivals.length === 1 ? [] : rivalry(rivals).hidden) {
      const report = createReport(operation.document, findings);
      report.warning(
        operation.pointer,
        "spec.operation.same-route",
        `${operation.method} ${operation.path} is also ${other.id} in ${other.document}.`,
        other.document === operation.document
          ? "Give it a path of its own, or a required query parameter: what stands behind `#` is never sent."
          : "Give the documents different base paths under `servers`, or load them apart.",
      );
    }
  }
}

/** Rate cards, agreements, … are cited by kind, id and version. */
function checkOwnIds(documents: readonly SpecDocument[], findings: UnplacedFinding[]): void {
  const first = new Map<string, SpecDocument>();
  for (const document of documents) {
    if (["openapi", "asyncapi", "arazzo"].includes(document.kind)) continue;
    const { id, version } = document.content;
    const key =
      document.kind === "ecosystem"
        ? document.kind
        : `${document.kind} ${String(id)} ${String(version ?? "")}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, document);
      continue;
    }
    const report = createReport(document.path, findings);
    report.error(
      document.kind === "ecosystem" ? "" : "/id",
      "spec.document.duplicate",
      `${other.path} is a ${key.trim()} too.`,
      document.kind === "ecosystem" ? "Keep one manifest." : "Give each its own id, or another version.",
    );
  }
}

/** A sandbox keeps one record for each party of the manifest, and one for each client id and secret of its test credentials. */
function checkMembers(documents: readonly SpecDocument[], findings: UnplacedFinding[]): void {
  for (const { kind, path, content } of documents) {
    if (kind !== "ecosystem") continue;
    const { testData } = content;
    const personas = isPlainObject(testData) ? testData["personas"] : undefined;
    for (const [place, list, field] of [
      [["parties"], content["parties"], "id"],
      [["testData", "personas"], personas, "clientId"],
      [["testData", "personas"], personas, "clientSecret"],
    ] as const) {
      const first = new Map<string, number>();
      for (const [index, item] of objectsOf(list).entries()) {
        const id = textOf(item[field]);
        const other = first.get(id);
        if (other === undefined) first.set(id, index);
        else
          createReport(path, findings).error(
            pointerOf(...place, index, field),
            "spec.ecosystem.duplicate-id",
            // A key tells on its own who calls: with one secret two parties could not be told apart.
            `${field === "clientSecret" ? "The clientSecret" : `${field} ${id}`} is used before, in ${pointerOf(...place, other)}.`,
            "Give each its own.",
          );
      }
    }
  }
}
