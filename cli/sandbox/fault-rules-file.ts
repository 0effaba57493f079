import type { FaultRule } from "../../sandbox/index.ts";
import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { readYaml } from "../read-file.ts";

/**
 * The rules of a file: `rules:` with a list, in YAML or JSON, as specs/schemas/faults.schema.json has it. Whether they
 * are rules is for the sandbox to check.
 * @throws EcoError ECO_FILE_UNREADABLE, ECO_INPUT_INVALID, ECO_FAULT_INVALID for what holds no list, or more than it
 */
export async function readFaultRules(path: string): Promise<readonly FaultRule[]> {
  const content = await readYaml(path);
  const { $schema: _, rules, ...others } = isPlainObject(content) ? content : {};
  const [unknown] = Object.keys(others);
  if (!Array.isArray(rules) || unknown !== undefined) {
    const what =
      unknown === undefined ? "holds no list `rules`" : `has a key \`${unknown}\` beside \`rules\``;
    throw new EcoError("ECO_FAULT_INVALID", `${path} ${what}.`);
  }
  return rules as readonly FaultRule[];
}

/** The same, checked. @throws EcoError ECO_FAULT_INVALID with the file and each place in it */
export async function readCheckedFaultRules(path: string, catalog: Catalog): Promise<readonly FaultRule[]> {
  const given = await readFaultRules(path);
  const { checkFaultRules } = await import("../../sandbox/index.ts");
  await checkFaultRules(given, catalog).catch((error: unknown) => {
    if (!(error instanceof EcoError)) throw error;
    throw new EcoError(error.code, `${path}: ${error.message}`, { cause: error, details: error.details });
  });
  return given;
}
