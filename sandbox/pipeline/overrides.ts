import type { RequestHandler } from "msw";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import { cutConnection } from "../faults/cut.ts";
import { PROBLEM_TYPE, problemBody } from "./problem.ts";

export interface OverrideParts {
  /** What the pages of error codes are found under. */
  readonly docsBase: string;
  /** Hears of a handler that throws. */
  failed(error: unknown): void;
}

/** A tester's own MSW handlers, which answer in the place of operations. */
export class Overrides {
  readonly #parts: OverrideParts;
  readonly #handlers: RequestHandler[] = [];

  constructor(parts: OverrideParts) {
    this.#parts = parts;
  }

  get any(): boolean {
    return this.#handlers.length > 0;
  }

  /** The latest come first. */
  use(handlers: readonly RequestHandler[]): void {
    this.#handlers.unshift(...handlers);
  }

  reset(): void {
    this.#handlers.length = 0;
  }

  /** Undefined where none of them answers, or one lets the request pass. Never rejects. */
  async answer(request: Request): Promise<Response | undefined> {
    const { getResponse } = await import("msw");
    try {
      const response = await getResponse(this.#handlers, request);
      if (response?.type === "error") return cutConnection();
      return response?.headers.get("x-msw-intention") === "passthrough" ? undefined : response;
    } catch (error) {
      this.#parts.failed(error);
      const what = reasonOf(error);
      const problem = { code: "ECO_HANDLER_FAILED", detail: `A handler of your own failed: ${what}` };
      const body = problemBody(problem, this.#parts.docsBase, `hdl_${crypto.randomUUID()}`);
      return Response.json(body, { status: body.status, headers: { "content-type": PROBLEM_TYPE } });
    }
  }
}
