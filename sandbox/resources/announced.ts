import type { Catalog, Message, Operation } from "../../specs/engine/catalog/types.ts";
import type { Collection, Inference } from "./collection.ts";
import type { ResourceAction } from "./path-actions.ts";
import type { SchemaNode, Schemas } from "./schemas.ts";
import { lastLiteral, plain, type Success, singularOf } from "./shape.ts";

/** A message that an operation causes. */
export interface Announcement {
  readonly message: Message;
  /** Its payload, in the form of an answer. */
  readonly success: Success;
  readonly schema: SchemaNode;
  /** Properties of the payload that could hold what is told as a whole. */
  readonly wrappers: readonly (readonly [name: string, node: SchemaNode])[];
}

/** What a spec sends when one of its operations succeeds. */
export interface Announced {
  /** To where the request says, by an expression. */
  readonly callbacks: readonly (Announcement & { readonly url: string })[];
  /** To whoever registered: the webhooks whose name tells of just that (`newPet`, `booking.cancelled`). */
  readonly webhooks: readonly Announcement[];
}

interface Acting {
  readonly operation: Operation;
  readonly inference: Inference;
  readonly collection: Collection;
}

export function announcedBy({ messages }: Catalog, acting: Acting, schemas: Schemas): Announced {
  return {
    callbacks: (acting.operation.callbacks ?? []).flatMap(({ message: id, url }) => {
      const message = messages.find((one) => one.id === id);
      return message === undefined ? [] : [{ ...announcement(message, schemas), url }];
    }),
    webhooks: messages
      .filter((message) => tellsOf(message, acting, schemas))
      .map((message) => announcement(message, schemas)),
  };
}

function announcement(message: Message, schemas: Schemas): Announcement {
  const schema = schemas.at(message.payload);
  return {
    message,
    success: { status: 200, headers: [], schema, examples: message.examples },
    schema,
    wrappers: [...schemas.properties(schema)].filter(([, node]) => schemas.properties(node).size > 0),
  };
}

const WORDS: Readonly<Partial<Record<ResourceAction, readonly string[]>>> = {
  create: ["new", "create", "created", "add", "added", "open", "opened", "registered", "placed", "made"],
  change: ["update", "updated", "change", "changed", "modified", "edited", "patched"],
  replace: ["update", "updated", "change", "changed", "modified", "edited", "replaced"],
  remove: ["delete", "deleted", "remove", "removed", "gone"],
};

/** Letters that a step and the word for it share: `cancel` and `cancelled`. */
const SHARED_LETTERS = 4;

/** Whether a webhook tells of what the operation does, by the words of its name. */
function tellsOf(message: Message, { inference, operation, collection }: Acting, schemas: Schemas): boolean {
  if (message.event !== undefined || message.channel === "callbacks") return false;
  const words = message.id
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const noun = plain(
    singularOf(lastLiteral(inference.action === "act" ? parentOf(operation.path) : collection.template)),
  );
  const same =
    collection.item !== undefined && schemas.at(message.payload).ref.pointer === collection.item.ref.pointer;
  if (!same && !plain(words.map(singularOf).join("")).includes(noun)) return false;
  if (inference.action !== "act")
    return WORDS[inference.action]?.some((word) => words.includes(word)) ?? false;
  const verb = lastLiteral(operation.path).toLowerCase();
  return words.some(
    (word) => word.length >= SHARED_LETTERS && verb.startsWith(word.slice(0, SHARED_LETTERS)),
  );
}

/** `/bookings/{id}` of `/bookings/{id}/cancel` */
const parentOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));
