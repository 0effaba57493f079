import type { RequestParts } from "../../specs/engine/catalog/exchange/bind.ts";
import { responseFor } from "../../specs/engine/catalog/exchange/declared-response.ts";
import { covers, isJsonType } from "../../specs/engine/catalog/exchange/media-type.ts";
import type { Operation, ResponseSpec } from "../../specs/engine/catalog/types.ts";
import type { DecisionContext } from "../capabilities/capability.ts";
import { part } from "../values/part.ts";
import type { Soon } from "../values/soon.ts";
import type { ProblemLike } from "./declared-problem.ts";
import type { Inferred } from "./inferred.ts";
import type { ResourcesParts, ServedBy, ShownAnswer } from "./served.ts";
import { headersOf } from "./shape.ts";
import type { ResourceDecision } from "./step.ts";

const JSON_TYPE = "application/json";

/** A problem in the form of an operation's own. */
export interface OwnProblem {
  readonly mediaType: string;
  readonly body: unknown;
}

/**
 * What the spec alone says of an operation: for those that no capability is bound to, and for errors in a form of their
 * own. Most of it is loaded when the first of these comes: where capabilities serve everything, none does.
 */
export class Resources {
  readonly #parts: ResourcesParts;
  readonly #inferred: () => Promise<Inferred>;

  constructor(parts: ResourcesParts) {
    this.#parts = parts;
    this.#inferred = part("inferred state", async () => {
      const { Inferred } = await import("./inferred.ts");
      return new Inferred(parts);
    });
  }

  /** How an operation is served. `tried` also makes an answer, to find out whether the schema allows any. */
  async report(operation: Operation, tried: boolean): Promise<ServedBy> {
    return (await this.#inferred()).report(operation, tried);
  }

  /**
   * A problem in the form that the operation declares for its status: undefined where that is problem details as they are,
   * or nothing, or something that a problem can't be put into.
   */
  problem(operation: Operation, problem: ProblemLike): Soon<OwnProblem | undefined> {
    const response = responseFor(operation, problem.status);
    const types = Object.keys(response?.content ?? {});
    const details = types.find((type) => type.startsWith("application/problem+json"));
    const mediaType = details ?? types.find(isJsonType) ?? types.find((type) => covers(type, JSON_TYPE));
    const schema = mediaType === undefined ? undefined : response?.content[mediaType]?.schema;
    if (mediaType === undefined || schema === undefined) return undefined;
    const { validators } = this.#parts;
    if (details !== undefined && validators.get(schema, "response")(problem).length === 0) return undefined;
    return this.#inferred().then((inferred) => {
      const body = inferred.problem(schema, problem);
      if (body === undefined) return undefined;
      return { mediaType: mediaType.includes("*") ? JSON_TYPE : mediaType, body };
    });
  }

  /**
   * The headers that a refusal must have as the operation declares it, those of the request's own as they came.
   * @param own what the refusal says in its headers itself, by names in lower case
   */
  problemHeaders(
    operation: Operation,
    status: number,
    sent: { get(name: string): string | null },
    own: Readonly<Record<string, string>>,
  ): Soon<Record<string, string>> {
    const response = responseFor(operation, status);
    if (response === undefined) return {};
    const names = operation.parameters.flatMap(({ in: place, name }) => (place === "header" ? [name] : []));
    const came = names.map((name) => [name.toLowerCase(), sent.get(name.toLowerCase())] as const);
    const echoed: Record<string, string> = {};
    for (const [name, value] of came) if (value !== null) echoed[name] = value;
    const declared = headersOf(response, this.#parts.schemas);
    const headers = declared.filter(({ name, required }) => required || name.toLowerCase() in echoed);
    const known = headers.filter(({ name }) => Object.hasOwn(own, name.toLowerCase()));
    // Nothing has to be made up.
    if (known.length === headers.length)
      return Object.fromEntries(known.map(({ name }) => [name.toLowerCase(), own[name.toLowerCase()] ?? ""]));
    return this.#inferred().then((inferred) => inferred.problemHeaders(operation, status, headers, echoed));
  }

  /** A declared response as its named example, its first one or its schema has it; undefined where no value fits. */
  async show(
    operation: Operation,
    response: ResponseSpec,
    status: number,
    example?: string,
  ): Promise<ShownAnswer | undefined> {
    return (await this.#inferred()).show(operation, response, status, example);
  }

  /** @param origin of the URL that was asked: links lead there */
  async decide(
    operation: Operation,
    parts: RequestParts,
    context: DecisionContext,
    origin: string,
  ): Promise<ResourceDecision> {
    return (await this.#inferred()).decide(operation, parts, context, origin);
  }
}
