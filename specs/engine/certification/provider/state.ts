import { responseFor } from "../../catalog/exchange/declared-response.ts";
import { isPlainObject } from "../../catalog/pointer.ts";
import type { Operation } from "../../catalog/types.ts";
import { answerOf, type CheckTable, held, type Observation, skipped, violated } from "../check.ts";
import { validVariations } from "../generate/valid.ts";
import type { Exchange } from "../model.ts";
import { about, type ProviderRun, perOperation, refusedWith, unable, unexpected } from "./checks.ts";
import { paginationChecks } from "./pagination.ts";
import { refreshed } from "./refreshed.ts";
import { createdId, creatorOf, itemOperation, itemPathOf } from "./resources.ts";
import { declaresStatus, isSuccess, jsonOf } from "./responses.ts";
import { unknownId } from "./unknown-id.ts";

/** Creators with the operation that reads what they made. */
function readable(run: ProviderRun): { creator: Operation; reader: Operation; parameter: string }[] {
  return run.context.operations.flatMap((reader) => {
    const item = itemPathOf(reader);
    if (item === undefined || itemOperation(run.context, item, "GET") !== reader) return [];
    const creator = creatorOf(run.context, item);
    return creator === undefined ? [] : [{ creator, reader, parameter: item.parameter }];
  });
}

interface Created {
  readonly creation: Exchange;
  readonly path: Readonly<Record<string, unknown>>;
  readonly id: string | undefined;
}

async function create(
  run: ProviderRun,
  creator: Operation,
  parameter: string,
  body?: unknown,
): Promise<Created> {
  const parent = await run.resources.fresh(creator);
  const call = { purpose: "valid", path: parent.path } as const;
  const creation = await run.context.call(creator, body === undefined ? call : { ...call, body });
  const id = isSuccess(creation.response) ? createdId(creation, parameter) : undefined;
  return { creation, id, path: id === undefined ? parent.path : { ...parent.path, [parameter]: id } };
}

