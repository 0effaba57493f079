import { selectMediaType } from "../../catalog/exchange/media-type.ts";
import type { MediaType, Operation, ResponseSpec } from "../../catalog/types.ts";
import { parseJson } from "../../parse-json.ts";
import type { RecordedResponse } from "../model.ts";

/** Is the status declared by itself, so that it means something particular here? */
export function declaresStatus(operation: Operation, status: number): boolean {
  return operation.responses.some((one) => one.status === String(status));
}

/** The media type object for what was sent; undefined where its type isn't declared. */
export function mediaFor(spec: ResponseSpec, response: RecordedResponse): MediaType | undefined {
  return selectMediaType(spec.content, response.headers["content-type"] ?? "")?.media;
}

/** The parsed JSON body; undefined where there is none or it doesn't parse. */
export function jsonOf(response: RecordedResponse | undefined): unknown {
  return response === undefined ? undefined : parseJson(response.body);
}

/** Does the operation declare an answer that isn't an error? */
export function declaresSuccess(operation: Operation): boolean {
  return operation.responses.some((one) => /^[23]/.test(one.status) || one.status === "default");
}

export function isSuccess(response: RecordedResponse | undefined): boolean {
  return response !== undefined && response.status >= 200 && response.status < 300;
}
