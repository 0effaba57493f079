import { EcoError } from "../errors/eco-error.ts";
import { jsonOrText } from "../parse-json.ts";

/**
 * `/data/amount=5` and its like: JSON pointer → value. A value that is JSON is taken as that, any other as text.
 * @throws EcoError ECO_USAGE for what has no `=`, or is no pointer
 */
export function overrides(given: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    given.map((one) => {
      const at = one.indexOf("=");
      const pointer = one.slice(0, at);
      if (at > 0 && /^(\/([^~/]|~[01])*)+$/.test(pointer)) return [pointer, jsonOrText(one.slice(at + 1))];
      throw new EcoError("ECO_USAGE", `\`${one}\` is not a JSON pointer, \`=\` and a value.`, {
        fix: 'Name the place with slashes: `/data/status=rated`, `/data/tags=["a"]`.',
      });
    }),
  );
}
