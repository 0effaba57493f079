import { readResponse } from "../../catalog/exchange/bind.ts";
import { isPlainObject, type PlainObject, resolvePointer } from "../../catalog/pointer.ts";
import type { Catalog, Operation } from "../../catalog/types.ts";
import { objectsOf, textsOf } from "../../catalog/untyped.ts";
import { held, type Observation, skipped, violated } from "../check.ts";
import { readRecording } from "../client/recording.ts";
import type { Exchange } from "../model.ts";
import { jsonOf } from "../provider/responses.ts";
import type { GovernanceContext } from "./context.ts";

/** Fields of a kind of record that a role may not read, and the agreement that says so. */
interface Withheld {
  readonly agreement: string;
  readonly title: string;
  readonly resources: readonly string[];
  readonly fields: readonly string[];
}

function withheldFrom(role: string, catalog: Catalog): Withheld[] {
  return catalog.documents
    .filter((one) => one.kind === "agreement")
    .flatMap((document) => {
      const rights = resolvePointer(document.content, "/terms/dataRights");
      return objectsOf(rights).map((right) => ({
        agreement: document.path,
        title: String(right["title"]),
        role: String(right["role"]),
        resources: textsOf(right["resources"]),
        fields: textsOf(right["withheldFields"]),
      }));
    })
    .filter((one) => one.role === role && one.fields.length > 0);
}

function* fieldsIn(value: unknown): Generator<[name: string, value: unknown]> {
  if (Array.isArray(value)) for (const one of value) yield* fieldsIn(one);
  if (!isPlainObject(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    yield [name, inner];
    yield* fieldsIn(inner);
  }
}

/** What an operation is about in the ecosystem's own words: `deliveries` of `deliveries.submit`. */
function resourceOf(operation: Operation | undefined): string | undefined {
  return operation?.capability?.name.split(".")[0];
}

function shown(body: PlainObject, operation: Operation, { fields }: Withheld): string | undefined {
  const seen = [...fieldsIn(readResponse(operation, body))];
  const found = seen.find(([name, value]) => fields.includes(name) && value !== null && value !== "");
  return found?.[0];
}

function roleOf({ run, partner }: GovernanceContext): string | undefined {
  return partner.role ?? run.catalog.ecosystem.parties.find((one) => one.id === partner.id)?.role;
}

interface Breach {
  readonly exchange: Exchange;
  readonly field: string;
  readonly right: Withheld;
}

/** What the partner was shown that its role may not read. */
export function dataRights(context: GovernanceContext): Observation {
  const role = roleOf(context);
  if (role === undefined) {
    const message = `${context.partner.id} is no party of the ecosystem, and the manifest names no role.`;
    return skipped("not-configured", message);
  }
  const { catalog, options } = context.run;
  const rights = withheldFrom(role, catalog);
  if (rights.length === 0)
    return skipped("not-applicable", `No agreement withholds a field from the role ${role}.`);
  if (options.recording === undefined)
    return skipped("not-applicable", "The run observes no answers that the partner gets.");
  const observed = readRecording(catalog, options.recording);
  let cases = 0;
  let breach: Breach | undefined;
  for (const { operation, exchange } of observed) {
    const body = jsonOf(exchange.response);
    const own = rights.filter((one) => one.resources.includes(resourceOf(operation) ?? ""));
    if (operation === undefined || !isPlainObject(body) || own.length === 0) continue;
    cases += 1;
    for (const right of own) {
      const field = shown(body, operation, right);
      if (field !== undefined) breach ??= { exchange, field, right };
    }
  }
  if (cases === 0)
    return skipped("not-configured", "No answer about what the agreements withhold was observed.");
  if (breach === undefined)
    return held(`${cases} answers hold nothing that is withheld from the role ${role}.`, { cases });
  const { field, right, exchange } = breach;
  return violated(`An answer holds ${field}. ${right.title} (${right.agreement}).`, {
    evidence: [exchange],
    pointer: `${right.agreement}#/terms/dataRights`,
    cases,
  });
}
