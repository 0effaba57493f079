import type { JsonObject, StoredRecord } from "../store/store.ts";
import { maySee } from "./access.ts";
import type { DecisionContext, Refusal } from "./capability.ts";
import { notFound, text } from "./define.ts";

/** Records of a kind: where they are, what one of them is called, which input names it, and whose it is. */
interface Belonging<T extends JsonObject> {
  readonly collection: string;
  /** `dispute` */
  readonly what: string;
  /** `disputeId` */
  readonly field: string;
  readonly parties: (value: T) => readonly string[];
}

/** Finds the record that a request names, where the caller is one of its parties or oversees all. */
export const finderOf =
  <T extends JsonObject>({ collection, what, field, parties }: Belonging<T>) =>
  async (input: JsonObject, context: DecisionContext): Promise<StoredRecord<T> | Refusal> => {
    const id = text(input, field);
    const stored = await context.read.get<T>(collection, id);
    return stored === undefined || !maySee(context, parties(stored.value)) ? notFound(what, id) : stored;
  };
