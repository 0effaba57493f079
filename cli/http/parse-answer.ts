import type { Operation } from "../../specs/engine/catalog/types.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { shapeOfJson } from "../../specs/engine/json-shape.ts";
import { sanitizeLine } from "../output/sanitize.ts";
import type { HttpResponse } from "./transport.ts";

/** Far beyond what any API answers, and far from what exhausts the stack of whoever walks through the value. */
const MAX_DEPTH = 500;

/**
 * What an answer says; an empty object where it says nothing.
 * @throws EcoError ECO_REQUEST_REFUSED for what is no JSON, or is nested to do harm
 */
export function parseAnswer({ body, status, headers }: HttpResponse, operation: Operation): unknown {
  if (body.trim() === "") return {};
  const answered = `${operation.method} ${operation.path} answered ${status} with`;
  const fix = "Check that --sandbox is the address of the API and not of a page or a proxy before it.";
  const { depth } = shapeOfJson(body);
  if (depth > MAX_DEPTH)
    throw new EcoError("ECO_REQUEST_REFUSED", `${answered} JSON that is nested ${depth} levels deep.`, {
      fix,
    });
  try {
    return JSON.parse(body);
  } catch (cause) {
    const type = sanitizeLine(headers["content-type"] ?? "no content type");
    throw new EcoError("ECO_REQUEST_REFUSED", `${answered} ${type}, which is no JSON.`, { fix, cause });
  }
}
