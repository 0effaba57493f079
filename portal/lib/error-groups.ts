import { STATUS_CODES } from "node:http";
import { type ErrorDefinition, errorRegistry } from "../../specs/engine/errors/index.ts";

export interface ErrorGroup {
  /** `status-422`, or `command-line` for errors that no request meets. */
  readonly id: string;
  /** `422 Unprocessable Entity` */
  readonly title: string;
  readonly rows: readonly { readonly code: string; readonly definition: ErrorDefinition }[];
}

/** All error codes: those of the API by their HTTP status, then those of the command line alone. Codes in order of their names. */
export function errorGroups(): readonly ErrorGroup[] {
  const rows = Object.entries<ErrorDefinition>(errorRegistry)
    .map(([code, definition]) => ({ code, definition }))
    .sort((a, b) => a.code.localeCompare(b.code, "en"));
  const statuses = [...new Set(rows.flatMap(({ definition }) => definition.status ?? []))];
  const ofApi = statuses
    .sort((a, b) => a - b)
    .map((status) => ({
      id: `status-${status}`,
      title: `${status} ${STATUS_CODES[status] ?? ""}`.trim(),
      rows: rows.filter(({ definition }) => definition.status === status),
    }));
  const others = rows.filter(({ definition }) => definition.status === undefined);
  return [...ofApi, { id: "command-line", title: "On the command line alone", rows: others }].filter(
    (group) => group.rows.length > 0,
  );
}
