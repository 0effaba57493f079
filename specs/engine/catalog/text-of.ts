/** The text that stands in a document; "" where something else does, or nothing. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
