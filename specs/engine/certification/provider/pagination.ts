import { isPlainObject, type PlainObject } from "../../catalog/pointer.ts";
import type { Operation, Parameter } from "../../catalog/types.ts";
import { type CheckTable, held, type Observation, violated } from "../check.ts";
import { openSchema } from "../generate/schema.ts";
import type { Exchange } from "../model.ts";
import { type ProviderRun, perOperation, unable, unexpected } from "./checks.ts";
import { createdId } from "./resources.ts";
import { isSuccess, jsonOf } from "./responses.ts";

const LIMIT_NAMES = /^(limit|page_?size|per_?page|max_?results)$/i;
const CURSOR_NAMES = /^(cursor|page_?token|after|continuation)$/i;
const NEXT_NAMES = /^(next_?cursor|next_?page_?token|next|cursor)$/i;
const MADE = 5;
const PAGE_SIZE = 2;
const MOST_PAGES = 1_000;

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
  const cursors = new Set<string>();
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
    if (cursor !== undefined && cursors.has(cursor)) {
      const message = `The cursor goes round: page ${pages.length} names one that was followed before.`;
      return { ids, pages, fault: violated(message, { evidence: [exchange] }) };
    }
    if (cursor !== undefined) cursors.add(cursor);
  } while (cursor !== undefined && pages.length < MOST_PAGES);
  return { ids, pages };
}

/** What makes the items that a list holds. */
function creatorBeside(run: ProviderRun, list: Operation): Operation | undefined {
  return run.context.operations.find((one) => one.method === "POST" && one.template === list.template);
}

async function complete(run: ProviderRun, operation: Operation): Promise<Observation> {
  const creator = creatorBeside(run, operation);
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
    return violated(`There are more than ${MOST_PAGES} pages of ${PAGE_SIZE}.`, more);
  const double = ids.find((id, index) => ids.indexOf(id) !== index);
  if (double !== undefined) return violated(`${double} is on more than one page.`, more);
  const lost = created.find((id) => !ids.includes(id));
  if (lost !== undefined) return violated(`${lost} was created and is on no page.`, more);
  return held(`${ids.length} items on ${pages.length} pages, each once.`, more);
}

interface Filter {
  readonly name: string;
  readonly values: readonly unknown[];
}

/** Query parameters with listed values: they choose among items that have a property of that name. */
function filtersOf(run: ProviderRun, operation: Operation): Filter[] {
  if (operation.method !== "GET") return [];
  return operation.parameters.flatMap(({ in: place, name, schema }) => {
    if (place !== "query" || schema === undefined) return [];
    const opened = openSchema(run.context.run.catalog, schema);
    const values = opened.reader.flat(opened.schema)["enum"];
    return Array.isArray(values) ? [{ name, values }] : [];
  });
}

/** Undefined where no item of any answer has a property of the filter's name: then it chooses by something else. */
async function filtered(run: ProviderRun, operation: Operation): Promise<Observation | undefined> {
  const { path } = await run.resources.fresh(operation);
  // Without an item there is nothing to choose from.
  const creator = creatorBeside(run, operation);
  if (creator !== undefined) await run.context.call(creator, { purpose: "valid", path });
  let looked = 0;
  for (const { name, values } of filtersOf(run, operation)) {
    for (const value of values) {
      const exchange = await run.context.call(operation, {
        purpose: "valid",
        path,
        query: { [name]: value },
      });
      const body = jsonOf(exchange.response);
      if (!isSuccess(exchange.response)) continue;
      const items = (Array.isArray(body) ? body : isPlainObject(body) ? itemsOf(body) : []).filter(
        isPlainObject,
      );
      const having = items.filter((item) => name in item);
      looked += having.length;
      const other = having.find((item) => item[name] !== value);
      if (other === undefined) continue;
      const message = `Asked for ${name} ${JSON.stringify(value)}, the list holds an item with ${JSON.stringify(other[name])}.`;
      return violated(message, { evidence: [exchange], cases: looked });
    }
  }
  return looked === 0 ? undefined : held(`${looked} items have what was asked for.`, { cases: looked });
}

export const paginationChecks: CheckTable<ProviderRun> = {
  "provider.state.filter": (run) =>
    perOperation(
      run,
      (operation) => filtersOf(run, operation).length > 0,
      async (operation) => (await unable(run, operation)) ?? filtered(run, operation),
    ),

  "provider.state.pagination": (run) =>
    perOperation(
      run,
      isPaged,
      async (operation) => (await unable(run, operation)) ?? complete(run, operation),
    ),
};
