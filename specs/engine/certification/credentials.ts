import type { Catalog, Operation, SecurityScheme } from "../catalog/types.ts";
import { documentsOfPartners } from "./definitions.ts";

/** What a build serves: how its credentials are sent follows from this alone, and never from the API that it calls. */
export function operationsOfPartners(catalog: Catalog): readonly Operation[] {
  const documents = documentsOfPartners(catalog);
  return catalog.operations.filter(({ document }) => documents.includes(document));
}

/**
 * The header fields that a token is sent in, by the schemes that the operations declare: keys under their names, `id:secret`
 * by HTTP Basic where nothing takes a bearer, a bearer token otherwise.
 */
export function credentialFields(
  token: string,
  operations: readonly Operation[],
): Readonly<Record<string, string>> {
  const schemes = operations.flatMap(({ security }) => security.flat()).map(({ scheme }) => scheme);
  const keys = schemes.filter((scheme) => scheme.type === "apiKey" && scheme.in === "header");
  const inAuthorization = schemes.filter(({ type }) => type !== "apiKey");
  const basic = inAuthorization.length > 0 && inAuthorization.every(isBasic);
  const pair = token.includes(":") ? token : `${token}:`;
  return {
    authorization: basic ? `Basic ${base64(pair)}` : `Bearer ${token}`,
    ...Object.fromEntries(
      keys.map(({ parameterName = "x-api-key" }) => [parameterName.toLowerCase(), token]),
    ),
  };
}

const isBasic = ({ type, scheme }: SecurityScheme): boolean =>
  type === "http" && scheme?.toLowerCase() === "basic";

const base64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
