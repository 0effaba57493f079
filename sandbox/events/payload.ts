import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Json, JsonObject } from "../store/store.ts";

/** The name under which an event keeps a payload that is no object, such as a list or a text. */
const WHOLE = "";

/** A payload as the data of an event. */
export const dataOfPayload = (payload: Json): JsonObject =>
  isJsonObject(payload) && !(WHOLE in payload) ? payload : { [WHOLE]: payload };

/** The payload that `dataOfPayload` was given. */
export const payloadIn = (data: JsonObject): Json => (WHOLE in data ? (data[WHOLE] ?? null) : data);

const isJsonObject = (value: Json): value is JsonObject => isPlainObject(value);
