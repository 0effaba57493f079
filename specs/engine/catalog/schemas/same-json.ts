/** The places of the first item that was there before, and of that one. */
export function twinsIn(items: readonly unknown[]): readonly [first: number, second: number] | undefined {
  const known = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const text = canonical(item);
    const first = known.get(text);
    if (first !== undefined) return [first, index];
    known.set(text, index);
  }
  return undefined;
}

/** Whether JSON Schema holds two values to be equal. */
export const sameJson = (one: unknown, other: unknown): boolean =>
  Object.is(one, other) || canonical(one) === canonical(other);

/** One text for what JSON Schema holds to be equal: the order of members says nothing. */
function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(JSON.stringify(value));
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const members = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`);
  return `{${members.sort().join()}}`;
}