/** The first field that was sent and is read with another value. Fields that only one side has are none of this check's business. */
function firstDifference(sent: unknown, read: unknown, pointer = ""): string | undefined {
  if (isPlainObject(sent) && isPlainObject(read)) {
    for (const [name, value] of Object.entries(sent)) {
      const found = name in read ? firstDifference(value, read[name], `${pointer}/${name}`) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return sameValue(sent, read) ? undefined : pointer;
}

function sameValue(sent: unknown, read: unknown): boolean {
  if (JSON.stringify(sent) === JSON.stringify(read)) return true;
  // One instant may be written in several ways.
  const [one, other] = [sent, read].map((value) =>
    typeof value === "string" ? Date.parse(value) : Number.NaN,
  );
  return one !== undefined && !Number.isNaN(one) && one === other;
}

async function readBack(run: ProviderRun, compare: boolean): Promise<Observation[]> {
  const out: Observation[] = [];
  for (const { creator, reader, parameter } of readable(run)) {
    const lacking = await unable(run, creator);
    if (lacking !== undefined) out.push(lacking);
    if (lacking !== undefined || run.context.away !== undefined) continue;
    const { creation, path, id } = await create(run, creator, parameter);
    if (id === undefined) {
      out.push(unexpected("The creation", creation, "2xx with an id", about(creator)));
      continue;
    }
    const reading = await run.context.call(reader, { purpose: "valid", path });
    const observed = compare ? equality(creation, reading) : visibility(creation, reading);
    const others = compare && observed.result === "held" ? await varied(run, creator, reader, parameter) : {};
    out.push({ ...about(reader), ...observed, ...others });
  }
  return out;
}

/** At most so many values besides the example are written and read again. */
const MOST_VARIED = 40;

/** The same of other valid values: long texts, letters beyond ASCII, bounds, fractions, each optional one left out. */
async function varied(
  run: ProviderRun,
  creator: Operation,
  reader: Operation,
  parameter: string,
): Promise<Partial<Observation>> {
  const plan = run.context.bodyOf(creator);
  if (plan === undefined) return {};
  const variations = validVariations(plan.schema, plan.base, plan.options, plan.isValid);
  const chosen = variations.slice(0, MOST_VARIED);
  for (const { value, pointer, label } of chosen) {
    if (run.context.away !== undefined) return {};
    const body = refreshed(run, creator, value, pointer);
    const { creation, path, id } = await create(run, creator, parameter, body);
    // What isn't accepted is what another check speaks of.
    if (id === undefined) continue;
    const reading = await run.context.call(reader, { purpose: "valid", path });
    const observed = equality(creation, reading);
    if (observed.result !== "held")
      return { ...observed, message: `${observed.message} It was sent ${label}.`, cases: chosen.length + 1 };
  }
  return { cases: chosen.length + 1 };
}

function visibility(creation: Exchange, reading: Exchange): Observation {
  const evidence = [creation, reading];
  if (!isSuccess(reading.response))
    return unexpected("The resource just created", reading, "200", { evidence });
  return held("The resource just created can be read.", { evidence });
}

function equality(creation: Exchange, reading: Exchange): Observation {
  const evidence = [creation, reading];
  if (!isSuccess(reading.response))
    return unexpected("The resource just created", reading, "200", { evidence });
  const sent: unknown = JSON.parse(creation.request.body ?? "null");
  const pointer = firstDifference(sent, jsonOf(reading.response));
  if (pointer === undefined) return held("The resource is read as it was written.", { evidence });
  return violated(`${pointer} is read with another value than it was written with.`, { evidence });
}

async function deleted(run: ProviderRun, operation: Operation): Promise<Observation | undefined> {
  const item = itemPathOf(operation);
  const reader = item === undefined ? undefined : itemOperation(run.context, item, "GET");
  if (reader === undefined) return undefined;
  const { path, history } = await run.resources.ready(operation);
  const deletion = await run.context.call(operation, { purpose: "valid", path });
  const evidence = [...history, deletion];
  if (!isSuccess(deletion.response)) return unexpected("The deletion", deletion, "2xx", { evidence });
  const reading = await run.context.call(reader, { purpose: "broken", path });
  evidence.push(reading);
  if (!refusedWith(reading, 404, 410))
    return unexpected("The deleted resource", reading, "404 or 410", { evidence });
  return held("The deleted resource is gone.", { evidence });
}

async function unknownResource(run: ProviderRun, operation: Operation): Promise<Observation | undefined> {
  const id = unknownId(run, operation);
  if (id === undefined) return undefined;
  const exchange = await run.context.call(operation, { purpose: "broken", path: { [id.name]: id.value } });
  if (!refusedWith(exchange, 404)) return unexpected(`${id.name} that was never given`, exchange, "404");
  return held(`${id.name} that was never given is answered with 404.`, { evidence: [exchange] });
}

function declaresNotFound(operation: Operation): boolean {
  const spec = responseFor(operation, 404);
  return itemPathOf(operation) !== undefined && spec !== undefined;
}

/** Orders of calls after which the operation may have become illegal: itself first, then each sibling. */
async function illegal(run: ProviderRun, operation: Operation): Promise<Observation> {
  const { context, resources } = run;
  const others = resources.siblings(operation).filter((one) => one !== operation && one.method !== "DELETE");
  const tried: string[] = [];
  let last: Exchange | undefined;
  for (const step of [operation, ...others]) {
    for (const start of [resources.ready, resources.fresh]) {
      if (context.away !== undefined) break;
      const { path } = await start(operation);
      const before = await context.call(step, { purpose: "valid", path });
      last = await context.call(operation, { purpose: "broken", path });
      tried.push(`${step.id}, ${operation.id}`);
      if (!refusedWith(last, 409)) continue;
      return held(`Refused with 409 after ${step.id}.`, { evidence: [before, last], cases: tried.length });
    }
  }
  const message = `No order of calls was refused with 409 (the last one: ${last === undefined ? "none" : answerOf(last)}).`;
  // Documents declare 409 of changes and deletions for other reasons too, which nothing that is called here brings about.
  if (operation.method !== "POST") return skipped("not-applicable", message, about(operation));
  return violated(message, {
    ...(last === undefined ? {} : { evidence: [last] }),
    example: tried,
    cases: tried.length,
  });
}

type Test = (run: ProviderRun, operation: Operation) => Promise<Observation | undefined>;

function perState(
  run: ProviderRun,
  applies: (operation: Operation) => boolean,
  test: Test,
): AsyncIterable<Observation> {
  return perOperation(
    run,
    applies,
    async (operation) => (await unable(run, operation)) ?? test(run, operation),
  );
}

export const stateChecks: CheckTable<ProviderRun> = {
  async *"provider.state.created-readable"(run) {
    yield* await readBack(run, false);
  },

  async *"provider.state.read-equals-written"(run) {
    yield* await readBack(run, true);
  },

  "provider.state.deleted-gone": (run) =>
    perState(
      run,
      (operation) => operation.method === "DELETE" && itemPathOf(operation) !== undefined,
      deleted,
    ),

  "provider.state.unknown-resource": (run) => perState(run, declaresNotFound, unknownResource),

  "provider.state.illegal-transition": (run) =>
    perState(
      run,
      (operation) =>
        itemPathOf(operation) !== undefined && operation.method !== "GET" && declaresStatus(operation, 409),
      illegal,
    ),

  ...paginationChecks,
};
