import type { JsonObject, RecordWrite } from "../../store/store.ts";
import { isOrchestrator } from "../access.ts";
import type { DecisionContext, Refusal } from "../capability.ts";
import { answer, define, notFound, optional, optionalText, refuse, required, text } from "../define.ts";
import { collections } from "../records.ts";
import { changeInput } from "./reading.ts";
import {
  affectedBy,
  changeEvent,
  changeKey,
  changeWrite,
  effectOn,
  findChange,
  type Objection,
  type StoredChange,
} from "./records.ts";

/** A change about which the caller has a say: it affects the caller, or the caller runs the ecosystem. */
async function changeToDiscuss(input: JsonObject, context: DecisionContext): Promise<StoredChange | Refusal> {
  const stored = await findChange(input, context);
  if ("kind" in stored) return stored;
  const { caller, catalog } = context;
  if (isOrchestrator(catalog, caller)) return stored;
  const party = caller?.party ?? "";
  return (await effectOn(stored.id, party, context)) === undefined
    ? refuse(
        "ECO_FORBIDDEN",
        `The change ${stored.id} doesn't affect ${party}: those whom it affects have a say.`,
      )
    : stored;
}

export const comment = define({
  name: "changes.comment",
  summary: "Says something about a change; the orchestrator may answer an objection so.",
  input: {
    ...changeInput,
    text: required("text", "What is to be said."),
    answers: optional("text", "The objection that this answers."),
  },
  async decide(input, context) {
    const stored = await changeToDiscuss(input, context);
    if ("kind" in stored) return stored;
    const { status } = stored.value;
    if (status !== "proposed" && status !== "announced")
      return refuse(
        "ECO_STATE_TRANSITION",
        `The change ${stored.id} is ${status}: there is nothing left to say.`,
      );
    const answered = await answering(input, stored, context);
    if ("kind" in answered) return answered;
    const answers = optionalText(input, "answers");
    const said: JsonObject = {
      id: context.newId("cmt"),
      changeId: stored.id,
      party: context.caller?.party ?? "",
      text: text(input, "text"),
      ...(answers === undefined ? {} : { answers }),
      saidAt: context.now,
    };
    const kept: RecordWrite = {
      collection: collections.specChangeComments,
      id: String(said["id"]),
      value: said,
      expectedVersion: 0,
      keys: [changeKey(stored.id)],
    };
    return answer(said, { status: 201, writes: [kept, ...answered.writes] });
  },
});

/** Puts the answer to the objection that it is for. */
async function answering(
  input: JsonObject,
  { id, value, version }: StoredChange,
  context: DecisionContext,
): Promise<{ readonly writes: readonly RecordWrite[] } | Refusal> {
  const answers = optionalText(input, "answers");
  if (answers === undefined) return { writes: [] };
  if (!isOrchestrator(context.catalog, context.caller))
    return refuse("ECO_FORBIDDEN", "Objections are answered by the orchestrator.");
  const place = value.objections.findIndex((one) => one.id === answers);
  const objection = value.objections[place];
  if (objection === undefined) return notFound("objection", answers);
  const answered: Objection = { ...objection, answer: text(input, "text"), answeredAt: context.now };
  const objections = value.objections.with(place, answered);
  return { writes: [changeWrite({ ...value, objections }, version, await affectedBy(id, context))] };
}

export const object = define({
  name: "changes.object",
  summary: "An affected party objects to a change, with its reason, while it may.",
  input: { ...changeInput, reason: required("text", "What speaks against it.") },
  events: ["change.objected"],
  async decide(input, context) {
    const stored = await changeToDiscuss(input, context);
    if ("kind" in stored) return stored;
    const { id, value, version } = stored;
    const party = context.caller?.party ?? "";
    const refused = refuseObjection(stored, party, context);
    if (refused !== undefined) return refused;
    const objection: Objection = {
      id: context.newId("obj"),
      party,
      reason: text(input, "reason"),
      objectedAt: context.now,
    };
    const changed = { ...value, objections: [...value.objections, objection] };
    const affected = await affectedBy(id, context);
    return answer(
      { ...objection, changeId: id },
      {
        status: 201,
        writes: [changeWrite(changed, version, affected)],
        events: [
          changeEvent("objected", changed, affected, context, {
            objectionId: objection.id,
            objectedBy: party,
            reason: objection.reason,
          }),
        ],
      },
    );
  },
});

function refuseObjection(
  { id, value }: StoredChange,
  party: string,
  { catalog, caller, now }: DecisionContext,
): Refusal | undefined {
  if (isOrchestrator(catalog, caller))
    return refuse(
      "ECO_FORBIDDEN",
      "The orchestrator withdraws or rejects a change instead of objecting to it.",
    );
  if (value.status !== "proposed")
    return refuse("ECO_STATE_TRANSITION", `The change ${id} is ${value.status} already.`);
  if (now >= value.objectionsUntil)
    return refuse(
      "ECO_STATE_TRANSITION",
      `Objections to ${id} could be raised until ${value.objectionsUntil}.`,
    );
  return value.objections.some((one) => one.party === party)
    ? refuse("ECO_STATE_TRANSITION", `${party} has objected to ${id} already; say more in a comment.`)
    : undefined;
}
