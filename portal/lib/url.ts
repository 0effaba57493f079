/** Address of a portal page under the base path: `url("/api/")` → `/docs/api/`. Absolute addresses stay as they are. */
export function url(path: string): string {
  if (!path.startsWith("/")) return path;
  const base = import.meta.env.BASE_URL.replace(/\/+$/u, "");
  return `${base}${path}`;
}

/** A path segment made from any name: lower case, words joined by hyphens, never empty. */
export function slug(name: string): string {
  const text = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[-.]+|[-.]+$/gu, "")
    .toLowerCase();
  return text === "" ? "unnamed" : text;
}

/**
 * A path segment that keeps its spelling (`submitDelivery`, `ECO_NOT_FOUND`) as far as it is safe in a URL and a file name.
 * Used where a reader types or links the name itself.
 */
export function segment(name: string): string {
  const text = name.replace(/[^\p{L}\p{N}._~-]+/gu, "-").replace(/^[-.]+|[-.]+$/gu, "");
  return text === "" ? "unnamed" : text;
}

/** Hands out each segment once: a second thing of the same name (also by case, for file systems) gets `-2`. */
export function uniqueSegments(make: (name: string) => string = segment): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    const wanted = make(name);
    let candidate = wanted;
    for (let turn = 2; taken.has(candidate.toLowerCase()); turn++) candidate = `${wanted}-${turn}`;
    taken.add(candidate.toLowerCase());
    return candidate;
  };
}
