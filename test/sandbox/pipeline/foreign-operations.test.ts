import { expect, it } from "vitest";
import { openHub, record } from "./roaming-hub.ts";

const cdr = { $ref: "#/components/responses/Cdr" };
const problem = { $ref: "#/components/responses/Problem" };

// A delivery that is new is answered 201 and one that is known 200, where the operation has both.
it.each([
  ["201 and 200", { "201": cdr, "200": cdr, default: problem }, [201, 200]],
  ["200 alone", { "200": cdr, "4XX": problem }, [200, 200]],
  ["200, and a default for errors", { "200": cdr, default: problem }, [200, 200]],
  ["201 alone", { "201": cdr, default: problem }, [201, 201]],
  ["202", { "202": cdr, default: problem }, [202, 202]],
  ["any 2XX", { "2XX": cdr, default: problem }, [201, 200]],
  ["a default and nothing else", { default: cdr }, [201, 200]],
])("what is done is answered by a success that the operation declares: %s", async (_, responses, want) => {
  const hub = await openHub((document) => {
    const post = document.paths["/cdrs"]?.["post"];
    if (post !== undefined) post.responses = responses;
  });
  const voltport = hub.as("voltport");
  const report = () => voltport("/ocpi/2.2.1/cdrs", { json: record("CDR-1") });
  const [first, second] = [await report(), await report()];
  expect([first.status, second.status]).toEqual(want);
  expect(await second.json()).toMatchObject({ id: "CDR-1", status: "rated" });
});

it.each(["2025-3", "2025-13", "2025-03-01", "March"])(
  "a spec set that takes any text as a month closes none that there isn't: %s",
  async (month) => {
    const hub = await openHub((document) => {
      const json = { "application/json": { schema: { type: "object" } } };
      document.paths["/closings"] = {
        post: {
          operationId: "close",
          "x-eco-capability": "settlements.close",
          "x-eco-bind": { request: { period: "$request.body#/month" } },
          requestBody: { required: true, content: json },
          responses: { "201": { description: "Closed.", content: json }, default: problem },
        },
      } as (typeof document.paths)[string];
    });
    const refused = await hub.as("hub")("/ocpi/2.2.1/closings", { json: { month } });
    expect([refused.status, await refused.json()]).toMatchObject([422, { code: "ECO_REQUEST_INVALID" }]);
    expect((await hub.as("hub")("/ocpi/2.2.1/closings", { json: { month: "2025-02" } })).status).toBe(201);
  },
);
