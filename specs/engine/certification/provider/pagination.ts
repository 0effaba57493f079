import { isPlainObject, type PlainObject } from "../../catalog/pointer.ts";
import type { Operation, Parameter } from "../../catalog/types.ts";
import { type CheckTable, held, type Observation, violated } from "../check.ts";
import type { Exchange } from "../model.ts";
import { type ProviderRun, perOperation, unable, unexpected } from "./checks.ts";
import { createdId } from "./resources.ts";
import { isSuccess, jsonOf } from "./responses.ts";

const limitNames = /^(limit|page_?size|per_?page|max_?results)$/i;
const cursorNames = /^(cursor|page_?token|after|continuation)$/i;
const nextNames = /^(next_?cursor|next_?page_?token|next|cursor)$/i;
const made = 5;
const pageSize = 2;
const mostPages = 200;

function parameterNamed(operation: Operation, names: RegExp): Parameter | undefined {
  return operation.parameters.find((one) => one.in === "query" && names.test(one.name));
}

function isPaged(operation: Operation): boolean {
  return (
    operation.method === "GET" &&
    parameterNamed(operation, limitNames) !== undefined &&
    parameterNamed(operation, cursorNames) !== undefined
  );
}

function itemsOf(body: PlainObject): unknown[] {
  return Object.values(body).find((one) => Array.isArray(one)) ?? [];
}

function nextOf(body: PlainObject): string | undefined {
  const next = Object.entries(body).find(([name]) => nextNames.test(name))?.[1];
  return typeof next === "string" && next !== "" ? next : undefined;
}

interface Walk {
  readonly ids: string[];
  readonly pages: Exchange[];
  readonly fault?: Observation;
}

async function walk(
  run: ProviderRun,
  operation: Operation,
  path: Readonly<Record<string, unknown>>,
): Promise<Walk> {
  const limit = parameterNamed(operation, limitNames)?.name ?? "limit";
  const cursorName = parameterNamed(operation, cursorNames)?.name ?? "cursor";
  const ids: string[] = [];
  const pages: Exchange[] = [];
  let cursor: string | undefined;
  do {
    const query = { [limit]: pageSize, ...(cursor === undefined ? {} : { [cursorName]: cursor }) };
    const exchange = await run.context.call(operation, { purpose: "valid", path, query });
    pages.push(exchange);
    const body = jsonOf(exchange.response);
    if (!isSuccess(exchange.response) || !isPlainObject(body)) {
      return { ids, pages, fault: unexpected(`Page ${pages.length}`, exchange, "200 with a page") };
    }
    const items = itemsOf(body);
    if (items.length > pageSize) {
      const message = `Page ${pages.length} has ${items.length} items, asked for were ${pageSize}.`;
      return { ids, pages, fault: violated(message, { evidence: [exchange] }) };
    }
    ids.push(
      ...items.map((one) => (isPlainObject(one) && "id" in one ? String(one["id"]) : JSON.stringify(one))),
    );
    cursor = nextOf(body);
  } while (cursor !== undefined && pages.length < mostPages);
  return { ids, pages };
}

async function complete(run: ProviderRun, operation: Operation): Promise<Observation> {
  const creator = run.context.operations.find(
    (one) => one.method === "POST" && one.template === operation.template,
  );
  const { path } = await run.resources.fresh(operation);
  const created: string[] = [];
  for (let index = 0; creator !== undefined && index < made; index += 1) {
    const id = createdId(await run.context.call(creator, { purpose: "valid", path }), "id");
    if (id !== undefined) created.push(id);
  }
  const { ids, pages, fault } = await walk(run, operation, path);
  const more = { evidence: pages.slice(-2), cases: pages.length };
  if (fault !== undefined) return { ...fault, cases: pages.length };
  if (pages.length >= mostPages)
    return violated(`There are more than ${mostPages} pages, or the cursor goes round.`, more);
  const double = ids.find((id, index) => ids.indexOf(id) !== index);
  if (double !== undefined) return violated(`${double} is on more than one page.`, more);
  const lost = created.find((id) => !ids.includes(id));
  if (lost !== undefined) return violated(`${lost} was created and is on no page.`, more);
  return held(`${ids.length} items on ${pages.length} pages, each once.`, more);
}

export const paginationChecks: CheckTable<ProviderRun> = {
  "provider.state.pagination": (run) =>
    perOperation(
      run,
      isPaged,
      async (operation) => (await unable(run, operation)) ?? complete(run, operation),
    ),
};
