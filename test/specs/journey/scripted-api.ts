import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";
import { type JourneyRun, runWorkflow } from "../../../specs/engine/journey/index.ts";
import { openapi, writeSpecs } from "../spec-set.ts";

const anything = { description: "Any", content: { "*/*": { schema: {} } } };
const responses = { default: anything };
const body = (type: string): object => ({ requestBody: { content: { [type]: { schema: {} } } }, responses });
const text = { type: "string" };

/** An API that says nothing of its own: it answers with what a test gives, one answer after the other. */
export const plainDocument = openapi({
  "/items": {
    get: {
      operationId: "findItems",
      parameters: [
        { name: "filter[state]", in: "query", schema: text },
        { name: "q", in: "query", schema: text },
      ],
      responses,
    },
    post: { operationId: "addItem", ...body("application/json") },
  },
  "/items/{itemId}": {
    get: {
      operationId: "getItem",
      parameters: [
        { name: "itemId", in: "path", required: true, schema: text },
        { name: "X-Trace", in: "header", schema: text },
      ],
      responses,
    },
  },
  "/forms": { post: { operationId: "sendForm", ...body("application/x-www-form-urlencoded") } },
  "/orders": { post: { operationId: "sendXml", ...body("application/xml") } },
});

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as it is, as XML where it looks so; anything else as JSON. */
  readonly body?: unknown;
}

export interface Given {
  readonly workflows: readonly object[];
  /** The first where none is named. */
  readonly run?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly components?: object;
  readonly document?: object;
  /** Further files of the spec set. */
  readonly files?: Readonly<Record<string, unknown>>;
  /** In order; the last is given again and again. Default 200 and an empty object. */
  readonly answers?: readonly Answer[];
}

export interface Played {
  readonly run: JourneyRun;
  /** `POST /items {"a":1}` */
  readonly calls: readonly string[];
  readonly requests: readonly { readonly headers: Readonly<Record<string, string>>; readonly body: string }[];
  /** Seconds before each retry. */
  readonly waits: readonly number[];
}

/** Runs workflows over the plain API. */
export async function play(given: Given): Promise<Played> {
  const { workflows, components, answers = [], run: workflowId = idOf(workflows[0]) } = given;
  const root = await writeSpecs({
    "api.json": plainDocument,
    "w.json": {
      arazzo: "1.1.0",
      info: { title: "W", version: "1.0.0" },
      sourceDescriptions: [{ name: "api", type: "openapi", url: "api.json" }],
      workflows,
      ...(components === undefined ? {} : { components }),
      ...given.document,
    },
    ...given.files,
  });
  const { catalog } = await loadCatalog(root, { cacheDir: false });
  const calls: string[] = [];
  const requests: Played["requests"][number][] = [];
  const waits: number[] = [];
  const run = await runWorkflow({
    catalog,
    workflowId,
    document: "w.json",
    inputs: given.inputs ?? {},
    baseUrls: "http://api.test",
    validators: validatorsOf(catalog),
    sleep: async (milliseconds) => void waits.push(milliseconds / 1000),
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      const sent = await request.text();
      calls.push(`${request.method} ${pathname}${search}${sent === "" ? "" : ` ${sent}`}`);
      requests.push({ headers: Object.fromEntries(request.headers), body: sent });
      return responseOf(answers[Math.min(calls.length, answers.length) - 1] ?? {});
    },
  });
  return { run, calls, requests, waits };
}

const idOf = (workflow: object | undefined): string => String(Reflect.get(workflow ?? {}, "workflowId"));

function responseOf({ status = 200, headers = {}, body = {} }: Answer): Response {
  const isText = typeof body === "string";
  const type = isText ? (body.startsWith("<") ? "application/xml" : "text/plain") : "application/json";
  return new Response(isText ? body : JSON.stringify(body), {
    status,
    headers: { "content-type": type, ...headers },
  });
}

/** One step that reads an item. */
export const get = (stepId: string, more: object = {}): object => ({
  stepId,
  operationId: "getItem",
  parameters: [{ name: "itemId", in: "path", value: stepId }],
  ...more,
});

/** A workflow of these steps. */
export const one = (...steps: readonly object[]): { workflowId: string; steps: readonly object[] } => ({
  workflowId: "w",
  steps,
});
