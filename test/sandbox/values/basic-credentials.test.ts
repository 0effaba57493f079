import { expect, it } from "vitest";
import { basicCredentials, clientCredentials } from "../../../sandbox/values/basic-credentials.ts";

const encoded = (text: string): string => Buffer.from(text, "utf8").toString("base64");

it.each([
  ["a user and a password", encoded("blueline:secret"), { user: "blueline", password: "secret" }],
  ["a password with colons", encoded("blueline:a:b"), { user: "blueline", password: "a:b" }],
  ["a user alone", encoded("blueline"), { user: "blueline", password: "" }],
  ["letters beyond ASCII", encoded("bläulinie:geheim"), { user: "bläulinie", password: "geheim" }],
  ["what is no base64", "not base64!", undefined],
])("reads %s", (_, credential, want) => {
  expect(basicCredentials(credential)).toEqual(want);
});

it.each([
  ["form-encoded parts", "blue%3Aline:a+b%2B", { user: "blue:line", password: "a b+" }],
  ["a percent sign that encodes nothing as it is", "100%:x%zz", { user: "100%", password: "x%zz" }],
])("reads %s of an OAuth client", (_, text, want) => {
  expect(clientCredentials(encoded(text))).toEqual(want);
});
