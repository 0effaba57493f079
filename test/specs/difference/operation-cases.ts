import type { Level } from "../../../specs/engine/difference/change.ts";

/** What changed, the old document, the new one, and what that asks. */
export type OperationCase = readonly [what: string, was: object, is: object, want: Level | "none"];

export const text = { type: "string" };
export const ok = { 200: { description: "Done" } };
export const json = (schema: object) => ({ "application/json": { schema } });

export const securitySchemes = {
  key: { type: "apiKey", in: "header", name: "K" },
  o: {
    type: "oauth2",
    flows: { clientCredentials: { tokenUrl: "https://a.example/t", scopes: { r: "", w: "" } } },
  },
};

/** A document of one operation. @param more fields of the document. @param components beside the security schemes */
export const doc = (operation: object, more: object = {}, components: object = {}) => ({
  openapi: "3.1.0",
  info: { title: "T", version: "1" },
  paths: { "/things": { get: { operationId: "get", responses: ok, ...operation } } },
  components: { securitySchemes, ...components },
  ...more,
});
