import type { Catalog } from "../../specs/engine/catalog/types.ts";
import type { Core } from "../pipeline/core.ts";
import type { LoggedExchange } from "../pipeline/exchange-log.ts";
import type { ControlSchemas } from "./api.ts";
import { cursorText, readCursor } from "./cursor.ts";
import type { ExchangeView } from "./exchange-view.ts";
import { invalidValue } from "./refused.ts";

export interface LogFilter {
  /** Operation id. */
  readonly operation?: string | undefined;
  readonly party?: string | undefined;
  /** `404`, `5xx`, or `cut` for a connection that a fault cut. */
  readonly status?: string | undefined;
  /** Id of a fault rule; `any` for all exchanges that met one. */
  readonly fault?: string | undefined;
}

export interface LogQuery extends LogFilter {
  /** `cursor` of a former answer: what came after it. Without it, the newest. */
  readonly after?: string | undefined;
  /** Default 50. */
  readonly limit?: number | undefined;
}

export type LogPage = ControlSchemas["ExchangePage"];

const DEFAULT_LIMIT = 50;

/** The exchanges that a sandbox still remembers, without their secrets. */
export class LogControl {
  readonly #core: Core;
  readonly #view: (exchange: LoggedExchange) => ExchangeView;
  /** Tells the cursors of this process from those of another one, whose numbers mean something else. */
  readonly #epoch = crypto.randomUUID().slice(0, 8);

  /** `view` makes an exchange readable, without its secrets. */
  constructor(core: Core, view: (exchange: LoggedExchange) => ExchangeView) {
    this.#core = core;
    this.#view = view;
  }

  /** @throws EcoError `ECO_REQUEST_INVALID` for an operation that the spec set doesn't have, or what is no cursor */
  read(query: LogQuery = {}): LogPage {
    const matches = matcherOf(query, this.#core.parts.catalog);
    const { log } = this.#core;
    const { limit = DEFAULT_LIMIT, after } = query;
    const { oldest, next } = log.bounds;
    const from = after === undefined ? 0 : this.#sequenceOf(after);
    const found: LoggedExchange[] = [];
    let seen = Math.max(from, oldest - 1);
    for (const exchange of log.after(from)) {
      if (after !== undefined && found.length === limit) break;
      seen = exchange.sequence;
      if (matches(exchange)) found.push(exchange);
    }
    return {
      items: found.slice(-limit).map(this.#view),
      cursor: cursorText({ epoch: this.#epoch, sequence: after === undefined ? next - 1 : seen }),
      missed: after === undefined ? 0 : Math.max(0, oldest - 1 - from),
    };
  }

  /** As `read`, once there is something: at the latest when `signal` says that the wait is over, or the sandbox closes. */
  async wait(query: LogQuery, signal: AbortSignal): Promise<LogPage> {
    const { log } = this.#core;
    for (let after = query.after; ; ) {
      const page = this.read({ ...query, after });
      if (page.items.length > 0 || signal.aborted || log.closed) return page;
      after = page.cursor;
      await log.arrival(this.#sequenceOf(after), signal);
    }
  }

  /** Every exchange from now on that the filter lets through, until `signal` or the sandbox ends it. */
  async *follow(filter: LogFilter, signal: AbortSignal): AsyncGenerator<ExchangeView> {
    let { cursor } = this.read({ limit: 1 });
    while (!signal.aborted && !this.#core.log.closed) {
      const page = await this.wait({ ...filter, after: cursor, limit: 500 }, signal);
      yield* page.items;
      cursor = page.cursor;
    }
  }

  #sequenceOf(cursor: string): number {
    const read = readCursor(cursor);
    if (read === undefined) throw invalid("after", "use the `cursor` of a former answer as it came");
    // Of a sandbox that ran here before: everything is new.
    return read.epoch === this.#epoch ? read.sequence : 0;
  }
}

function matcherOf(
  { operation, party, status, fault }: LogFilter,
  catalog: Catalog,
): (exchange: LoggedExchange) => boolean {
  if (operation !== undefined && !catalog.operations.some(({ id }) => id === operation)) {
    throw invalid("operation", `the spec set has no operation ${JSON.stringify(operation)}`);
  }
  return (exchange) =>
    (operation === undefined || exchange.operationId === operation) &&
    (party === undefined || exchange.party === party) &&
    (status === undefined || isStatus(exchange.status, status.toLowerCase())) &&
    (fault === undefined ||
      (exchange.faults !== undefined && (fault === "any" || exchange.faults.includes(fault))));
}

function isStatus(status: number, wanted: string): boolean {
  if (wanted === "cut") return status === 0;
  return wanted.endsWith("xx") ? Math.floor(status / 100) === Number(wanted[0]) : String(status) === wanted;
}

const invalid = (parameter: string, detail: string): Error =>
  invalidValue("The log can't be read so.", `$request.query.${parameter}`, detail);
