import { isJsonType } from "../exchange/media-type.ts";
import type { UnplacedFinding } from "../finding.ts";
import { pointerOf } from "../pointer.ts";
import type { Direction } from "../schemas/schema-closure.ts";
import { type Validators, validatorsOf } from "../schemas/schema-validator.ts";
import type { Catalog, MediaType, SchemaRef } from "../types.ts";

/** Reports examples of requests, answers and messages that break the schema beside them. */
export function checkExamples(catalog: Catalog, findings: UnplacedFinding[]): void {
  const validators = validatorsOf(catalog);
  for (const operation of catalog.operations) {
    const { document, pointer } = operation;
    for (const [type, media] of Object.entries(operation.requestBody?.content ?? {})) {
      const at = { document, pointer: `${pointer}/requestBody/content${pointerOf(type)}` };
      checkMedia(validators, type, media, at, "request", findings);
    }
    for (const response of operation.responses) {
      for (const [type, media] of Object.entries(response.content)) {
        const at = { document, pointer: `${pointer}/responses/${response.status}/content${pointerOf(type)}` };
        checkMedia(validators, type, media, at, "response", findings);
      }
    }
  }
  for (const message of catalog.messages) {
    for (const [index, example] of message.examples.entries()) {
      const at = { document: message.document, pointer: `${message.pointer}/examples/${index}` };
      checkExample(validators, message.payload, example, at, undefined, findings);
    }
  }
}

function checkMedia(
  validators: Validators,
  type: string,
  media: MediaType,
  at: SchemaRef,
  direction: Direction,
  findings: UnplacedFinding[],
): void {
  if (media.schema === undefined || !isJsonType(type)) return;
  for (const [name, example] of Object.entries(media.examples)) {
    const place = name === "default" ? "/example" : `/examples${pointerOf(name)}`;
    checkExample(
      validators,
      media.schema,
      example,
      { ...at, pointer: at.pointer + place },
      direction,
      findings,
    );
  }
}

function checkExample(
  validators: Validators,
  schema: SchemaRef,
  example: unknown,
  at: SchemaRef,
  direction: Direction | undefined,
  findings: UnplacedFinding[],
): void {
  try {
    const [first, ...more] = validators.get(schema, direction)(example);
    if (first === undefined) return;
    findings.push({
      ...at,
      severity: "warning",
      code: "spec.example.invalid",
      message: `The example breaks its schema: ${first.pointer || "the value"} ${first.message}${more.length > 0 ? ` (and ${more.length} more)` : ""}.`,
      fix: `Correct the example, or ${first.schemaPointer}.`,
    });
  } catch {
    // A schema that can't be compiled is reported on its own.
  }
}
