import { readResponse } from "../../specs/engine/catalog/exchange/bind.ts";
import type { Operation } from "../../specs/engine/catalog/types.ts";

/** The JSON of an answer, which stays unread; undefined where it holds none. */
export async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.clone().json();
  } catch {
    return undefined;
  }
}

/** What an answer says in the names that capabilities use; undefined where it is no JSON. */
export async function canonicalAnswer(operation: Operation, response: Response): Promise<unknown> {
  return readResponse(operation, await jsonOf(response));
}
