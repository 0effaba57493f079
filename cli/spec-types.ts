import { EcoError } from "../specs/engine/errors/eco-error.ts";

/**
 * TypeScript types of every OpenAPI and AsyncAPI document of a spec set, by file name.
 * @throws EcoError ECO_USAGE where the generator isn't installed, ECO_SPEC_INVALID
 */
export async function specTypes(specs: string): Promise<ReadonlyMap<string, string>> {
  const { generateTypes } = await typeGenerator();
  return generateTypes(specs, "eco specs types");
}

/**
 * The generator is a peer that only those have who use it.
 * @throws EcoError ECO_USAGE where it isn't installed
 */
export function typeGenerator() {
  return import("../specs/engine/generate.ts").catch((cause: unknown) => {
    throw new EcoError("ECO_USAGE", "The generator of types is not installed.", {
      fix: "Install it beside eco: npm install --save-dev openapi-typescript@7 typescript@5",
      cause,
    });
  });
}
