import { follow } from "../catalog/follow.ts";
import { isPlainObject, type PlainObject, pointerOf } from "../catalog/pointer.ts";
import { objectsOf, textOf } from "../catalog/untyped.ts";
import type { Level } from "./change.ts";
import { named, newAt, type Spot, tellLevel } from "./comparison.ts";
import { capital } from "./content.ts";
import { sameJson, saysTheSame } from "./substance.ts";

/** One thing of an AsyncAPI document as both versions write it, and where the new one does. */
export interface Wired {
  readonly old: PlainObject;
  readonly new: PlainObject;
  readonly pointer: string;
}

/** Keys by which messages find their way, each with a comparison here. */
export const WIRING = ["bindings", "servers", "channel", "reply", "correlationId", "security"] as const;

/** What carries messages, and where to: everything that a client of a broker is set up with. */
export function compareWiring(spot: Spot, wired: Wired): void {
  compareBindings(spot, wired);
  compareServersOf(spot, wired);
  compareTarget(spot, wired);
  compareReply(spot, wired);
  compareCorrelation(spot, wired);
  compareAccess(spot, wired);
}

function say(spot: Spot, wired: Wired, key: string, rule: string, level: Level, message: string): void {
  tellLevel(spot, rule, level, message, newAt(spot.comparison, wired.pointer + pointerOf(key)));
}

const objectAt = (node: PlainObject, key: string): PlainObject => {
  const value = node[key];
  return isPlainObject(value) ? value : {};
};

/** Members of bindings by which a queue or a topic is found. */
const FINDING = new Set([
  "topic",
  "queue",
  "exchange",
  "is",
  "destination",
  "stream",
  "subject",
  "name",
  "method",
]);

/** What a protocol wants beside the document's own words, protocol by protocol. */
function compareBindings(spot: Spot, wired: Wired): void {
  const both = (side: "old" | "new"): PlainObject => {
    const { content } = spot.comparison.documents[side];
    const found = follow(content, wired[side]["bindings"], "")?.node;
    return isPlainObject(found) ? found : {};
  };
  const [was, is] = [both("old"), both("new")];
  const tell = (level: Level, message: string): void =>
    say(spot, wired, "bindings", "bindings.changed", level, message);
  const what = named(spot);
  for (const protocol of new Set([...Object.keys(was), ...Object.keys(is)])) {
    const name = `The binding of ${what} to ${protocol}`;
    if (!(protocol in is)) tell("possibly-breaking", `${name} is no longer there.`);
    else if (!(protocol in was)) {
      const first = Object.keys(was).length === 0;
      tell(first ? "possibly-breaking" : "compatible", `${name} is new.`);
    } else
      for (const [key, level] of changedIn(objectAt(was, protocol), objectAt(is, protocol)))
        tell(level, `\`${key}\` of the binding of ${what} to ${protocol} changed.`);
  }
}

function changedIn(was: PlainObject, is: PlainObject): [string, Level][] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((key): [string, Level][] => {
    if (sameJson(was[key], is[key])) return [];
    if (key === "bindingVersion") return [[key, "text"]];
    return [[key, FINDING.has(key) && key in was && key in is ? "breaking" : "possibly-breaking"]];
  });
}

/** Where a channel is found; one that names no server is on all of them. */
function compareServersOf(spot: Spot, wired: Wired): void {
  const refs = (node: PlainObject): string[] | undefined =>
    Array.isArray(node["servers"]) && node["servers"].length > 0
      ? objectsOf(node["servers"]).map(({ $ref }) => textOf($ref).split("/").at(-1) ?? "")
      : undefined;
  const [was, is] = [refs(wired.old), refs(wired.new)];
  if (sameJson(was, is)) return;
  const gone = is === undefined ? [] : (was ?? ["others"]).filter((one) => !is.includes(one));
  const message = `${capital(named(spot))} was on ${was?.join(", ") ?? "all servers"} and is on ${is?.join(", ") ?? "all servers"} now.`;
  say(spot, wired, "servers", "channel.servers", gone.length > 0 ? "breaking" : "compatible", message);
}

const targetOf = (node: PlainObject): string | undefined => {
  const reference = objectAt(node, "channel")["$ref"];
  return typeof reference === "string" ? reference : undefined;
};

function compareTarget(spot: Spot, wired: Wired): void {
  const [was, is] = [targetOf(wired.old), targetOf(wired.new)];
  if (was === is) return;
  const message = `The operation ${spot.subject.id} was on ${was ?? "no channel"} and is on ${is ?? "none"} now.`;
  say(spot, wired, "channel", "channel-operation.moved", "breaking", message);
}

