import { documentsOf, messageByEvent } from "../../specs/engine/catalog/lookup.ts";
import { pointerTokens } from "../../specs/engine/catalog/pointer.ts";
import type { Catalog, Message } from "../../specs/engine/catalog/types.ts";
import { isReply, repliesTo } from "../../specs/engine/certification/index.ts";
import { fixedValuesOf } from "../../specs/engine/fixed-values.ts";
import { formatOf } from "../../specs/engine/messages/message-format.ts";
import { typeFiles } from "../../specs/engine/type-files.ts";
import { identifier, inComment, literal, member, upperFirst } from "./code.ts";

/** The messages that come to a partner: all but the answers to others. */
export function receivedMessages(catalog: Catalog): readonly Message[] {
  return catalog.messages.filter((message) => !isReply(message, catalog));
}

/** `src/events.ts`: what is done with an event, typed by the event documents. */
export function eventsSource(catalog: Catalog): string {
  const files = typeFiles(catalog);
  const received = receivedMessages(catalog);
  const documents = documentsOf(catalog, "asyncapi").filter(({ path }) =>
    received.some(({ document }) => document === path),
  );
  const types = documents.map(({ path }) => {
    const file = files.get(path) ?? "";
    return { file, name: upperFirst(identifier(file.replace(/\.ts$/, ""), "Messages")) };
  });
  const typed = received.filter(({ document }) => documents.some(({ path }) => path === document));
  const imports = types.map(
    ({ file, name }) => `import type { messages as ${name} } from ${JSON.stringify(`./types/${file}`)};\n`,
  );
  const marks = marksOf(catalog, typed);
  const all = types.length === 0 ? "Record<string, unknown>" : types.map(({ name }) => name).join(" & ");
  return `import type { ReceivedEvent } from "./receiver.ts";
${imports.join("")}
type Messages = ${all};
type Reply = object | undefined;
type Handlers = {
  readonly [Type in keyof Messages]?: (event: Messages[Type]) => Reply | Promise<Reply>;
};

/**
 * What is done with each kind of event; one that has no entry is acknowledged, and nothing else. Answer soon (five
 * seconds at the most), and do what takes longer afterwards.
 */
const handlers: Handlers = {
${handlersSource(catalog, typed)}};
${marksSource(marks)}
export async function handle(${marks.length === 0 ? "{ type, body }" : "event"}: ReceivedEvent): Promise<Reply> {
${marks.length === 0 ? "" : "  const [type, body] = [typeOf(event), event.body];\n"}  if (!Object.hasOwn(handlers, type)) return undefined;
  const handler = handlers[type as keyof Messages] as ((event: unknown) => Reply | Promise<Reply>) | undefined;
  return handler?.(body);
}
`;
}

/** Members by which messages that are no CloudEvents say which they are: those that their schemas fix. */
function marksOf(catalog: Catalog, messages: readonly Message[]): [type: string, members: object][] {
  return messages.flatMap((message) => {
    const fixed = formatOf(catalog, message).enveloped ? undefined : fixedValuesOf(catalog, message.payload);
    const plain = fixed?.own.filter(([, value]) => typeof value !== "object") ?? [];
    return plain.length === 0 ? [] : [[message.type, Object.fromEntries(plain)]];
  });
}

function marksSource(marks: readonly [type: string, members: object][]): string {
  if (marks.length === 0) return "";
  return `
/** What messages say of themselves by members of their own. */
const marks: readonly (readonly [type: keyof Messages, members: object])[] = ${literal(marks)};

function typeOf({ type, body }: ReceivedEvent): string {
  if (Object.hasOwn(handlers, type) || typeof body !== "object" || body === null) return type;
  const says = new Map(Object.entries(body));
  const marked = marks.find(([, members]) =>
    Object.entries(members).every(([name, value]) => says.get(name) === value),
  );
  return marked?.[0] ?? type;
}
`;
}

function handlersSource(catalog: Catalog, messages: readonly Message[]): string {
  const challenge = messageByEvent(catalog, "webhook.verification");
  const rated = messageByEvent(catalog, "delivery.rated") ?? messages[0];
  return messages
    .flatMap((message) => {
      const type = JSON.stringify(message.type);
      const about = `  /** ${inComment(`${message.title}. ${message.summary}`)} */\n`;
      if (message === challenge)
        return [`${about}  ${type}: (event) => ({ challenge: ${challengeIn(catalog, message)} }),\n`];
      if (repliesTo(message, catalog).length > 0)
        return [
          `${about}  ${type}: (event) => {\n    console.log(event);\n    // It asks for an answer, which only you can give: return it here, as the event document declares it.\n    return undefined;\n  },\n`,
        ];
      return message === rated
        ? [`${about}  ${type}: (event) => {\n    console.log(event);\n    return undefined;\n  },\n`]
        : [];
    })
    .join("");
}

/** Where the challenge stands in the event that proves an endpoint. */
function challengeIn(catalog: Catalog, message: Message): string {
  const bound = Object.entries(message.bind ?? {}).find(([, field]) => field === "challenge")?.[0];
  const inData = bound === undefined ? ["challenge"] : pointerTokens(bound);
  const [first = "", ...rest] = formatOf(catalog, message).enveloped ? ["data", ...inData] : inData;
  return `event${member(first)}${rest.map((name) => `?.${member(name).replace(/^\./, "")}`).join("")}`;
}
