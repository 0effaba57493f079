import { readRequest } from "../../../specs/engine/catalog/exchange/bind.ts";
import { operationsByCapability } from "../../../specs/engine/catalog/lookup.ts";
import type { Catalog, Operation, SchemaRef } from "../../../specs/engine/catalog/types.ts";
import { OverlayReader } from "../../store/overlay.ts";
import type { Json, JsonObject } from "../../store/store.ts";
import type { Capability, Decision, DecisionContext, Refusal } from "../capability.ts";
import { type Changes, joinChanges, noChanges } from "../changes.ts";
import { answer, define, isObject, listAt, optionalText, refuse, required } from "../define.ts";
import { problemOf } from "../problem.ts";
import { BatchTotals } from "./batch-totals.ts";
import { submit, submitWithin } from "./deliveries.ts";
import { Surroundings } from "./surroundings.ts";

const MAXIMUM_ROWS = 500;

const submitBatch = define({
  name: "deliveries.submit-batch",
  summary: "Many deliveries at once; each row stands for itself.",
  input: { deliveries: required("list", `The rows, ${MAXIMUM_ROWS} at most.`) },
  events: submit.events,
  async decide(input, context) {
    const rows = listAt(input, "deliveries");
    if (rows.length > MAXIMUM_ROWS) {
      return refuse("ECO_REQUEST_INVALID", `A batch holds ${MAXIMUM_ROWS} rows at most.`, [
        { pointer: "#/deliveries", detail: `has ${rows.length} rows` },
      ]);
    }
    const overlay = new OverlayReader(context.read);
    const rowContext = { ...context, read: overlay };
    const readRow = rowReader(context.catalog, submitWithin(new Surroundings(rowContext)));
    const results: JsonObject[] = [];
    const parts: Changes[] = [noChanges];
    const totals = new BatchTotals();
    for (const [index, row] of rows.entries()) {
      const decision = await decideRow(readRow, row, rowContext);
      results.push({ index, ...outcomeOf(row, decision) });
      if (decision.kind === "refused") continue;
      if (decision.status !== 200) totals.add(decision.result);
      const changes = joinChanges(decision);
      overlay.add(changes);
      parts.push(changes);
    }
    const count = (outcome: string) => results.filter((result) => result["outcome"] === outcome).length;
    return answer(
      {
        accepted: count("rated"),
        rejected: count("rejected"),
        known: count("known"),
        results,
        totals: totals.all(),
      },
      { status: 200, ...joinChanges(...parts) },
    );
  },
});

interface RowReader {
  readonly submit: Capability;
  /** Of the body of the single submission, where an operation is bound to it. */
  readonly schema?: SchemaRef;
  read(row: JsonObject): JsonObject;
}

/** A row has the form of the single submission's body: its schema checks it, its binding reads it. */
function rowReader(catalog: Catalog, submit: Capability): RowReader {
  const [operation] = operationsByCapability(catalog, submit.name);
  if (operation === undefined) return { submit, read: (row) => row };
  const schema = bodySchema(operation);
  return {
    submit,
    ...(schema === undefined ? {} : { schema }),
    read: (row) => readRequest(operation, { path: {}, query: {}, headers: {}, body: row }) as JsonObject,
  };
}

const bodySchema = (operation: Operation): SchemaRef | undefined =>
  Object.values(operation.requestBody?.content ?? {})[0]?.schema;

async function decideRow(reader: RowReader, row: Json, context: DecisionContext): Promise<Decision> {
  const violations = reader.schema === undefined ? [] : context.validate(reader.schema, row);
  if (violations.length > 0) return invalidRow(violations);
  return isObject(row)
    ? reader.submit.decide(reader.read(row), context)
    : invalidRow([{ pointer: "#", detail: "must be an object" }]);
}

function invalidRow(violations: NonNullable<Refusal["errors"]>): Refusal {
  const [first] = violations;
  return refuse(
    "ECO_REQUEST_INVALID",
    `${first?.pointer ?? "#"} ${first?.detail ?? "is wrong"}.`,
    violations,
  );
}

function outcomeOf(row: Json, decision: Decision): JsonObject {
  if (decision.kind === "answer") {
    const outcome = decision.status === 200 ? "known" : "rated";
    return { id: decision.result["id"] ?? "", outcome };
  }
  const id = isObject(row) ? optionalText(row, "id") : undefined;
  return {
    ...(id === undefined ? {} : { id }),
    outcome: "rejected",
    problem: problemOf(decision),
  };
}

export const deliveryBatchCapabilities: readonly Capability[] = [submitBatch];
