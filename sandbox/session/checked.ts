import type { ValidateFunction } from "ajv";

/** Holds lines of a session against `specs/schemas/session.schema.json`: says what is wrong with one. */
export async function sessionLineCheck(): Promise<(line: unknown) => string | undefined> {
  const { createAjv } = await import("../../specs/engine/catalog/schemas/ajv.ts");
  const { default: session } = await import("../../specs/schemas/session.schema.json", {
    with: { type: "json" },
  });
  const { default: state } = await import("../../specs/schemas/sandbox-state.schema.json", {
    with: { type: "json" },
  });
  const ajv = createAjv({ allErrors: false }).addSchema(state);
  const { $id, $defs } = session;
  ajv.addSchema(session);
  const kinds: Readonly<Record<string, string>> = { session: "header", state: "start" };
  const validators = new Map<string, ValidateFunction>();
  return (line) => {
    const kind = String((line as { readonly kind?: unknown }).kind);
    const name = kinds[kind] ?? kind;
    if (!Object.hasOwn($defs, name)) return `has the unknown kind ${JSON.stringify(kind)}`;
    let validate = validators.get(name);
    if (validate === undefined) {
      validate = ajv.compile({ $ref: `${$id}#/$defs/${name}` });
      validators.set(name, validate);
    }
    if (validate(line)) return undefined;
    const [error] = validate.errors ?? [];
    return `is no ${name}: ${error?.instancePath || "it"} ${error?.message ?? "is invalid"}`;
  };
}
