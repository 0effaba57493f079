import { errorDefinition, errorDocs } from "../../specs/engine/errors/index.ts";
import type { JsonObject } from "../store/store.ts";
import type { Refusal } from "./capability.ts";

/** A refusal inside an answer, as problem details (RFC 9457): one row of a batch. */
export function problemOf(refusal: Refusal): JsonObject {
  const row = errorDefinition(refusal.code);
  return {
    type: `/${errorDocs(refusal.code)}`,
    title: row?.title ?? refusal.code,
    status: row?.status ?? 500,
    detail: refusal.detail,
    code: refusal.code,
    fix: row?.fix ?? "",
    ...(refusal.errors === undefined
      ? {}
      : { errors: refusal.errors.map(({ pointer, detail }) => ({ pointer, detail })) }),
  };
}
