import { type ErrorCode, errorRegistry } from "./registry.ts";

export interface EcoErrorOptions {
  /** What to do next, where it can be said better than in the registry. */
  readonly fix?: string;
  readonly cause?: unknown;
  /** What the error is about, for `--json` and problem details: plain JSON, never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * The one error that eco throws on purpose: everything else that reaches the top is a fault of eco.
 * `message` says what happened and to which thing, `fix` what to do next.
 */
export class EcoError extends Error {
  readonly code: ErrorCode;
  /** Exit status of the command that ends with it. */
  readonly exitCode: number;
  readonly fix: string;
  /** The code's page, relative to the portal: `errors/ECO_NOT_FOUND/`. */
  readonly docs: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: EcoErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    const row = errorRegistry[code];
    this.name = "EcoError";
    this.code = code;
    this.exitCode = row.exitCode;
    this.fix = options.fix ?? row.fix;
    this.docs = errorDocs(code);
    this.details = options.details ?? {};
  }
}

/** The portal page of a code, relative to the portal's root. */
export function errorDocs(code: string): string {
  return `errors/${code}/`;
}
