import { openapi } from "../spec-set.ts";

const thing = {
  type: "object",
  required: ["id", "status"],
  properties: { id: { type: "string" }, status: { type: "string" }, echo: {}, polls: { type: "integer" } },
};
const answer = { description: "A thing", content: { "application/json": { schema: thing } } };
const refusal = { description: "Refused", content: { "application/json": { schema: { type: "object" } } } };

/** A small API with what journeys need: something to make, to wait for, to be refused and to be wrong about. */
export const toyDocument = openapi({
  "/things": {
    post: {
      operationId: "makeThing",
      requestBody: { content: { "application/json": { schema: { type: "object" } } } },
      responses: { 201: answer, 422: refusal },
    },
  },
  "/things/{thingId}": {
    get: {
      operationId: "getThing",
      parameters: [
        { name: "thingId", in: "path", required: true, schema: { type: "string" } },
        { name: "tag", in: "query", schema: { type: "array", items: { type: "string" } } },
      ],
      responses: { 200: answer, 404: refusal, 503: refusal },
    },
  },
  "/forms": {
    post: {
      operationId: "sendForm",
      requestBody: { content: { "application/x-www-form-urlencoded": { schema: { type: "object" } } } },
      responses: { 200: answer },
    },
  },
  "/wrong": { get: { operationId: "answerWrong", responses: { 200: answer } } },
});

export interface ToyApi {
  readonly fetch: (request: Request) => Promise<Response>;
  /** `GET /things/t1?tag=a`, in the order they came. */
  readonly calls: string[];
}

/** Each thing becomes ready at its third reading. */
export function createToyApi(): ToyApi {
  const calls: string[] = [];
  const readings = new Map<string, number>();
  let made = 0;
  const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
    Response.json(body, { status, headers });
  const fetch = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    calls.push(`${request.method} ${url.pathname}${url.search}`);
    const text = await request.text();
    if (url.pathname === "/things") {
      const body: unknown = JSON.parse(text);
      const bad = typeof body === "object" && body !== null && "bad" in body;
      if (bad) return json(422, { title: "no" });
      made += 1;
      return json(201, { id: `t${made}`, status: "new", echo: body }, { "x-made": String(made) });
    }
    if (url.pathname === "/forms")
      return json(200, { id: "f", status: "ok", echo: Object.fromEntries(new URLSearchParams(text)) });
    if (url.pathname === "/wrong") return json(200, { id: 5 });
    if (url.pathname.endsWith("/missing")) return json(404, { title: "none" });
    if (url.pathname.endsWith("/busy")) return json(503, { title: "later" }, { "retry-after": "7" });
    const id = url.pathname.split("/")[2] ?? "";
    const polls = (readings.get(id) ?? 0) + 1;
    readings.set(id, polls);
    return json(200, { id, status: polls >= 3 ? "ready" : "waiting", polls });
  };
  return { fetch, calls };
}

