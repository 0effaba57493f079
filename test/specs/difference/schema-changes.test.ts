import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Level } from "../../../specs/engine/difference/change.ts";
import { changesBetween, exchanging, gravest } from "./compare.ts";

type Row = readonly [
  what: string,
  was: unknown,
  is: unknown,
  request: Level | "none",
  answer: Level | "none",
];

const rows: readonly Row[] = parse(readFileSync(new URL("schema-changes.yaml", import.meta.url), "utf8"));
const other = { type: "boolean" };
const inside = (inner: unknown) => ({ type: "object", properties: { inner } });

const asked = async (was: object, is: object): Promise<Level | "none"> =>
  gravest(await changesBetween(was, is));

describe("what a change of a schema asks, kind by kind of those that other tools publish", () => {
  it.each(rows)("%s", async (_what, was, is, request, answer) => {
    const got = await Promise.all([
      asked(exchanging(was, other), exchanging(is, other)),
      asked(exchanging(other, was), exchanging(other, is)),
      asked(exchanging(inside(was), inside(was)), exchanging(inside(is), inside(was))),
      asked(exchanging(inside(was), inside(was)), exchanging(inside(was), inside(is))),
    ]);
    expect(got).toEqual([request, answer, request, answer]);
  });
});
