import { isPlainObject, pointerOf } from "../catalog/pointer.ts";
import { basePathsOf } from "../catalog/read/servers.ts";
import { objectsOf, textOf } from "../catalog/untyped.ts";
import type { Level } from "./change.ts";
import { type Comparison, compareKeys, newAt, oldAt, tellLevel } from "./comparison.ts";
import { compareEndpoint, ENDPOINT } from "./wiring.ts";

/** Where the operations of an OpenAPI document are reached. The base path of the first server counts for all of them. */
export function compareServers(comparison: Comparison): void {
  const { old, new: now } = comparison.documents;
  const urls = (content: unknown): string[] =>
    isPlainObject(content) ? objectsOf(content["servers"]).map(({ url }) => textOf(url)) : [];
  const was = urls(old.content);
  const is = urls(now.content);
  const [before] = basePathsOf([old.content["servers"]]);
  const [after] = basePathsOf([now.content["servers"]]);
  const say = (
    id: string,
    rule: string,
    level: Level,
    message: string,
    place = newAt(comparison, "/servers"),
  ): void =>
    tellLevel({ comparison, subject: { kind: "server", id }, where: "" }, rule, level, message, place);
  const [first] = was;
  if (before !== after && (first === undefined || !is.includes(first)))
    say(
      is[0] ?? "/",
      "server.base-path",
      "breaking",
      `The base path was ${before || "/"} and is ${after || "/"} now.`,
    );
  for (const url of was)
    if (!is.includes(url))
      say(
        url,
        "server.removed",
        "possibly-breaking",
        `The server ${url} is no longer named.`,
        oldAt(comparison, "/servers"),
      );
  for (const url of is)
    if (!was.includes(url)) say(url, "server.added", "compatible", `The server ${url} is new.`);
}

/** Servers of an AsyncAPI document, by their names. */
export function compareEndpoints(comparison: Comparison): void {
  const servers = (content: unknown): Readonly<Record<string, unknown>> => {
    const map = isPlainObject(content) ? content["servers"] : undefined;
    return isPlainObject(map) ? map : {};
  };
  const was = servers(comparison.documents.old.content);
  const is = servers(comparison.documents.new.content);
  for (const id of new Set([...Object.keys(was), ...Object.keys(is)])) {
    const pointer = pointerOf("servers", id);
    const spot = {
      comparison,
      subject: { kind: "server", id } as const,
      where: "",
      direction: "either" as const,
    };
    if (is[id] === undefined)
      tellLevel(
        spot,
        "server.removed",
        "possibly-breaking",
        `The server ${id} is no longer named.`,
        oldAt(comparison, pointer),
      );
    else if (was[id] === undefined)
      tellLevel(spot, "server.added", "compatible", `The server ${id} is new.`, newAt(comparison, pointer));
    else {
      const [before, after] = [was[id], is[id]];
      if (isPlainObject(before) && isPlainObject(after))
        compareEndpoint(spot, { old: before, new: after, pointer });
      const handled = new Set<string>([...ENDPOINT, "bindings", "security"]);
      compareKeys(spot, { value: before, pointer }, { value: after, pointer }, handled);
    }
  }
}
