import { describe, expect, it } from "vitest";
import { Router } from "../../../specs/engine/catalog/routes/router.ts";

function routerOf(...templates: string[]): Router<string> {
  const router = new Router<string>();
  for (const template of templates) {
    const [method = "", path = ""] = template.split(" ");
    router.add(method, path, template);
  }
  return router;
}

const router = routerOf(
  "GET /pets",
  "POST /pets",
  "GET /pets/{id}",
  "GET /pets/mine",
  "DELETE /pets/mine",
  "GET /pets/{id}/toys/{toyId}",
  "GET /files/{name}.json",
  "GET /files/{name}.{ext}",
  "GET /files/{name}",
  "GET /a+b/(c)/{d}",
);

describe("Router", () => {
  it.each([
    ["GET", "/pets", "GET /pets", {}],
    ["POST", "/pets", "POST /pets", {}],
    ["GET", "/pets/7", "GET /pets/{id}", { id: "7" }],
    ["GET", "/pets/mine", "GET /pets/mine", {}],
    ["GET", "/pets/a%2Fb%20c", "GET /pets/{id}", { id: "a/b c" }],
    ["GET", "/pets/mine/toys/3", "GET /pets/{id}/toys/{toyId}", { id: "mine", toyId: "3" }],
    ["GET", "/files/x.json", "GET /files/{name}.json", { name: "x" }],
    ["GET", "/files/x.csv", "GET /files/{name}.{ext}", { name: "x", ext: "csv" }],
    ["GET", "/files/x", "GET /files/{name}", { name: "x" }],
    ["GET", "/a+b/(c)/d", "GET /a+b/(c)/{d}", { d: "d" }],
  ])("finds %s %s", (method, path, target, params) => {
    expect(router.match(method, path)).toEqual({ kind: "found", target, params });
  });

  it.each(["/", "/pet", "/pets/", "/pets/1/toys", "/pets/1/toys/2/3", "/__proto__", "/PETS"])(
    "finds nothing at %s",
    (path) => expect(router.match("GET", path)).toEqual({ kind: "none" }),
  );

  it("names the methods that a path has, through literals and parameters", () => {
    expect(router.match("PUT", "/pets/mine")).toEqual({ kind: "wrong-method", allow: ["GET", "DELETE"] });
  });

  it("gives each parameter of a mixed segment as little as it can, and at least something", () => {
    const mixed = routerOf("GET /{a}-{b}.{c}", "GET /x{d}{e}y");
    const found = (path: string): unknown => {
      const match = mixed.match("GET", path);
      return match.kind === "found" ? match.params : match.kind;
    };
    expect(found("/1-2-3.4.5")).toEqual({ a: "1", b: "2-3", c: "4.5" });
    expect(found("/--.-.")).toEqual("none");
    expect(found("/---..")).toEqual({ a: "-", b: "-", c: "." });
    expect(found("/xabcy")).toEqual({ d: "a", e: "bc" });
    expect(found("/xay")).toEqual("none");
  });

  it("looks at a mixed segment once, however many parameters it has", () => {
    const names = Array.from({ length: 12 }, (_, index) => `{p${index}}`);
    const mixed = routerOf(`GET /${names.join("-")}!`, `GET /${names.join("")}?`);
    // A regular expression would try more ways than there are atoms.
    expect(mixed.match("GET", `/${"-".repeat(8_000)}`)).toEqual({ kind: "none" });
  });

  it("tells broken percent-encoding apart", () => {
    expect(router.match("GET", "/pets/%E0%A4%A")).toEqual({ kind: "malformed", segment: "%E0%A4%A" });
  });
});
