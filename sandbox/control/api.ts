import type { components, operations } from "../../specs/generated/control-api.ts";

export type ControlOperation = keyof operations;

/** The schemas of the control API's document. */
export type ControlSchemas = components["schemas"];

type JsonIn<Part> = Part extends { readonly content: { readonly "application/json": infer Body } }
  ? Body
  : undefined;
type Successes<Id extends ControlOperation> = operations[Id]["responses"][Extract<
  keyof operations[Id]["responses"],
  200 | 201 | 204
>];

/** A request of the control API, read, typed and valid as its document declares it. */
export interface ControlRequest<Id extends ControlOperation> {
  readonly path: Defined<operations[Id]["parameters"]["path"]>;
  readonly query: Defined<operations[Id]["parameters"]["query"]>;
  readonly body: operations[Id] extends { readonly requestBody: infer Body } ? JsonIn<Body> : undefined;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

type Defined<Part> = [Part] extends [undefined] ? Record<never, never> : NonNullable<Part>;

/** The body of the answer, under the operation's first declared success. */
export type ControlAnswer<Id extends ControlOperation> = JsonIn<Successes<Id>>;
