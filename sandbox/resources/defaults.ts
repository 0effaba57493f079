import { isPlainObject, type PlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Validators } from "../../specs/engine/catalog/schemas/schema-validator.ts";
import type { SchemaNode, Schemas } from "./schemas.ts";

/** What the properties of a schema are when nobody says otherwise. */
interface Declared {
  readonly own: readonly (readonly [name: string, value: unknown])[];
  /** Properties that are objects and may have defaults inside. */
  readonly inside: readonly (readonly [name: string, node: SchemaNode])[];
}

/** Fills in what a schema gives as the default of what was left out. */
export class Defaults {
  readonly #schemas: Schemas;
  readonly #validators: Validators;
  readonly #declared = new WeakMap<SchemaNode, Declared>();

  constructor({ schemas, validators }: { readonly schemas: Schemas; readonly validators: Validators }) {
    this.#schemas = schemas;
    this.#validators = validators;
  }

  /** The object with its defaults, down through the objects that it holds; itself where nothing was left out. */
  filled(schema: SchemaNode, value: PlainObject): PlainObject {
    const { own, inside } = this.#declaredBy(schema);
    let filled: Record<string, unknown> | undefined;
    for (const [name, node] of inside) {
      const held = value[name];
      const whole = isPlainObject(held) ? this.filled(node, held) : held;
      if (whole !== held) filled = { ...(filled ?? value), [name]: whole };
    }
    for (const [name, initial] of own) {
      if (!Object.hasOwn(value, name)) filled = { ...(filled ?? value), [name]: initial };
    }
    return filled ?? value;
  }

  #declaredBy(schema: SchemaNode): Declared {
    let declared = this.#declared.get(schema);
    if (declared === undefined) {
      const properties = [...this.#schemas.properties(schema)];
      declared = {
        own: properties
          .filter(([, node]) => this.#hasDefault(node))
          .map(([name, { schema: own }]) => [name, own["default"]]),
        inside: properties.filter(([, node]) => this.#schemas.properties(node).size > 0),
      };
      this.#declared.set(schema, declared);
    }
    return declared;
  }

  /** A default of null says no more than that nothing is there, and one that breaks its own schema is a slip. */
  #hasDefault({ ref, schema }: SchemaNode): boolean {
    const value = schema["default"];
    if (value === undefined || value === null) return false;
    return this.#validators.get(ref, "response")(value).length === 0;
  }
}
