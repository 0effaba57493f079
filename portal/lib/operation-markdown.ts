import { accessOf } from "./access.ts";
import { prettyJson } from "./code.ts";
import { curlOf, examplesOf, preferredMedia } from "./examples.ts";
import { plainText } from "./markdown.ts";
import { errorsOf } from "./relations.ts";
import { type FieldView, type SchemaView, viewSchema } from "./schema.ts";
import type { OperationPage, Site } from "./site.ts";

/** An operation's page as Markdown: the same facts, for agents and for reading in a terminal. */
export function operationMarkdown(page: OperationPage, site: Site): string {
  const { operation } = page;
  const access = accessOf(operation, site);
  const media = preferredMedia(operation.requestBody?.content ?? {});
  const parameters = operation.parameters.map((one) => {
    const view = one.schema && viewSchema(one.schema, site.source, { depth: 1, fields: 0 });
    const facts = [view?.type ?? "any", one.required ? "required" : "", ...(view?.constraints ?? [])].filter(
      Boolean,
    );
    return `- \`${one.name}\` (${one.in}; ${facts.join("; ")}) ${plainText(one.description ?? "")}`;
  });
  const answers = operation.responses
    .filter((one) => /^[123]/u.test(one.status))
    .map((one) => {
      const example = examplesOf(preferredMedia(one.content)?.[1], site.source)[0];
      return `### ${one.status}\n\n${one.description}\n${example === undefined ? "" : `\n${fenced("json", prettyJson(example.value))}`}`;
    });
  const errors = errorsOf(operation, site.source).map((row) => `- ${row.status} \`${row.code}\` ${row.fix}`);
  return [
    `# ${operation.summary || operation.id}\n\n\`${operation.method} ${operation.path}\` (operation \`${operation.id}\`)\n`,
    `${operation.description}\n`,
    `Scopes: ${access.open ? "none" : access.alternatives.map((one) => one.scopes.join(" and ")).join(" or ")}. Roles: ${access.roles.map((role) => role.id).join(", ") || "any"}.\n`,
    parameters.length === 0 ? "" : `## Parameters\n\n${parameters.join("\n")}\n`,
    media?.[1].schema === undefined
      ? ""
      : `## Request body (${media[0]})\n\n${fieldLines(viewSchema(media[1].schema, site.source), 0).join("\n")}\n`,
    `## Example\n\n${fenced("sh", curlOf(operation, site))}`,
    answers.length === 0 ? "" : `## Answers\n\n${answers.join("\n")}`,
    errors.length === 0 ? "" : `## Errors\n\n${errors.join("\n")}\n`,
  ]
    .filter((part) => part.trim() !== "")
    .join("\n");
}

function fenced(language: string, code: string): string {
  return `\`\`\`${language}\n${code}\n\`\`\`\n`;
}

function fieldLines(view: SchemaView, level: number): readonly string[] {
  return view.fields.flatMap((field: FieldView) => {
    const facts = [
      field.type,
      field.required ? "required" : "",
      ...field.constraints,
      field.values.length > 0 ? `one of ${field.values.join(", ")}` : "",
    ];
    const line = `${"  ".repeat(level)}- \`${field.name}\` (${facts.filter(Boolean).join("; ")}) ${plainText(field.description)}`;
    return [line.trimEnd(), ...fieldLines(field, level + 1)];
  });
}
