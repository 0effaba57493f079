import { isPlainObject, type PlainObject } from "../../catalog/pointer.ts";
import type { Operation, Parameter } from "../../catalog/types.ts";
import { type CheckTable, held, type Observation, violated } from "../check.ts";
import type { Exchange } from "../model.ts";
import { type ProviderRun, perOperation, unable, unexpected } from "./checks.ts";
import { createdId } from "./resources.ts";
import { isSuccess, jsonOf } from "./responses.ts";

const LIMIT_NAMES = /^(limit|page_?size|per_?page|max_?results)$/i;
const CURSOR_NAMES = /^(cursor|page_?token|after|continuation)$/i;
const NEXT_NAMES = /^(next_?cursor|next_?page_?token|next|cursor)$/i;
const MADE = 5;
const PAGE_SIZE = 2;
const MOST_PAGES = 200;

function parameterNamed(operation: Operation, names: RegExp): Parameter | undefined {
  return operation.parameters.find((one) => one.in === "query" && names.test(one.name));
}

function isPaged(operation: Operation): boolean {
  return (
    operation.method === "GET" &&
    parameterNamed(operation, LIMIT_NAMES) !== undefined &&
    parameterNamed(operation, CURSOR_NAMES) !== undefined
  );
}

function itemsOf(body: PlainObject): unknown[] {
  return Object.values(body).find((one) => Array.isArray(one)) ?? [];
}

function nextOf(body: PlainObject): string | undefined {
  const next = Object.entries(body).find(([name]) => NEXT_NAMES.test(name))?.[1];
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
  const limit = parameterNamed(operation, LIMIT_NAMES)?.name ?? "limit";
  const cursorName = parameterNamed(operation, CURSOR_NAMES)?.name ?? "cursor";
  const ids: string[] = [];
  const pages: Exchange[] = [];
  let cursor: string | undefined;
  do {
    const query = { [limit]: PAGE_SIZE, ...(cursor === undefined ? {} : { [cursorName]: cursor }) };
    const exchange = await run.context.call(operation, { purpose: "valid", path, query });
    pages.push(exchange);
    const body = jsonOf(exchange.response);
    if (!isSuccess(exchange.response) || !isPlainObject(body)) {
      return { ids, pages, fault: unexpected(`Page ${pages.length}`, exchange, "200 with a page") };
    }
    const items = itemsOf(body);
    if (items.length > PAGE_SIZE) {
      const message = `Page ${pages.length} has ${items.length} items, asked for were ${PAGE_SIZE}.`;
      return { ids, pages, fault: violated(message, { evidence: [exchange] }) };
    }
    ids.push(
      ...items.map((one) => (isPlainObject(one) && "id" in one ? String(one["id"]) : JSON.stringify(one))),
    );
    cursor = nextOf(body);
  } while (cursor !== undefined && pages.length < MOST_PAGES);
  return { ids, pages };
}

async function complete(run: ProviderRun, operation: Operation): Promise<Observation> {
  const creator = run.context.operations.find(
    (one) => one.method === "POST" && one.template === operation.template,
  );
  const { path } = await run.resources.fresh(operation);
  const created: string[] = [];
  for (let index = 0; creator !== undefined && index < MADE; index += 1) {
    const id = createdId(await run.context.call(creator, { purpose: "valid", path }), "id");
    if (id !== undefined) created.push(id);
  }
  const { ids, pages, fault } = await walk(run, operation, path);
  const more = { evidence: pages.slice(-2), cases: pages.length };
  if (fault !== undefined) return { ...fault, cases: pages.length };
  if (pages.length >= MOST_PAGES)
    return violated(`There are more than ${MOST_PAGES} pages, or the cursor goes round.`, more);
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