/** Who is answered, where, and by what. */
function compareReply(spot: Spot, wired: Wired): void {
  const [was, is] = [replyOf(spot, "old", wired), replyOf(spot, "new", wired)];
  const { id } = spot.subject;
  const tell = (level: Level, message: string): void =>
    say(spot, wired, "reply", "reply.changed", level, message);
  if (was === undefined && is === undefined) return;
  if (was === undefined) tell("possibly-breaking", `The operation ${id} is answered now.`);
  else if (is === undefined) tell("breaking", `The operation ${id} is no longer answered.`);
  else {
    if (was.channel !== is.channel)
      tell(
        "breaking",
        `Answers to ${id} came on ${was.channel ?? "no channel"} and come on ${is.channel ?? "none"} now.`,
      );
    if (was.location !== is.location)
      tell(
        "breaking",
        `Where answers to ${id} go was told by ${was.location ?? "nothing"} and is by ${is.location ?? "nothing"} now.`,
      );
    const gone = was.messages.filter((one) => !is.messages.includes(one));
    const come = is.messages.filter((one) => !was.messages.includes(one));
    for (const one of gone) tell("breaking", `${one} is no longer an answer to ${id}.`);
    for (const one of come) tell("possibly-breaking", `${one} may be an answer to ${id} now.`);
  }
}

interface Reply {
  readonly channel: string | undefined;
  readonly location: string | undefined;
  readonly messages: readonly string[];
}

function replyOf({ comparison }: Spot, side: "old" | "new", wired: Wired): Reply | undefined {
  const { content } = comparison.documents[side];
  const reply = follow(content, wired[side]["reply"], "")?.node;
  if (!isPlainObject(reply)) return undefined;
  const address = follow(content, reply["address"], "")?.node;
  const location = isPlainObject(address) ? address["location"] : undefined;
  return {
    channel: targetOf(reply),
    location: typeof location === "string" ? location : undefined,
    messages: objectsOf(reply["messages"]).map(({ $ref }) => textOf($ref).split("/").at(-1) ?? ""),
  };
}

/** By what an answer is known to belong to a question. */
function compareCorrelation(spot: Spot, wired: Wired): void {
  const locationIn = (side: "old" | "new"): string | undefined => {
    const { content } = spot.comparison.documents[side];
    const node = follow(content, wired[side]["correlationId"], "")?.node;
    return isPlainObject(node) ? textOf(node["location"]) : undefined;
  };
  const [was, is] = [locationIn("old"), locationIn("new")];
  if (was === is) return;
  const message =
    is === undefined
      ? `${spot.subject.id} has no correlation id any more; it was in ${was}.`
      : was === undefined
        ? `${spot.subject.id} has a correlation id now, in ${is}.`
        : `The correlation id of ${spot.subject.id} was in ${was} and is in ${is} now.`;
  say(
    spot,
    wired,
    "correlationId",
    "message.correlation",
    was === undefined ? "compatible" : "breaking",
    message,
  );
}

/** Alternatives of security, any of which does: one that is gone breaks who used it. */
function compareAccess(spot: Spot, wired: Wired): void {
  const { old: before, new: after } = spot.comparison.documents;
  const [was, is] = [objectsOf(wired.old["security"]), objectsOf(wired.new["security"])];
  const isKept = (one: PlainObject): boolean =>
    is.some((other) =>
      saysTheSame({ value: one, document: before.content }, { value: other, document: after.content }),
    );
  const demanded = is.length > 0 && (was.length === 0 || !was.every(isKept));
  if (!demanded && sameJson(was, is)) return;
  const message = demanded
    ? `${capital(named(spot))} wants another way of signing in now.`
    : `${capital(named(spot))} takes more ways of signing in now.`;
  say(spot, wired, "security", "security.changed", demanded ? "breaking" : "compatible", message);
}

/** Keys of a server that its clients connect by. */
export const ENDPOINT = ["host", "pathname", "protocol"] as const;

export function compareEndpoint(spot: Spot, wired: Wired): void {
  for (const key of ENDPOINT) {
    const [was, is] = [wired.old[key], wired.new[key]];
    if (sameJson(was, is)) continue;
    const message = `\`${key}\` of the server ${spot.subject.id} was ${textOf(was) || "none"} and is ${textOf(is) || "none"} now.`;
    say(spot, wired, key, "server.moved", "breaking", message);
  }
  compareBindings(spot, wired);
  compareAccess(spot, wired);
}
