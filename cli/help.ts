import type { Manifest, ManifestCommand, ManifestFlag } from "./manifest.ts";
import { paint } from "./output/color.ts";
import { textWidth, wrap } from "./output/wrap.ts";

export interface HelpContext {
  readonly manifest: Manifest;
  readonly bin: string;
  /** What the program is for, and by topic what its commands do. */
  readonly description: string;
  readonly topics: Readonly<Record<string, { readonly description: string }>>;
  readonly stream: NodeJS.WriteStream;
}

interface Entry {
  readonly name: string;
  readonly text: string;
}

/**
 * Help from the manifest alone. oclif has a help class, and loading oclif takes longer than all the rest of a start; help is asked for
 * often enough to come at once.
 */
export function rootHelp(context: HelpContext): string {
  const names = Object.values(context.manifest.commands).filter(({ hidden }) => !hidden);
  const single = names.filter(({ id }) => !id.includes(":"));
  return join(
    wrap(context.description, textWidth(context.stream)),
    section(context, "usage", [line(`${context.bin} COMMAND [FLAGS]`)]),
    section(
      context,
      "start here",
      list(
        context,
        FIRST.map((id) => callOf(id, context)),
      ),
    ),
    section(context, "topics", list(context, topicsUnder(context, ""))),
    section(context, "commands", list(context, single.map(entryOf).sort(byName))),
    section(context, "every command takes", list(context, flagEntries(globalFlagsOf(names[0])))),
    `Help for one of them: ${context.bin} COMMAND --help`,
  );
}

/** What a newcomer needs of all the commands, in the order in which it is needed. */
const FIRST = ["sandbox:start", "onboard", "deliveries:submit", "certify", "status"];

function callOf(id: string, { manifest, bin }: HelpContext): Entry {
  const command = manifest.commands[id];
  return { name: `${bin} ${id.replaceAll(":", " ")}`, text: command?.summary ?? "" };
}

/** @param topic ids of its commands begin with it and a colon. */
export function topicHelp(topic: string, context: HelpContext): string {
  const words = topic.replaceAll(":", " ");
  const commands = commandsUnder(topic, context).map(entryOf).sort(byName);
  return join(
    wrap(context.topics[topic]?.description ?? "", textWidth(context.stream)),
    section(context, "usage", [line(`${context.bin} ${words} COMMAND [FLAGS]`)]),
    section(context, "commands", list(context, commands)),
  );
}

export function commandHelp(command: ManifestCommand, context: HelpContext): string {
  const { bin } = context;
  const flags = Object.values(command.flags).filter((flag) => !flag.hidden);
  const own = flags.filter((flag) => flag.helpGroup !== "global");
  const args = Object.values(command.args);
  const words = command.id.replaceAll(":", " ");
  const usage = [bin, words, ...args.map((arg) => argName(arg.name, arg.required === true)), "[FLAGS]"];
  const room = textWidth(context.stream) - 2;
  return join(
    wrap(command.summary ?? "", textWidth(context.stream)),
    section(context, "usage", [line(usage.join(" "))]),
    section(
      context,
      "arguments",
      list(
        context,
        args.map((arg) => ({ name: argName(arg.name, arg.required === true), text: arg.description ?? "" })),
      ),
    ),
    section(context, "flags", list(context, flagEntries(own))),
    section(
      context,
      "global flags",
      list(context, flagEntries(flags.filter((flag) => flag.helpGroup === "global"))),
    ),
    section(context, "description", indent(wrap(command.description ?? "", room))),
    section(context, "examples", exampleLines(command, context)),
    section(context, "commands", list(context, commandsUnder(command.id, context).map(entryOf).sort(byName))),
  );
}

