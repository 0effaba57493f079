import { emitValidators, type StandaloneTarget } from "../../specs/engine/catalog/schemas/standalone.ts";
import type { Catalog, Operation, WorkflowRef } from "../../specs/engine/catalog/types.ts";

const INDEX = "virtual:journey-validators";

interface VirtualModules {
  readonly name: string;
  resolveId(id: string): string | undefined;
  load(id: string): string | undefined;
}

/**
 * Modules with the validators of each journey, compiled ahead: a page's policy forbids to compile them there.
 * `virtual:journey-validators` exports `loaders`, workflow id → `() => import(…)` of its module, and `events` for those of
 * all messages: stand-ins act on their own, so any event may come of any journey.
 */
export function journeyValidators(catalog: Catalog): VirtualModules {
  return {
    name: "journey-validators",
    resolveId: (id) => (id.startsWith(INDEX) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${INDEX}`)) return undefined;
      const wanted = id.slice(INDEX.length + 2);
      if (wanted === "") return indexModule(catalog.workflows);
      if (wanted === "events") {
        return emitValidators(
          catalog,
          catalog.messages.map(({ payload }) => ({ ref: payload })),
        );
      }
      const workflow = catalog.workflows[Number(wanted)];
      return workflow === undefined ? undefined : emitValidators(catalog, targetsOf(workflow, catalog));
    },
  };
}

// By number, since an id may hold anything.
function indexModule(workflows: readonly WorkflowRef[]): string {
  const lines = workflows.map(
    ({ id }, index) => `  ${JSON.stringify(id)}: () => import("${INDEX}/${index}"),`,
  );
  return `export const events = () => import("${INDEX}/events");\nexport const loaders = {\n${lines.join("\n")}\n};\n`;
}

/** Every schema that the sandbox looks at while the journey runs, but those of events: its requests and its answers. */
function targetsOf(workflow: WorkflowRef, catalog: Catalog): readonly StandaloneTarget[] {
  return catalog.operations
    .filter((operation) => workflow.operations.includes(operation.id))
    .flatMap(schemasOf);
}

function schemasOf(operation: Operation): readonly StandaloneTarget[] {
  const asked = [
    ...operation.parameters.map((parameter) => parameter.schema),
    ...Object.values(operation.requestBody?.content ?? {}).map((media) => media.schema),
  ];
  const answered = operation.responses.flatMap((response) =>
    Object.values(response.content).map((media) => media.schema),
  );
  return [
    ...asked.flatMap((ref) => (ref === undefined ? [] : [{ ref, direction: "request" as const }])),
    ...answered.flatMap((ref) => (ref === undefined ? [] : [{ ref, direction: "response" as const }])),
  ];
}
