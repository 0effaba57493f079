import { resolvePointer } from "../catalog/pointer.ts";
import { roleMayCall } from "../catalog/rights.ts";
import type { Catalog, RoleDefinition } from "../catalog/types.ts";
import { objectsOf, textsOf } from "../catalog/untyped.ts";
import { graver, type Level, type SpecChange, type SubjectKind } from "../difference/change.ts";
import { documentsOfPartners } from "./definitions.ts";
import { type ChangedThing, thingsTouched } from "./touched.ts";

/** Something that concerns everybody who takes part. */
export interface Common {
  readonly kind: SubjectKind;
  readonly id: string;
  readonly level: Level;
}

/** What changes touch, with the gravest that they do to it. */
export interface Touched {
  readonly things: readonly (ChangedThing & { readonly level: Level })[];
  /** What concerns everybody: the rules of the ecosystem, the addresses of its servers. */
  readonly common: readonly Common[];
}

const OF_EVERYBODY = [
  "ecosystem",
  "metrics",
  "certification",
  "document",
  "server",
  "channel",
  "channel-operation",
];

/** What changes touch in what they ask for, prose left out. */
export function touchedBy(changes: readonly SpecChange[]): Touched {
  const levels = new Map<string, Level>();
  const common = new Map<string, Common>();
  for (const { kind, id, level } of changes.flatMap(({ reaches }) => reaches)) {
    const key = `${kind} ${id}`;
    const gravest = graver(level, levels.get(key) ?? "text");
    levels.set(key, gravest);
    if (OF_EVERYBODY.includes(kind) && gravest !== "text") common.set(key, { kind, id, level: gravest });
  }
  const things = thingsTouched(changes).map((thing) => ({
    ...thing,
    level: levels.get(`${thing.kind} ${thing.id}`) ?? "text",
  }));
  return { things, common: [...common.values()] };
}

/** What the members of each role may call and have to implement, worked out once. */
export class RoleRights {
  readonly #catalog: Catalog;
  readonly #calls = new Map<string, readonly string[]>();

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  calls(role: string): readonly string[] {
    const known = this.#calls.get(role);
    if (known !== undefined) return known;
    const definition: Pick<RoleDefinition, "id" | "scopes"> = this.#catalog.ecosystem.roles.find(
      ({ id }) => id === role,
    ) ?? { id: role, scopes: [] };
    const provided = this.#provided();
    const calls = this.#catalog.operations
      .filter(({ document }) => !provided.includes(document))
      .filter((operation) => roleMayCall(definition, operation, this.#catalog))
      .map(({ id }) => id);
    this.#calls.set(role, calls);
    return calls;
  }

  /** Operations of the documents that partners serve, where its role has to be certified as such. */
  implemented(role: string): readonly string[] {
    const levels = objectsOf(
      resolvePointer(this.#catalog.ecosystem.content, "/participation/certification/levels"),
    );
    const provides = levels.some((one) => one["role"] === role && textsOf(one["parts"]).includes("provider"));
    const provided = this.#provided();
    return provides
      ? this.#catalog.operations.filter(({ document }) => provided.includes(document)).map(({ id }) => id)
      : [];
  }

  /** Where partners would serve all documents there are, they call them. */
  #provided(): readonly string[] {
    const all = this.#catalog.documents.filter(({ kind }) => kind === "openapi");
    const provided = documentsOfPartners(this.#catalog);
    return provided.length < all.length ? provided : [];
  }
}
