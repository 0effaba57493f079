import { serialiseNamed, serialiseSearch } from "../../catalog/exchange/serialise-parameter.ts";
import type { Operation } from "../../catalog/types.ts";

/** Values of an operation's parameters, by name. */
export interface ParameterValues {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly header: Readonly<Record<string, unknown>>;
  readonly cookie: Readonly<Record<string, unknown>>;
}

/** The URL of an operation under a base URL, by the styles that its parameters declare. */
export function urlOf(base: string, operation: Operation, values: ParameterValues): string {
  const path = operation.template.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    serialiseNamed(operation, "path", name, values.path[name] ?? ""),
  );
  return `${base.replace(/\/+$/, "")}${path}${serialiseSearch(operation, values.query)}`;
}

/** Header fields and cookies, by the styles that the operation's parameters declare. */
export function headersOf(operation: Operation, values: ParameterValues): Record<string, string> {
  const headers = Object.fromEntries(
    Object.entries(values.header).map(([name, value]) => [
      name.toLowerCase(),
      serialiseNamed(operation, "header", name, value),
    ]),
  );
  const cookies = Object.entries(values.cookie).map(([name, value]) =>
    serialiseNamed(operation, "cookie", name, value),
  );
  return cookies.length === 0 ? headers : { ...headers, cookie: cookies.join("; ") };
}