/** Journeys over it, by id, with the outcome and the number of steps run that any runner of Arazzo should find. */
export const toyWorkflows: readonly {
  readonly want: readonly [outcome: "passed" | "failed", steps: number];
  readonly workflow: object;
}[] = [
  {
    want: ["passed", 2],
    workflow: {
      workflowId: "makes-and-reads",
      inputs: { type: "object", properties: { name: { type: "string", default: "lamp" } } },
      steps: [
        {
          stepId: "make",
          operationId: "makeThing",
          requestBody: {
            contentType: "application/json",
            payload: { name: "$inputs.name", deep: { a: 1, b: 2 } },
            replacements: [{ target: "/deep/b", value: "$inputs.name" }],
          },
          successCriteria: [
            { condition: "$statusCode == 201" },
            { condition: "$response.body#/echo/deep/b == 'lamp'" },
            { context: "$response.body#/id", type: "regex", condition: "^t\\d+$" },
            { context: "$response.header.x-made", type: "regex", condition: "^\\d+$" },
          ],
          outputs: { id: "$response.body#/id", made: "$response.header.x-made" },
        },
        {
          stepId: "read",
          operationId: "getThing",
          parameters: [
            { name: "thingId", in: "path", value: "$steps.make.outputs.id" },
            { name: "tag", in: "query", value: "red" },
          ],
          successCriteria: [{ condition: "$response.body#/id == $steps.make.outputs.id" }],
        },
      ],
      outputs: { id: "$steps.make.outputs.id" },
    },
  },
  {
    want: ["passed", 3],
    workflow: {
      workflowId: "waits-until-ready",
      steps: [
        {
          stepId: "poll",
          operationId: "getThing",
          parameters: [{ name: "thingId", in: "path", value: "slow" }],
          successCriteria: [
            { condition: "$statusCode == 200" },
            { condition: "$response.body#/status == 'ready'" },
          ],
          onFailure: [{ name: "again", type: "retry", retryAfter: 0.01, retryLimit: 5 }],
        },
      ],
    },
  },
  {
    want: ["failed", 3],
    workflow: {
      workflowId: "gives-up-waiting",
      steps: [
        {
          stepId: "poll",
          operationId: "getThing",
          parameters: [{ name: "thingId", in: "path", value: "missing" }],
          successCriteria: [{ condition: "$statusCode == 200" }],
          onFailure: [{ name: "again", type: "retry", retryAfter: 0.01, retryLimit: 2 }],
        },
        {
          stepId: "never",
          operationId: "makeThing",
          requestBody: { payload: {} },
          successCriteria: [{ condition: "$statusCode == 201" }],
        },
      ],
    },
  },
  {
    want: ["passed", 2],
    workflow: {
      workflowId: "jumps-over",
      steps: [
        {
          stepId: "make",
          operationId: "makeThing",
          requestBody: { contentType: "application/json", payload: { a: 1 } },
          successCriteria: [{ condition: "$statusCode == 201" }],
          onSuccess: [
            { name: "never", type: "end", criteria: [{ condition: "$statusCode == 500" }] },
            { name: "over", type: "goto", stepId: "last", criteria: [{ condition: "$statusCode == 201" }] },
          ],
        },
        {
          stepId: "skipped",
          operationId: "makeThing",
          requestBody: { payload: { bad: true } },
          successCriteria: [{ condition: "$statusCode == 201" }],
        },
        {
          stepId: "last",
          operationId: "getThing",
          parameters: [{ name: "thingId", in: "path", value: "x" }],
          successCriteria: [{ condition: "$statusCode == 200" }],
        },
      ],
    },
  },
  {
    want: ["passed", 1],
    workflow: {
      workflowId: "ends-early",
      steps: [
        {
          stepId: "make",
          operationId: "makeThing",
          requestBody: { contentType: "application/json", payload: { a: 1 } },
          successCriteria: [{ condition: "$statusCode == 201" }],
          onSuccess: [{ name: "enough", type: "end" }],
        },
        {
          stepId: "never",
          operationId: "answerWrong",
          successCriteria: [{ condition: "$statusCode == 500" }],
        },
      ],
    },
  },
  {
    want: ["failed", 2],
    workflow: {
      workflowId: "fails-and-cleans-up",
      steps: [
        {
          stepId: "make",
          operationId: "makeThing",
          requestBody: { contentType: "application/json", payload: { bad: true } },
          successCriteria: [{ condition: "$statusCode == 201" }],
          onFailure: [{ name: "clean", type: "goto", stepId: "tidy" }],
        },
        {
          stepId: "between",
          operationId: "makeThing",
          requestBody: { payload: {} },
          successCriteria: [{ condition: "$statusCode == 201" }],
        },
        {
          stepId: "tidy",
          operationId: "getThing",
          parameters: [{ name: "thingId", in: "path", value: "x" }],
          successCriteria: [{ condition: "$statusCode == 200" }],
        },
      ],
    },
  },
  {
    want: ["failed", 1],
    workflow: {
      workflowId: "meets-an-answer-that-breaks-the-spec",
      steps: [
        { stepId: "ask", operationId: "answerWrong", successCriteria: [{ condition: "$statusCode == 200" }] },
      ],
    },
  },
  {
    want: ["passed", 1],
    workflow: {
      workflowId: "sends-a-form",
      steps: [
        {
          stepId: "send",
          operationId: "sendForm",
          requestBody: {
            contentType: "application/x-www-form-urlencoded",
            payload: { grant_type: "client_credentials", scope: "a b" },
          },
          successCriteria: [{ condition: "$response.body#/echo/scope == 'a b'" }],
        },
      ],
    },
  },
  {
    want: ["passed", 1],
    workflow: {
      workflowId: "calls-another",
      steps: [
        {
          stepId: "inner",
          workflowId: "makes-and-reads",
          parameters: [{ name: "name", value: "lamp" }],
          outputs: { id: "$outputs.id" },
        },
      ],
      outputs: { id: "$steps.inner.outputs.id" },
    },
  },
];

/** The Arazzo document over `api.json` beside it. */
export const toyJourneys = {
  arazzo: "1.0.1",
  info: { title: "Toy", version: "1.0.0" },
  sourceDescriptions: [{ name: "toy", type: "openapi", url: "./api.json" }],
  workflows: toyWorkflows.map(({ workflow }) => workflow),
};
