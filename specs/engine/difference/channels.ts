import { follow } from "../catalog/follow.ts";
import { isPlainObject, pointerOf } from "../catalog/pointer.ts";
import { type Comparison, compareKeys, newAt, oldAt, type Spot, tellLevel } from "./comparison.ts";
import { compareWiring, WIRING } from "./wiring.ts";

/** The channels of an AsyncAPI document, by name, and the operations on them. */
export function compareChannels(comparison: Comparison): void {
  for (const section of ["channels", "operations"] as const) {
    const maps = (side: "old" | "new"): Readonly<Record<string, unknown>> => {
      const map = comparison.documents[side].content[section];
      return isPlainObject(map) ? map : {};
    };
    const was = maps("old");
    const is = maps("new");
    for (const id of new Set([...Object.keys(was), ...Object.keys(is)]))
      compareEntry(comparison, section, id, was[id], is[id]);
  }
}

const ENTRIES = {
  channels: { kind: "channel", named: "channel", fixed: "address", read: addressOf },
  operations: { kind: "channel-operation", named: "operation", fixed: "action", read: actionOf },
} as const;

function compareEntry(
  comparison: Comparison,
  section: keyof typeof ENTRIES,
  id: string,
  was: unknown,
  is: unknown,
): void {
  const { kind, named: noun, fixed, read } = ENTRIES[section];
  const pointer = pointerOf(section, id);
  const spot: Spot = { comparison, subject: { kind, id }, where: "", direction: "either" };
  const place = newAt(comparison, pointer);
  if (is === undefined)
    tellLevel(
      spot,
      `${kind}.removed`,
      "breaking",
      `The ${noun} ${id} is no longer there.`,
      oldAt(comparison, pointer),
    );
  else if (was === undefined)
    tellLevel(spot, `${kind}.added`, "compatible", `The ${noun} ${id} is new.`, place);
  else {
    const [before, after] = [read(was), read(is)];
    if (before !== after)
      tellLevel(
        spot,
        `${kind}.${fixed}`,
        "breaking",
        `The ${fixed} of the ${noun} ${id} was ${before} and is ${after} now.`,
        place,
      );
    if (isPlainObject(was) && isPlainObject(is)) compareWiring(spot, { old: was, new: is, pointer });
    compareCarried(spot, noun, was, is, pointer);
    compareKeys(
      spot,
      { value: was, pointer },
      { value: is, pointer },
      new Set([fixed, "messages", ...WIRING]),
    );
  }
}

/** In an address, what a parameter is called is a word for people. */
function addressOf(channel: unknown): string {
  return isPlainObject(channel)
    ? String(channel["address"] ?? "open").replaceAll(/\{[^{}]*\}/g, "{}")
    : "open";
}

function actionOf(operation: unknown): string {
  return isPlainObject(operation) ? String(operation["action"]) : "none";
}

/** Which messages a channel or an operation carries; that a message is new or gone at all is told of the message. */
function compareCarried(spot: Spot, noun: string, was: unknown, is: unknown, pointer: string): void {
  const { comparison } = spot;
  const typesIn = (side: "old" | "new", node: unknown): ReadonlySet<string> => {
    const { content } = comparison.documents[side];
    const carried = carriedBy(content, node, pointer);
    const known = comparison[side].messages.filter(
      (message) => message.document === comparison.documents[side].path,
    );
    return new Set(known.filter((message) => carried.includes(message.pointer)).map(({ type }) => type));
  };
  const types = (side: "old" | "new"): readonly string[] => comparison[side].messages.map(({ type }) => type);
  const before = typesIn("old", was);
  const after = typesIn("new", is);
  const { id } = spot.subject;
  for (const type of before)
    if (!after.has(type) && types("new").includes(type))
      tellLevel(
        spot,
        "message.uncarried",
        "breaking",
        `The ${noun} ${id} no longer carries ${type}.`,
        newAt(comparison, pointer),
      );
  for (const type of after)
    if (!before.has(type) && types("old").includes(type))
      tellLevel(
        spot,
        "message.carried",
        "compatible",
        `The ${noun} ${id} carries ${type} now.`,
        newAt(comparison, pointer),
      );
}

/** Those of a channel, or of an operation; one that lists none carries all of its channel. */
function carriedBy(content: unknown, node: unknown, pointer: string): readonly string[] {
  if (!isPlainObject(node) || node["channel"] === undefined || Array.isArray(node["messages"]))
    return carriedIn(content, node, pointer);
  const channel = follow(content, node["channel"], "");
  return carriedIn(content, channel?.node, channel?.pointer ?? "");
}

/** Where the messages stand that a channel, or an operation, lists. */
export function carriedIn(content: unknown, node: unknown, pointer: string): readonly string[] {
  const messages = isPlainObject(node) ? node["messages"] : undefined;
  if (typeof messages !== "object" || messages === null) return [];
  return Object.entries(messages).flatMap(([key, message]) => {
    const at = `${pointer}${pointerOf("messages", key)}`;
    return follow(content, message, at)?.pointer ?? [];
  });
}