function flagEntries(flags: readonly ManifestFlag[]): Entry[] {
  return flags.map((flag) => {
    const short = flag.char === undefined ? "" : `-${flag.char}, `;
    const value =
      flag.type === "option"
        ? ` ${flag.helpValue ?? (flag.options === undefined ? "<value>" : `<${flag.options.join("|")}>`)}`
        : "";
    const many = flag.multiple === true ? " …" : "";
    const notes = [
      flag.required === true ? "Required." : "",
      flag.type === "option" && flag.default !== undefined ? `Default: ${String(flag.default)}.` : "",
      flag.env === undefined ? "" : `Also from ${flag.env}.`,
    ];
    return {
      name: `${short}${flag.helpLabel ?? `--${flag.name}`}${value}${many}`,
      text: [flag.summary ?? flag.description ?? "", ...notes].filter((note) => note !== "").join(" "),
    };
  });
}

function exampleLines(command: ManifestCommand, { bin, stream }: HelpContext): string[] {
  const fill = (text: string): string =>
    text
      .replaceAll("<%= config.bin %>", bin)
      .replaceAll("<%= command.id %>", command.id.replaceAll(":", " "));
  return (command.examples ?? []).flatMap((example, i) => {
    const described = typeof example === "string" ? undefined : example.description;
    const text = typeof example === "string" ? example : example.command;
    return [
      ...(i > 0 && described !== undefined ? [""] : []),
      ...(described === undefined ? [] : [`  ${described}:`]),
      // A command is never broken over lines: it is there to be copied.
      `  ${paint(stream, "dim", "$")} ${fill(text)}`,
    ];
  });
}

function globalFlagsOf(command: ManifestCommand | undefined): ManifestFlag[] {
  return Object.values(command?.flags ?? {}).filter((flag) => flag.helpGroup === "global");
}

function topicsUnder({ manifest, topics }: HelpContext, parent: string): Entry[] {
  const ids = Object.keys(manifest.commands).filter(
    (id) => id.startsWith(parent) && id.slice(parent.length).includes(":"),
  );
  const names = new Set(ids.map((id) => id.slice(0, id.indexOf(":", parent.length))));
  return [...names]
    .map((name) => ({ name: name.replaceAll(":", " "), text: topics[name]?.description ?? "" }))
    .sort(byName);
}

function commandsUnder(topic: string, { manifest }: HelpContext): ManifestCommand[] {
  return Object.values(manifest.commands).filter(({ id, hidden }) => id.startsWith(`${topic}:`) && !hidden);
}

function entryOf(command: ManifestCommand): Entry {
  return { name: command.id.replaceAll(":", " "), text: command.summary ?? "" };
}

function byName(a: Entry, b: Entry): number {
  return a.name < b.name ? -1 : 1;
}

function argName(name: string, required: boolean): string {
  return required ? name.toUpperCase() : `[${name.toUpperCase()}]`;
}

/** Names on the left, texts on the right; under each other where a name is too long. */
function list(context: HelpContext, entries: readonly Entry[]): string[] {
  const left = Math.min(36, Math.max(...entries.map(({ name }) => name.length), 0)) + 2;
  return entries.flatMap(({ name, text }) => {
    const [first = "", ...rest] = wrap(text, Math.max(30, textWidth(context.stream) - left - 2)).split("\n");
    const more = rest.map((part) => " ".repeat(left + 2) + part);
    if (name.length > left - 2)
      return [`  ${name}`, ...[first, ...rest].map((part) => " ".repeat(left + 2) + part)];
    return [`  ${name.padEnd(left)}${first}`.trimEnd(), ...more];
  });
}

function section(context: HelpContext, title: string, lines: readonly string[]): string {
  return lines.length === 0 || lines.every((text) => text.trim() === "")
    ? ""
    : [paint(context.stream, "bold", title.toUpperCase()), ...lines].join("\n");
}

function line(text: string): string {
  return `  ${text}`;
}

function indent(text: string): string[] {
  return text.split("\n").map((part) => (part === "" ? "" : `  ${part}`));
}

function join(...parts: readonly string[]): string {
  return `${parts.filter((part) => part.trim() !== "").join("\n\n")}\n`;
}
