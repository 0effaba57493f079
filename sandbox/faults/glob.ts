/** A pattern in which `*` stands for any text, also none. */
export function globOf(pattern: string): RegExp {
  const parts = pattern.split(/\*+/).map((text) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s");
}
