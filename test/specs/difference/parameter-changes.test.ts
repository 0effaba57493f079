import { describe, expect, it } from "vitest";
import { changesBetween, gravest } from "./compare.ts";
import { doc, type OperationCase, ok, text } from "./operation-cases.ts";

const p = (more: object) => ({ parameters: [{ name: "q", in: "query", schema: text, ...more }] });

const rows: readonly OperationCase[] = [
  ["new optional parameter", doc({}), doc(p({})), "compatible"],
  ["new required parameter", doc({}), doc(p({ required: true })), "breaking"],
  [
    "new required header",
    doc({}),
    doc({ parameters: [{ name: "X", in: "header", required: true, schema: text }] }),
    "breaking",
  ],
  [
    "new path parameter common required",
    doc({}, { paths: { "/things": { get: { operationId: "get", responses: ok } } } }),
    doc(
      {},
      {
        paths: {
          "/things": {
            parameters: [{ name: "q", in: "query", required: true, schema: text }],
            get: { operationId: "get", responses: ok },
          },
        },
      },
    ),
    "breaking",
  ],
  ["parameter removed", doc(p({})), doc({}), "possibly-breaking"],
  ["parameter removed with deprecation", doc(p({ deprecated: true })), doc({}), "possibly-breaking"],
  ["parameter become required", doc(p({})), doc(p({ required: true })), "breaking"],
  ["parameter become optional", doc(p({ required: true })), doc(p({})), "compatible"],
  [
    "parameter enum removed",
    doc(p({ schema: { enum: ["a", "b"] } })),
    doc(p({ schema: { enum: ["a"] } })),
    "breaking",
  ],
  ["parameter default added", doc(p({})), doc(p({ schema: { ...text, default: "x" } })), "possibly-breaking"],
  [
    "parameter default changed",
    doc(p({ schema: { ...text, default: "y" } })),
    doc(p({ schema: { ...text, default: "x" } })),
    "breaking",
  ],
  [
    "parameter default removed",
    doc(p({ schema: { ...text, default: "y" } })),
    doc(p({})),
    "possibly-breaking",
  ],
  ["parameter type changed", doc(p({})), doc(p({ schema: { type: "integer" } })), "breaking"],
  [
    "parameter type generalized int to string",
    doc(p({ schema: { type: "integer" } })),
    doc(p({})),
    "compatible",
  ],
  ["parameter max length set", doc(p({})), doc(p({ schema: { ...text, maxLength: 3 } })), "breaking"],
  [
    "parameter pattern changed",
    doc(p({ schema: { ...text, pattern: "a" } })),
    doc(p({ schema: { ...text, pattern: "b" } })),
    "possibly-breaking",
  ],
  ["parameter deprecated", doc(p({})), doc(p({ deprecated: true })), "text"],
  [
    "parameter location changed",
    doc(p({ required: true })),
    doc({ parameters: [{ name: "q", in: "header", required: true, schema: text }] }),
    "breaking",
  ],
  ["parameter allow reserved", doc(p({})), doc(p({ allowReserved: true })), "compatible"],
];

describe("what a change of a parameter asks, kind by kind of those that other tools publish", () => {
  it.each(rows)("%s", async (_what, was, is, want) => {
    expect(gravest(await changesBetween(was, is))).toBe(want);
  });
});
