import { describe, expect, it } from "vitest";
import { declaredStatus } from "../../../sandbox/resources/declared-problem.ts";
import type { Operation } from "../../../specs/engine/catalog/types.ts";

function declaring(...statuses: string[]): Operation {
  return {
    id: "createNote",
    document: "notes",
    method: "POST",
    path: "/notes",
    template: "/notes",
    tags: [],
    summary: "",
    description: "",
    deprecated: false,
    parameters: [],
    responses: statuses.map((status) => ({ status, description: "", headers: {}, content: {} })),
    security: [],
    pointer: "#/paths/~1notes/post",
  };
}

describe("the status of a problem", () => {
  it.each([
    { status: 413, declared: ["201", "413"], want: 413 },
    { status: 413, declared: ["201", "400", "default"], want: 413 },
    { status: 415, declared: ["201", "400", "4XX"], want: 415 },
    { status: 413, declared: ["201", "400"], want: 400 },
    { status: 422, declared: ["201", "400", "default"], want: 400 },
    { status: 404, declared: ["201"], want: 404 },
  ])("$status where $declared are declared: $want", ({ status, declared, want }) => {
    expect(declaredStatus(declaring(...declared), status)).toBe(want);
  });
});
