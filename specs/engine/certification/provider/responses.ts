import type { MediaType, Operation, ResponseSpec } from "../../catalog/types.ts";
import type { RecordedResponse } from "../model.ts";

/** The response that a status is declared by: itself, its range, or the default. */
export function responseFor(operation: Operation, status: number): ResponseSpec | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  return (
    operation.responses.find((one) => one.status === String(status)) ??
    operation.responses.find((one) => one.status.toUpperCase() === range) ??
    operation.responses.find((one) => one.status === "default")
  );
}

/** Is the status declared by itself, so that it means something particular here? */
export function declaresStatus(operation: Operation, status: number): boolean {
  return operation.responses.some((one) => one.status === String(status));
}

export function essenceOf(contentType: string | undefined): string {
  return contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
}

function mediaMatches(declared: string, actual: string): boolean {
  const essence = essenceOf(declared);
  if (essence === actual || essence === "*/*") return true;
  return essence.endsWith("/*") && actual.startsWith(essence.slice(0, -1));
}

/** The media type object for what was sent; undefined where its type isn't declared. */
export function mediaFor(spec: ResponseSpec, response: RecordedResponse): MediaType | undefined {
  const actual = essenceOf(response.headers["content-type"]);
  const declared = Object.keys(spec.content);
  const exact = declared.find((one) => essenceOf(one) === actual);
  const found = exact ?? declared.find((one) => mediaMatches(one, actual));
  return found === undefined ? undefined : spec.content[found];
}

export function isJson(contentType: string): boolean {
  return /[/+]json$/.test(contentType);
}

/** The parsed JSON body; undefined where there is none or it doesn't parse. */
export function jsonOf(response: RecordedResponse | undefined): unknown {
  if (response === undefined) return undefined;
  try {
    return JSON.parse(response.body);
  } catch {
    return undefined;
  }
}

export function isSuccess(response: RecordedResponse | undefined): boolean {
  return response !== undefined && response.status >= 200 && response.status < 300;
}
