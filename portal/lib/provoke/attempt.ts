import { personasOf } from "../../../sandbox/capabilities/manifest.ts";
import { operationsByCapability } from "../../../specs/engine/catalog/lookup.ts";
import type { Operation } from "../../../specs/engine/catalog/types.ts";
import { isIdempotencyKey } from "../../../specs/engine/certification/provider/base.ts";
import { idSourceOf } from "../../../specs/engine/collection/chains.ts";
import { jsonOrText } from "../../../specs/engine/parse-json.ts";
import { accessOf } from "../access.ts";
import { list, object } from "../json.ts";
import type { Site } from "../site.ts";
import type { CallStep, ProvocationStep } from "./provocation.ts";
import { exampleRequest, type Input } from "./request.ts";
import type { Stage, StageAnswer } from "./stage.ts";

export interface CallOptions {
  /** A party; nobody for `""`. Default: one that may call it, the one its example is about before others. */
  readonly as?: string;
  /** Default: one that was not sent before. */
  readonly key?: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly change?: (input: Input) => Input;
  /** Replaces parts of the request as it is sent. */
  readonly raw?: Partial<Omit<CallStep, "does">>;
}

/** One try to come to an error: everything that it does in its sandbox is written down, for the page to do it again. */
export class Attempt {
  readonly site: Site;
  readonly steps: ProvocationStep[] = [];
  readonly #stage: Stage;
  #keys = 0;
  readonly #codes: (string | undefined)[] = [];

  constructor(site: Site, stage: Stage) {
    this.site = site;
    this.#stage = stage;
  }

  /** Code of the last answer, where everything before it was in order. */
  get code(): string | undefined {
    const refused = this.#codes.findIndex((code) => code !== undefined);
    return refused === this.#codes.length - 1 ? this.#codes[refused] : undefined;
  }

  async call(operation: Operation, options: CallOptions = {}): Promise<StageAnswer> {
    const { key = this.freshKey(), raw = {}, path, change } = options;
    const as = options.as ?? actorsOf(this.site, operation)[0] ?? "";
    const request = exampleRequest(this.site, operation, {
      key,
      ...(as === "" ? {} : { as }),
      ...(path === undefined ? {} : { path }),
      ...(change === undefined ? {} : { change }),
    });
    return this.#play({ ...request, ...raw, headers: { ...request.headers, ...raw.headers } });
  }

  /** A request that belongs to no operation. */
  send(step: Omit<CallStep, "does">): Promise<StageAnswer> {
    return this.#play({ does: "call", ...step });
  }

  /**
   * Makes the thing that an operation works on, where another makes such things; gives what stands for it in the path.
   * @param change of what the thing is made from
   */
  async prepare(
    operation: Operation,
    change?: (input: Input) => Input,
  ): Promise<Readonly<Record<string, string>> | undefined> {
    const path: Record<string, string> = {};
    for (const { name } of operation.parameters.filter((one) => one.in === "path")) {
      const maker = idSourceOf(this.site.catalog, "POST", operation, name);
      if (maker === undefined) continue;
      const above = await this.prepare(maker.operation);
      const made = await this.call(maker.operation, {
        ...(above === undefined ? {} : { path: above }),
        ...(change === undefined ? {} : { change }),
      });
      const id = valueAt(jsonOrText(made.text), maker.path);
      if (id === undefined) return undefined;
      path[name] = id;
    }
    return path;
  }

  async wait(seconds: number): Promise<void> {
    await this.#do({ does: "wait", seconds });
  }

  async fault(rule: Extract<ProvocationStep, { does: "fault" }>["rule"]): Promise<void> {
    await this.#do({ does: "fault", rule });
  }

  freshKey(): string {
    this.#keys += 1;
    return `provoked-${this.#keys}`;
  }

  async #play(step: CallStep): Promise<StageAnswer> {
    this.steps.push(step);
    const answer = await this.#stage.play(step);
    if (answer === undefined) throw new Error("A call has an answer.");
    this.#codes.push(answer.code);
    return answer;
  }

  async #do(step: ProvocationStep): Promise<void> {
    this.steps.push(step);
    await this.#stage.play(step);
  }
}

/** Somebody where nobody has published credentials: any will do. */
const ANYBODY = "anybody";

/** Who may call an operation and is known by published credentials; whom its example is about first, who runs the ecosystem last. */
export function actorsOf(site: Site, operation: Operation): readonly string[] {
  const { catalog } = site;
  const { open, roles } = accessOf(operation, site);
  const personas = personasOf(catalog).map(({ party }) => party);
  if (operation.security.length === 0) return [];
  if (personas.length === 0) return open ? [] : [ANYBODY];
  const ids = new Set(roles.map(({ id }) => id));
  const may = catalog.ecosystem.parties.filter(({ role }) => open || ids.has(role)).map(({ id }) => id);
  const [media] = Object.values(operation.requestBody?.content ?? {});
  const example = JSON.stringify(Object.values(media?.examples ?? {})[0] ?? "");
  const rank = (id: string): number =>
    Number(id === catalog.ecosystem.orchestrator) * 2 + Number(!example.includes(`"${id}"`));
  return personas.filter((id) => may.includes(id)).sort((one, other) => rank(one) - rank(other));
}

/** Who is known, and may not call it by the role that they have. */
export function othersThan(site: Site, operation: Operation): readonly string[] {
  const may = actorsOf(site, operation);
  return personasOf(site.catalog).flatMap(({ party }) => (may.includes(party) ? [] : [party]));
}

export const bound = ({ catalog }: Site, ...capabilities: readonly string[]): readonly Operation[] =>
  capabilities.flatMap((name) => operationsByCapability(catalog, name)).filter(isServed);

/** Served by the sandbox itself: what partners implement has a server of theirs. */
const isServed = ({ capability }: Operation): boolean => !/^fulfilment\./u.test(capability?.name ?? "");

/** Operations that the sandbox serves, those that need least before them first. */
export function served({ catalog }: Site): readonly Operation[] {
  const needs = (operation: Operation): number =>
    operation.parameters.filter((one) => one.in === "path").length * 4 +
    operation.parameters.filter((one) => one.required).length +
    Number(operation.capability === undefined);
  return catalog.operations.filter(isServed).sort((one, other) => needs(one) - needs(other));
}

export const isProtected = ({ security }: Operation): boolean =>
  security.length > 0 && security.every((alternative) => alternative.length > 0);

export const takesKey = ({ parameters, method }: Operation): boolean =>
  method === "POST" && parameters.some(isIdempotencyKey);

function valueAt(value: unknown, path: readonly (string | number)[]): string | undefined {
  let inner = value;
  for (const step of path) inner = typeof step === "number" ? list(inner)[step] : object(inner)[step];
  return typeof inner === "string" || typeof inner === "number" ? String(inner) : undefined;
}
