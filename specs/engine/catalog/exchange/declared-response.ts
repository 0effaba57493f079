import type { Operation, ResponseSpec } from "../types.ts";

/** The response that an operation declares for a status: of the status itself, of its class (`4XX`), or the default. */
export function responseFor(
  { responses }: Pick<Operation, "responses">,
  status: number,
): ResponseSpec | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  return (
    responses.find((response) => response.status === String(status)) ??
    responses.find((response) => response.status === range) ??
    responses.find((response) => response.status === "default")
  );
}
