import type { JsonObject } from "../../store/store.ts";
import { answer, define, optional, optionalText, pageFields, required } from "../define.ts";
import { listPage } from "../page.ts";
import { collections } from "../records.ts";
import {
  changeKey,
  type EffectRecord,
  effectOn,
  findChange,
  type SpecChangeRecord,
  seesAllAffected,
} from "./records.ts";

export const changeInput = { changeId: required("text", "The change.") };

export const list = define({
  name: "changes.list",
  summary: "The changes of the specs that were proposed, oldest first.",
  input: {
    ...pageFields,
    status: optional("text", "Only those that stand so."),
    level: optional("text", "Only those that are as grave."),
    affects: optional(
      "text",
      "Only those that affect this party: the caller itself, for those who see no other.",
    ),
  },
  decide(input, context) {
    const party = optionalText(input, "affects");
    // Whom else a change affects isn't told by leaving out those that don't, either.
    const isTold = party === undefined || party === context.caller?.party || seesAllAffected(context);
    return listPage<SpecChangeRecord>({
      context,
      input,
      collection: collections.specChanges,
      party,
      filters: ["status", "level"],
      keep: () => isTold,
      view: ({ objections, journeys: _journeys, checks: _checks, ...view }) => ({
        ...view,
        objectionCount: objections.length,
      }),
    });
  },
});

export const get = define({
  name: "changes.get",
  summary: "A change with all that it changes, its objections, and what it is to the caller.",
  input: changeInput,
  async decide(input, context) {
    const stored = await findChange(input, context);
    if ("kind" in stored) return stored;
    const difference = await context.read.get(collections.specDifferences, stored.id);
    const own = await effectOn(stored.id, context.caller?.party ?? "", context);
    return answer({
      ...stored.value,
      changes: difference?.value["changes"] ?? [],
      ...(own === undefined ? {} : { affectsYou: viewEffect(own.value) }),
    });
  },
});

const viewEffect = ({ changeId: _change, ...effect }: EffectRecord): JsonObject => effect;

export const affected = define({
  name: "changes.affected",
  summary: "Whom a change affects, and why. A party sees its own row.",
  input: { ...changeInput, ...pageFields },
  async decide(input, context) {
    const stored = await findChange(input, context);
    if ("kind" in stored) return stored;
    const party = context.caller?.party;
    const all = seesAllAffected(context);
    return listPage<EffectRecord>({
      context,
      input,
      collection: collections.specChangeEffects,
      key: changeKey(stored.id),
      keep: (effect) => all || effect.party === party,
      view: viewEffect,
    });
  },
});

export const comments = define({
  name: "changes.comments",
  summary: "What was said about a change, oldest first.",
  input: { ...changeInput, ...pageFields },
  async decide(input, context) {
    const stored = await findChange(input, context);
    if ("kind" in stored) return stored;
    return listPage<JsonObject>({
      context,
      input,
      collection: collections.specChangeComments,
      key: changeKey(stored.id),
      view: (comment) => comment,
    });
  },
});
