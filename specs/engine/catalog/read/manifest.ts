import { isPlainObject, type PlainObject } from "../pointer.ts";
import type {
  EcosystemManifest,
  Operation,
  PartyDefinition,
  RoleDefinition,
  SpecDocument,
} from "../types.ts";
import { objectsOf, textOf, textsOf } from "../untyped.ts";

/** `ecosystem.yaml`, already validated by its schema. */
export function readManifest(content: PlainObject): EcosystemManifest {
  const roles = objectsOf(content["roles"]).map(
    (role): RoleDefinition => ({
      id: textOf(role["id"]),
      title: textOf(role["title"]) || textOf(role["id"]),
      description: textOf(role["description"]),
      decisionRights: textsOf(role["decisionRights"]),
      scopes: textsOf(role["scopes"]),
    }),
  );
  const parties = objectsOf(content["parties"]).map(
    (party): PartyDefinition => ({
      id: textOf(party["id"]),
      name: textOf(party["name"]) || textOf(party["id"]),
      role: textOf(party["role"]),
      ...(typeof party["description"] === "string" ? { description: party["description"] } : {}),
      standIn: party["standIn"] !== false,
      ...bankAccountOf(party["bankAccount"]),
    }),
  );
  return {
    id: textOf(content["id"]),
    title: textOf(content["title"]) || textOf(content["id"]),
    description: textOf(content["description"]),
    orchestrator: textOf(content["orchestrator"]),
    timeZone: textOf(content["timeZone"]) || "UTC",
    currency: textOf(content["currency"]) || "EUR",
    roles,
    parties,
    content,
  };
}

function bankAccountOf(value: unknown): Pick<PartyDefinition, "bankAccount"> {
  if (!isPlainObject(value)) return {};
  const { iban, bic } = value;
  return { bankAccount: { iban: textOf(iban), ...(typeof bic === "string" ? { bic } : {}) } };
}

/**
 * A manifest for a spec set that has none: an orchestrator named after the first OpenAPI document, and one partner role
 * that holds every scope the documents declare, so that each operation can be called.
 */
export function inventManifest(
  documents: readonly SpecDocument[],
  operations: readonly Operation[],
): EcosystemManifest {
  const first = documents.find((document) => document.kind === "openapi") ?? documents[0];
  const info = isPlainObject(first?.content["info"]) ? first.content["info"] : {};
  const title = textOf(info["title"]).trim() || "Your ecosystem";
  const id =
    title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "") || "ecosystem";
  const scopes = new Set<string>();
  for (const operation of operations) {
    for (const { scheme, scopes: needed } of operation.security.flat()) {
      for (const scope of [...scheme.scopes, ...needed]) scopes.add(scope);
    }
  }
  const held = [...scopes].sort();
  return {
    id,
    title,
    description: textOf(info["description"]),
    orchestrator: id,
    timeZone: "UTC",
    currency: "EUR",
    roles: [
      {
        id: "orchestrator",
        title: "Orchestrator",
        description: "Runs the API.",
        decisionRights: [],
        scopes: held,
      },
      { id: "partner", title: "Partner", description: "Calls the API.", decisionRights: [], scopes: held },
    ],
    parties: [
      { id, name: title, role: "orchestrator", standIn: true },
      { id: "sandbox-partner", name: "Sandbox partner", role: "partner", standIn: true },
    ],
    content: {},
  };
}
