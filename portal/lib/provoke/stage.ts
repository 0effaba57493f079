import type { SandboxSettings } from "../../../sandbox/pipeline/options.ts";
import type { Sandbox } from "../../../sandbox/pipeline/sandbox.ts";
import { operationById } from "../../../specs/engine/catalog/lookup.ts";
import { type Identity, identityOf, shownBy, withPair } from "../../client/sandbox/credentials.ts";
import { type PageRequest, send } from "../../client/sandbox/send.ts";
import type { CallStep, Provocation, ProvocationStep } from "./provocation.ts";

/** What a call was answered. */
export interface StageAnswer {
  /** As it was sent, credentials included; white space after its body left out. */
  readonly request: PageRequest;
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  /** Of a refusal, whatever form the ecosystem gives its errors. */
  readonly code: string | undefined;
}

/** An instant that every provocation begins at, so that it comes out the same wherever it is played. */
export const BEGINNING = "2026-01-15T09:00:00Z";

/** A sandbox of its own that a provocation is played in: with the same ids each time, on a clock that it moves itself. */
export class Stage {
  readonly sandbox: Sandbox;
  readonly #clock: { ms: number };
  readonly #told: { code: string | undefined };
  readonly #identities = new Map<string, Identity>();

  private constructor(sandbox: Sandbox, clock: { ms: number }, told: { code: string | undefined }) {
    this.sandbox = sandbox;
    this.#clock = clock;
    this.#told = told;
  }

  /** @param open makes an empty sandbox */
  static async open(
    open: (settings: SandboxSettings) => Promise<Sandbox>,
    { rateLimit }: Pick<Provocation, "rateLimit"> = {},
  ): Promise<Stage> {
    const clock = { ms: Date.parse(BEGINNING) };
    const told: { code: string | undefined } = { code: undefined };
    const sandbox = await open({
      randomness: "seeded",
      wallClock: () => clock.ms,
      ...(rateLimit === undefined ? {} : { rateLimit }),
      onExchange: ({ code }) => {
        told.code = code;
      },
      // What a provocation is about may well be a fault.
      onFault: () => {},
    });
    return new Stage(sandbox, clock, told);
  }

  /** Plays a step; gives the answer to a call. */
  async play(step: ProvocationStep): Promise<StageAnswer | undefined> {
    switch (step.does) {
      case "call":
        return this.#call(step);
      case "wait":
        this.#clock.ms += step.seconds * 1000;
        await this.sandbox.settle();
        return undefined;
      case "fault":
        await this.sandbox.faults.add(step.rule);
        return undefined;
    }
  }

  async #call({ operationId, as, padBytes = 0, twice, ...request }: CallStep): Promise<StageAnswer> {
    const operation = operationById(this.sandbox.catalog, operationId ?? "");
    const identity = as === undefined ? undefined : await this.#identity(as);
    const shown =
      operation === undefined || identity === undefined ? { headers: {} } : shownBy(operation, identity);
    const sent = {
      method: request.method,
      target: withPair(request.target, shown.query),
      headers: Object.entries({
        ...request.headers,
        ...shown.headers,
        ...(shown.cookie === undefined ? {} : { cookie: shown.cookie }),
      }),
      ...(request.body === undefined ? {} : { body: request.body }),
    };
    const whole = padBytes === 0 ? sent : { ...sent, body: `${request.body ?? ""}${" ".repeat(padBytes)}` };
    this.#told.code = undefined;
    const first = twice ? send(this.sandbox, whole) : undefined;
    const response = await send(this.sandbox, whole);
    const { code } = this.#told;
    await first;
    const text = await response.text();
    await this.sandbox.settle();
    return {
      request: sent,
      status: response.status,
      headers: [...response.headers],
      text,
      code: response.status < 400 ? undefined : (code ?? codeIn(text)),
    };
  }

  /** A token that was asked for once is kept, so that it can grow old. */
  async #identity(party: string): Promise<Identity> {
    const identity = this.#identities.get(party) ?? (await identityOf(this.sandbox, party));
    this.#identities.set(party, identity);
    return identity;
  }
}

/** The control of a sandbox tells nobody of its exchanges: its problems say their code. */
function codeIn(text: string): string | undefined {
  try {
    const { code } = JSON.parse(text) as { code?: unknown };
    return typeof code === "string" ? code : undefined;
  } catch {
    return undefined;
  }
}
