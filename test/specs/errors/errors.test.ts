import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { EcoError, errorCodes, errorDefinition, errorRegistry } from "../../../specs/engine/errors/index.ts";

it("carries what the command line, the answer and the portal need", () => {
  const cause = new Error("inner");
  const error = new EcoError("ECO_NOT_FOUND", "There is no party blueline.", {
    cause,
    details: { party: "blueline" },
  });
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({
    name: "EcoError",
    code: "ECO_NOT_FOUND",
    message: "There is no party blueline.",
    exitCode: 2,
    fix: errorRegistry.ECO_NOT_FOUND.fix,
    docs: "errors/ECO_NOT_FOUND/",
    details: { party: "blueline" },
    cause,
  });
  expect(new EcoError("ECO_NOT_FOUND", "x", { fix: "Look again." }).fix).toBe("Look again.");
});

it.each(errorCodes)("%s is complete: sentences for readers, a status and an exit code that agree", (code) => {
  const row = errorDefinition(code);
  expect(code).toMatch(/^ECO_[A-Z_]+$/);
  expect(row?.title).toMatch(/^[A-Z][^.]*$/);
  expect(row?.fix).toMatch(/\.$/);
  expect(row?.description).toMatch(/\.$/);
  if (row?.status === undefined) return;
  // 501 is what the caller's own spec leaves undeclared, 507 the room that the caller's own machine lacks.
  const others = row.status >= 500 && row.status !== 501 && row.status !== 507 ? 1 : 2;
  const expected = row.status === 401 ? 4 : row.status === 503 ? 5 : others;
  expect(row.exitCode).toBe(expected);
});

it("knows no code that isn't in the table", () => {
  expect(errorDefinition("ECO_NO_SUCH_THING")).toBeUndefined();
  expect(errorDefinition("constructor")).toBeUndefined();
});

it("has no row for a code that nothing raises", () => {
  const sources = globSync("{cli,sandbox,specs}/**/*.{js,ts,yaml}", { exclude: ["specs/engine/errors/**"] });
  const raised = new Set(
    sources.flatMap((path) => readFileSync(path, "utf8").match(/\bECO_[A-Z_]+\b/g) ?? []),
  );
  expect(errorCodes.filter((code) => !raised.has(code))).toEqual([]);
});
