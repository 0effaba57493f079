import { isPlainObject } from "../../../specs/engine/catalog/pointer.ts";
import { parseJson } from "../../../specs/engine/parse-json.ts";
import { prettyJson } from "../code.ts";
import type { Site } from "../site.ts";
import type { CallStep, Provocation, ProvocationStep } from "./provocation.ts";

/** A step as a page tells it: a request with what is special about it, or what else happens. */
export interface StepWords {
  /** `POST /v1/deliveries`, of a call. */
  readonly request?: string;
  /** The page of its operation. */
  readonly href?: string;
  readonly words: string;
}

export function wordsOf(provocation: Provocation, site: Site): readonly StepWords[] {
  const { rateLimit, steps } = provocation;
  const quota =
    rateLimit === undefined
      ? []
      : [{ words: `A sandbox that takes ${rateLimit.quota} requests in ${rateLimit.windowSeconds} s.` }];
  return [...quota, ...steps.map((step) => stepWords(step, site))];
}

function stepWords(step: ProvocationStep, site: Site): StepWords {
  if (step.does === "wait") return { words: `${step.seconds / 3600} hours pass.` };
  if (step.does === "fault")
    return {
      words: `A fault rule answers ${step.rule.status} in the place of ${step.rule.operation}, once.`,
    };
  const href = site.operations.get(step.operationId ?? "")?.href;
  return {
    // A long name stands for itself.
    request: `${step.method} ${step.target}`,
    ...(href === undefined ? {} : { href }),
    words: `${senderOf(step, site)}${step.twice ? ", twice at once" : ""}${paddingOf(step)}`,
  };
}

function senderOf({ as }: CallStep, { catalog }: Site): string {
  if (as === undefined) return "without credentials";
  const party = catalog.ecosystem.parties.find(({ id }) => id === as);
  return party === undefined ? "with credentials" : `as ${party.name}`;
}

const paddingOf = ({ padBytes }: CallStep): string =>
  padBytes === undefined ? "" : `, with ${padBytes.toLocaleString("en")} bytes of white space after its body`;

/** What a call sends beside its credentials, for a reader. */
export function sentBy({ headers, body }: CallStep): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const value = body === undefined ? undefined : parseJson(body);
  const text = isPlainObject(value) || Array.isArray(value) ? prettyJson(value) : body;
  return [...lines, ...(text === undefined ? [] : ["", text])].join("\n").trim();
}
