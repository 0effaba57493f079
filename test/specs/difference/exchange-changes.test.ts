import { describe, expect, it } from "vitest";
import { changesBetween, gravest } from "./compare.ts";
import { doc, json, type OperationCase, text } from "./operation-cases.ts";

const res = (responses: object) => ({ responses });
const body = (required: boolean, content: object) => ({ requestBody: { required, content } });

const rows: readonly OperationCase[] = [
  ["body added required", doc({}), doc(body(true, json(text))), "breaking"],
  ["body added optional", doc({}), doc(body(false, json(text))), "compatible"],
  ["body removed", doc(body(true, json(text))), doc({}), "possibly-breaking"],
  ["body became required", doc(body(false, json(text))), doc(body(true, json(text))), "breaking"],
  ["body became optional", doc(body(true, json(text))), doc(body(false, json(text))), "compatible"],
  [
    "body media type added",
    doc(body(true, json(text))),
    doc(body(true, { ...json(text), "text/plain": { schema: text } })),
    "compatible",
  ],
  [
    "body media type removed",
    doc(body(true, { ...json(text), "text/plain": { schema: text } })),
    doc(body(true, json(text))),
    "breaking",
  ],
  [
    "body media type schema added",
    doc(body(true, { "application/json": {} })),
    doc(body(true, json(text))),
    "breaking",
  ],
  [
    "body media type schema removed",
    doc(body(true, json(text))),
    doc(body(true, { "application/json": {} })),
    "compatible",
  ],
  [
    "success status removed",
    doc(res({ 200: { description: "a" }, 201: { description: "b" } })),
    doc(res({ 200: { description: "a" } })),
    "breaking",
  ],
  [
    "success status added",
    doc({}),
    doc(res({ 200: { description: "a" }, 201: { description: "b" } })),
    "possibly-breaking",
  ],
  [
    "non success status added",
    doc({}),
    doc(res({ 200: { description: "a" }, 409: { description: "b" } })),
    "compatible",
  ],
  [
    "non success status removed",
    doc(res({ 200: { description: "a" }, 409: { description: "b" } })),
    doc({}),
    "possibly-breaking",
  ],
  [
    "response media type added",
    doc(res({ 200: { description: "a", content: json(text) } })),
    doc(res({ 200: { description: "a", content: { ...json(text), "text/plain": { schema: text } } } })),
    "compatible",
  ],
  [
    "response media type removed",
    doc(res({ 200: { description: "a", content: { ...json(text), "text/plain": { schema: text } } } })),
    doc(res({ 200: { description: "a", content: json(text) } })),
    "breaking",
  ],
  [
    "response media type name generalized",
    doc(res({ 200: { description: "a", content: json(text) } })),
    doc(res({ 200: { description: "a", content: { "application/*": { schema: text } } } })),
    "possibly-breaking",
  ],
  [
    "response media type name specialized",
    doc(res({ 200: { description: "a", content: { "application/*": { schema: text } } } })),
    doc(res({ 200: { description: "a", content: json(text) } })),
    "compatible",
  ],
  [
    "response media type schema removed",
    doc(res({ 200: { description: "a", content: json(text) } })),
    doc(res({ 200: { description: "a", content: { "application/json": {} } } })),
    "breaking",
  ],
  [
    "response media type schema added",
    doc(res({ 200: { description: "a", content: { "application/json": {} } } })),
    doc(res({ 200: { description: "a", content: json(text) } })),
    "compatible",
  ],
  [
    "required header removed",
    doc(res({ 200: { description: "a", headers: { X: { required: true, schema: text } } } })),
    doc({}),
    "breaking",
  ],
  [
    "optional header removed",
    doc(res({ 200: { description: "a", headers: { X: { schema: text } } } })),
    doc(res({ 200: { description: "a" } })),
    "possibly-breaking",
  ],
  [
    "header became optional",
    doc(res({ 200: { description: "a", headers: { X: { required: true, schema: text } } } })),
    doc(res({ 200: { description: "a", headers: { X: { schema: text } } } })),
    "breaking",
  ],
  [
    "header type changed",
    doc(res({ 200: { description: "a", headers: { X: { schema: text } } } })),
    doc(res({ 200: { description: "a", headers: { X: { schema: { type: "integer" } } } } })),
    "breaking",
  ],
  [
    "header added",
    doc(res({ 200: { description: "a" } })),
    doc(res({ 200: { description: "a", headers: { X: { schema: text } } } })),
    "compatible",
  ],
  [
    "link added",
    doc({}),
    doc(res({ 200: { description: "Done", links: { next: { operationId: "get" } } } })),
    "compatible",
  ],
  [
    "link removed",
    doc(res({ 200: { description: "Done", links: { next: { operationId: "get" } } } })),
    doc({}),
    "possibly-breaking",
  ],
  [
    "link changed",
    doc(
      res({ 200: { description: "Done", links: { next: { operationId: "get", parameters: { a: "x" } } } } }),
    ),
    doc(
      res({ 200: { description: "Done", links: { next: { operationId: "get", parameters: { a: "y" } } } } }),
    ),
    "possibly-breaking",
  ],
];

describe("what a change of what is sent and answered asks, kind by kind of those that other tools publish", () => {
  it.each(rows)("%s", async (_what, was, is, want) => {
    expect(gravest(await changesBetween(was, is))).toBe(want);
  });
});
