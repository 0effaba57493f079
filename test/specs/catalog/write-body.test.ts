import { describe, expect, it } from "vitest";
import { encodeBody, encodeCredentials } from "../../../specs/engine/catalog/exchange/write-body.ts";
import type { MediaType } from "../../../specs/engine/catalog/types.ts";

const media: MediaType = { examples: {} };
const taking = (...types: string[]) => ({
  id: "book",
  requestBody: { required: true, content: Object.fromEntries(types.map((type) => [type, media])) },
});

const form = "application/x-www-form-urlencoded";
const value = { a: "1 & 2", list: [1, 2] };
const asForm = "a=1+%26+2&list=1&list=2";
const asJson = JSON.stringify(value);

describe("a body is written in what its operation takes", () => {
  it.each([
    [["application/json"], "application/json", asJson],
    [["application/vnd.boats+json"], "application/vnd.boats+json", asJson],
    [["*/*"], "application/json", asJson],
    [[form], form, asForm],
    [[form, "application/json"], "application/json", asJson],
    [["text/csv", form], form, asForm],
  ])("%s", (types, contentType, text) => {
    expect(encodeBody(taking(...types), value)).toEqual({ contentType, text });
  });

  it("credentials as a form, unless it takes none", () => {
    expect(encodeCredentials(taking("application/json", form), value).contentType).toBe(form);
    expect(encodeCredentials(taking("application/json"), value).contentType).toBe("application/json");
  });

  it("refuses where it takes neither JSON nor a form", () => {
    expect(() => encodeBody(taking("application/xml"), value)).toThrow(/takes application\/xml/);
  });
});
