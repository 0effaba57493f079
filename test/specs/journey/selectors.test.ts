import { expect, it } from "vitest";
import { detail, make, runSteps } from "./run-steps.ts";

it("selects by JSONPath and by JSON pointer", async () => {
  const select = (type: unknown, selector: string): object => ({
    context: "$response.body",
    selector,
    type,
  });
  const outputs = {
    one: select("jsonpath", "$.echo.items[?@.sku == 'b'].n"),
    all: select({ type: "jsonpath", version: "rfc9535" }, "$.echo.items[*].n"),
    pointer: select("jsonpointer", "/echo/items/0/sku"),
  };
  const got = await runSteps([make("a", { outputs })]);
  expect(got.steps[0]?.outputs).toEqual({ one: 2, all: [1, 2], pointer: "a" });
  const xml = await runSteps([make("a", { outputs: { x: select("xpath", "/a") } })]);
  expect(detail(xml)).toMatch(/XPath looks into XML; here is JSON/);
});

it("replaces expressions inside the conditions of regex and jsonpath", async () => {
  const criteria = [
    { context: "$response.body#/id", type: "regex", condition: "^{$response.body#/id}$" },
    {
      context: "$response.body#/echo/items",
      type: "jsonpath",
      condition: "$[?@.n == {$response.body#/echo/items/1/n}]",
    },
  ];
  expect((await runSteps([make("a", { successCriteria: criteria })])).outcome).toBe("passed");
});

it.each([
  ["regex", "^(a+)+$", /exponential time/],
  ["regex", "^a*a*a*$", /600 characters.*500 at most/],
  ["regex", "^a*a*a*a*a*a*$", /fifth power/],
  ["jsonpath", "$[?search(@.sku, '(a+)+$')]", /exponential time/],
  ["jsonpath", "$[?match(@.sku, 'a*a*a*')]", /600 characters.*500 at most/],
  ["jsonpath", "$[?match(@.sku, 'a*a*a*a*a*a*')]", /fifth power/],
  ["jsonpath", "$..*..*..*", /descends 3 times/],
])("runs no %s that may take for ever: %s", async (type, condition, says) => {
  const items = [{ sku: `${"a".repeat(599)}!`, n: 1 }];
  const context = type === "regex" ? "$response.body#/echo/items/0/sku" : "$response.body#/echo/items";
  const step = make("a", {
    requestBody: { contentType: "application/json", payload: { items } },
    successCriteria: [{ context, type, condition }],
  });
  const got = await runSteps([step]);
  expect(got.outcome).toBe("failed");
  expect(detail(got)).toMatch(says);
});
