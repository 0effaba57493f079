import { issuesTokens } from "../../specs/engine/catalog/lookup.ts";
import { OperationRouter } from "../../specs/engine/catalog/routes/operation-router.ts";
import type { Catalog, WorkflowRef } from "../../specs/engine/catalog/types.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import {
  completeInputs,
  findWorkflow,
  type JourneyRun,
  runWorkflow,
} from "../../specs/engine/journey/index.ts";
import type { SeenExchange } from "../capabilities/certifications/records.ts";
import { bearerIn } from "../pipeline/schemes.ts";
import { isAttempt, signsInAsOneOf, type Wanted, wantedOf } from "./journey-steps.ts";

/** A step may wait for the partner as long as its window is open. */
const FOR_EVER_MS = 2 ** 31 - 1;

export interface ConductorParts {
  readonly catalog: Catalog;
  /** Clients by which the partner signs in: who signs in as one of them is the partner. */
  readonly clientIds: ReadonlySet<string>;
  /** Values for the inputs of workflows, by workflow id. */
  readonly inputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** What the partner's client did so far. */
  seen(): Promise<readonly SeenExchange[]>;
  /** Resolves when there is more of it. */
  changed(): Promise<void>;
  /** Takes a step in the place of another company. */
  send(request: Request): Promise<Response>;
  readonly wallClock: () => number;
}

/**
 * Conducts the journeys of a partner: every step that is the partner's is waited for and read from what its own client
 * did; those of other companies the sandbox takes itself, when their turn comes. So each journey runs to its end only
 * if the partner's builds did their part, in order, as the workflow has it.
 */
export class Conductor {
  readonly #parts: ConductorParts;
  readonly #router: OperationRouter;
  readonly #closing = Promise.withResolvers<void>();
  #closed = false;
  readonly #runs = new Map<string, Promise<JourneyRun | string | undefined>>();
  /** Places of exchanges that stand for a step already; one request isn't two steps. */
  readonly #taken = new Set<string>();

  constructor(parts: ConductorParts) {
    this.#parts = parts;
    this.#router = new OperationRouter(parts.catalog.operations);
  }

  /** Starts all workflows of which some step is the partner's. */
  start(workflows: readonly WorkflowRef[]): void {
    for (const workflow of workflows) void this.runOf(workflow);
  }

  /** The client isn't watched any more: steps that are still waited for have failed. */
  close(): void {
    this.#closed = true;
    this.#closing.resolve();
  }

  /** The run of a workflow; a text where it can't run, undefined where it has no step of the partner. */
  runOf(workflow: WorkflowRef): Promise<JourneyRun | string | undefined> {
    const key = `${workflow.document}#${workflow.id}`;
    const run = this.#runs.get(key) ?? this.#conduct(workflow).catch((error: unknown) => reasonOf(error));
    this.#runs.set(key, run);
    return run;
  }

  async #conduct({ id, document, operations }: WorkflowRef): Promise<JourneyRun | undefined> {
    const { catalog, clientIds, inputs } = this.#parts;
    // What a party does about its certifications isn't looked at, as nothing of it may be put in its way.
    const isAboutItself = catalog.operations.some(
      (one) => operations.includes(one.id) && one.capability?.name.startsWith("certifications."),
    );
    if (isAboutItself) return undefined;
    const given = completeInputs(findWorkflow(catalog, id, document), inputs[id] ?? {});
    if (!Object.values(given).some((value) => typeof value === "string" && clientIds.has(value)))
      return undefined;
    const turn = new Turn(this.#parts, this.#router, this.#taken, () => this.#more());
    return runWorkflow({
      catalog,
      workflowId: id,
      document,
      inputs: given,
      baseUrls: "http://sandbox.invalid",
      fetch: (request) => turn.take(request),
      sleep: (ms) => turn.pause(ms),
      timeoutMs: FOR_EVER_MS,
    });
  }

  /** False where nothing more will come. */
  async #more(): Promise<boolean> {
    if (this.#closed) return false;
    await Promise.race([this.#parts.changed(), this.#closing.promise]);
    return true;
  }
}

/** One workflow under way: whose turn it is, and how far the partner has come. */
class Turn {
  readonly #parts: ConductorParts;
  readonly #router: OperationRouter;
  readonly #taken: Set<string>;
  readonly #more: () => Promise<boolean>;
  /** Tokens that stand for the partner's own, which nobody but the partner holds. */
  readonly #partners = new Set<string>();
  /** When the partner's last step was. */
  #afterMs = 0;
  #partnersTurn = false;

  constructor(
    parts: ConductorParts,
    router: OperationRouter,
    taken: Set<string>,
    more: () => Promise<boolean>,
  ) {
    this.#parts = parts;
    this.#router = router;
    this.#taken = taken;
    this.#more = more;
  }

  async take(request: Request): Promise<Response> {
    const operation = this.#router.operationOf(request.method, new URL(request.url));
    const body = await request.clone().text();
    const signsIn = operation !== undefined && issuesTokens(operation);
    const token = bearerIn(request.headers.get("authorization"));
    const partners = signsIn
      ? signsInAsOneOf(request, body, this.#parts.clientIds)
      : this.#partners.has(token);
    this.#partnersTurn = partners;
    if (operation === undefined || !partners) return this.#others(request);
    const wanted = wantedOf(operation, request, body, signsIn ? this.#parts.clientIds : undefined);
    const seen = await this.#awaited(wanted);
    if (signsIn) this.#partners.add(seen.token ?? "");
    else this.#afterMs = seen.startedAtMs;
    const { status, headers, body: answer } = seen.response;
    return new Response(status === 204 ? null : answer, { status, headers });
  }

  /** What the partner does next has to follow on it. */
  async #others(request: Request): Promise<Response> {
    const response = await this.#parts.send(request);
    this.#afterMs = this.#parts.wallClock();
    return response;
  }

  /** The partner waits by itself between its own attempts; between those of others the sandbox does. */
  pause(milliseconds: number): Promise<void> {
    return this.#partnersTurn
      ? Promise.resolve()
      : new Promise((resolve) => setTimeout(resolve, milliseconds));
  }

  async #awaited(wanted: Wanted): Promise<SeenExchange> {
    for (;;) {
      // Listens before it looks, so that nothing comes in between.
      const more = this.#more();
      const found = (await this.#parts.seen()).find(
        (one) => isAttempt(one, wanted) && (wanted.signsIn || this.#follows(one)),
      );
      if (found !== undefined) {
        if (!wanted.signsIn) this.#taken.add(placeOf(found));
        return found;
      }
      if (!(await more)) {
        throw new Error(`The partner's client did not call ${wanted.operationId} so while it was observed`);
      }
    }
  }

  #follows(one: SeenExchange): boolean {
    return one.startedAtMs >= this.#afterMs && !this.#taken.has(placeOf(one));
  }
}

/** Two exchanges may say the same: when each began tells them apart. */
const placeOf = ({ startedAtMs, fingerprint }: SeenExchange): string => `${startedAtMs} ${fingerprint}`;
