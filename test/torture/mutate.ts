import type { Random } from "../../specs/engine/certification/random.ts";

type Change = (random: Random) => unknown;

/** Values that have broken others: borders of numbers, odd texts, shapes that nobody expects. */
const nasty: readonly [Change, ...Change[]] = [
  () => null,
  () => true,
  () => -1,
  () => 0.1,
  () => 1e308,
  () => Number.MAX_SAFE_INTEGER + 2,
  () => "",
  () => " ",
  () => "\u0000",
  () => "💥".repeat(40),
  () => "../../etc/passwd",
  () => "'; DROP TABLE records; --",
  () => "<script>alert(1)</script>",
  () => "2025-02-30T25:61:00Z",
  () => "9".repeat(400),
  () => [],
  () => ({}),
  () => ({ constructor: { prototype: { polluted: true } } }),
  (random) => random.word(1 + random.integer(2_000)),
  (random) => random.integer(2 ** 31) - 2 ** 30,
];

/** The value with one place of it changed, taken away or added. */
export function mutate(value: unknown, random: Random): unknown {
  if (Array.isArray(value)) {
    const copy: unknown[] = [...value];
    const at = random.integer(copy.length + 1);
    if (at === copy.length || random.integer(4) === 0) copy.splice(at, 0, random.pick(nasty)(random));
    else copy[at] = mutate(copy[at], random);
    return copy;
  }
  if (typeof value !== "object" || value === null || random.integer(8) === 0) {
    return random.pick(nasty)(random);
  }
  const copy: Record<string, unknown> = { ...value };
  const names = Object.keys(copy);
  const name = names[random.integer(names.length)];
  const kind = random.integer(5);
  if (name === undefined || kind === 0) copy[random.word(5)] = random.pick(nasty)(random);
  else if (kind === 1) delete copy[name];
  else copy[name] = mutate(copy[name], random);
  return copy;
}

/** The text with some bytes changed, doubled or lost. */
export function garble(text: string, random: Random): Uint8Array<ArrayBuffer> {
  const bytes = [...new TextEncoder().encode(text)];
  for (let round = 1 + random.integer(4); round > 0; round -= 1) {
    const at = random.integer(bytes.length + 1);
    const kind = random.integer(3);
    if (kind === 0) bytes[at] = random.integer(256);
    else if (kind === 1) bytes.splice(at, 1);
    else bytes.splice(at, 0, random.integer(256));
  }
  return Uint8Array.from(bytes);
}
