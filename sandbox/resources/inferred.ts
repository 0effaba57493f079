import type { RequestParts } from "../../specs/engine/catalog/exchange/bind.ts";
import { isPlainObject, type PlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Operation, ResponseSpec, SchemaRef } from "../../specs/engine/catalog/types.ts";
import type { DecisionContext, Refusal } from "../capabilities/capability.ts";
import { announce } from "./announce.ts";
import { change, clear, list, lookUp, read, remove } from "./collections.ts";
import { Composer } from "./compose.ts";
import { create } from "./create.ts";
import type { ProblemLike } from "./declared-problem.ts";
import { allHeldIn, holding } from "./holder.ts";
import { Inferences } from "./infer.ts";
import { ItemStore } from "./items.ts";
import type { ResourceAction } from "./path-actions.ts";
import { problemIn } from "./problem-form.ts";
import { planResource, type ResourcePlan } from "./resource-plan.ts";
import type { ResourcesParts, ServedBy, ShownAnswer } from "./served.ts";
import { answerIn, type DeclaredHeader, declaredSuccess, successOf } from "./shape.ts";
import { act, readSingle, removeSingle, writeSingle } from "./singles.ts";
import { idOfParent, notFound, type ResourceDecision, type Step, Tools, textsOf } from "./step.ts";

const EPOCH = "1970-01-01T00:00:00.000Z";

const perform: Readonly<Record<ResourceAction, (tools: Tools, step: Step) => Promise<ResourceDecision>>> = {
  create,
  list,
  read,
  "look-up": lookUp,
  replace: change,
  change,
  remove,
  clear,
  "read-single": readSingle,
  "write-single": writeSingle,
  "remove-single": removeSingle,
  act,
};

/** Serves operations that no capability is bound to, with state inferred from the spec. */
export class Inferred {
  readonly #parts: ResourcesParts;
  readonly #inferences: Inferences;
  readonly #composer: Composer;
  readonly #tools: Tools;
  readonly #plans = new Map<Operation, ResourcePlan>();

  constructor(parts: ResourcesParts) {
    this.#parts = parts;
    const unbound = parts.catalog.operations.filter(
      ({ capability }) => capability === undefined || !parts.capabilities.has(capability.name),
    );
    this.#inferences = new Inferences(unbound, parts.schemas);
    this.#composer = new Composer(parts);
    this.#tools = new Tools(parts.schemas, this.#composer, this.#inferences);
  }

  /** How an operation is served. `tried` also makes an answer, to find out whether the schema allows any. */
  report(operation: Operation, tried: boolean): ServedBy {
    const success = successOf(operation, this.#parts.schemas);
    if (tried && this.#composer.answer(success, undefined, operation.id, { now: EPOCH }) === undefined) {
      return { servedBy: "nothing", detail: `no value fits the schema of its answer ${success.status}` };
    }
    const { action, collection } = this.#inferences.of(operation);
    const { creatable } = this.#inferences.collection(collection);
    if (declaredSuccess(operation) === undefined) {
      const status = Number(success.status);
      const note = `it declares no success: ${status} without a body is assumed`;
      return { servedBy: "resource", detail: `${action} ${collection}; ${note}`, assumedStatus: status };
    }
    if (creatable || action.endsWith("-single")) {
      return { servedBy: "resource", detail: `${action} ${collection}` };
    }
    const servedBy = success.examples.length > 0 ? "example" : "schema";
    return { servedBy, detail: `${action} ${collection}` };
  }

  /** A problem in the form of the schema; undefined where it can't be put into it. */
  problem(schema: SchemaRef, problem: ProblemLike): unknown {
    return problemIn(this.#parts.schemas.at(schema), problem, this.#parts);
  }

  /** Declared headers of a refusal: those that the request sent too as they came, the others from their schemas. */
  problemHeaders(
    operation: Operation,
    status: number,
    headers: readonly DeclaredHeader[],
    echoed: Readonly<Record<string, string>>,
  ): Record<string, string> {
    return this.#composer.headers({ headers, status }, operation.id, EPOCH, echoed);
  }

  /** A declared response as its named example, its first one or its schema has it; undefined where no value fits. */
  show(
    operation: Operation,
    response: ResponseSpec,
    status: number,
    example?: string,
  ): ShownAnswer | undefined {
    const success = answerIn(response, status, this.#parts.schemas, example);
    const headers = this.#composer.headers(success, operation.id, EPOCH);
    if (success.mediaType === undefined) return { headers };
    const { mediaType, examples } = success;
    const made =
      example === undefined
        ? this.#composer.answer(success, undefined, operation.id, { now: EPOCH })
        : { value: examples[0] };
    return made && { mediaType, value: made.value, headers };
  }

  /** @param origin of the URL that was asked: links lead there */
  async decide(
    operation: Operation,
    parts: RequestParts,
    context: DecisionContext,
    origin: string,
  ): Promise<ResourceDecision> {
    const plan = this.#planOf(operation);
    const { inference, parents, announced } = plan;
    const parentIds = textsOf(inference.parentParameters, parts.path);
    const items = new ItemStore(inference.collection, parentIds, context);
    const step: Step = { plan, items, parts: settable(plan, told(plan, parts)), context, origin };
    const missing = parents.length === 0 ? undefined : await this.#missingParent(step);
    if (missing !== undefined) return missing;
    const decision = await perform[inference.action](this.#tools, step);
    const silent = announced.webhooks.length === 0 && announced.callbacks.length === 0;
    return silent || decision.kind === "refused" ? decision : announce(this.#tools, step, decision);
  }

  /** Made at the operation's first request: most operations of a large spec are never called. */
  #planOf(operation: Operation): ResourcePlan {
    const known = this.#plans.get(operation);
    if (known !== undefined) return known;
    const { catalog, schemas } = this.#parts;
    const plan = planResource(operation, { catalog, schemas, inferences: this.#inferences });
    this.#plans.set(operation, plan);
    return plan;
  }

  /** Below a thing that could have been created and wasn't, there is nothing. */
  async #missingParent({ plan, parts, context }: Step): Promise<Refusal | undefined> {
    for (const parent of plan.parents) {
      const found = await this.#tools.parentItem(parent, parts, context);
      if (found === undefined) return notFound(parent.parameter, idOfParent(parent, parts));
    }
    return undefined;
  }
}

/** The parts with what the query says of a thing where nothing else can. */
function told({ asked }: ResourcePlan, parts: RequestParts): RequestParts {
  const said = asked.filter(({ parameter }) => Object.hasOwn(parts.query, parameter));
  if (said.length === 0) return parts;
  const body = Object.fromEntries(said.map(({ parameter, property }) => [property, parts.query[parameter]]));
  return { ...parts, body };
}

/** The parts with a body that lacks what only the platform sets. */
function settable({ readOnly, sent }: ResourcePlan, parts: RequestParts): RequestParts {
  if (readOnly.size === 0 || sent === undefined) return parts;
  const things = allHeldIn(sent, parts.body);
  const isSet = (thing: unknown): thing is PlainObject =>
    isPlainObject(thing) && readOnly.keys().some((name) => Object.hasOwn(thing, name));
  if (!things.some(isSet)) return parts;
  const kept = things.map((thing) =>
    isSet(thing) ? Object.fromEntries(Object.entries(thing).filter(([name]) => !readOnly.has(name))) : thing,
  );
  return { ...parts, body: holding(sent, ...kept) };
}
