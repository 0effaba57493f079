import { styleText } from "node:util";

export type Style = Parameters<typeof styleText>[0];

/** Colours `text` if `stream` is one that shows colours. `NO_COLOR`, `TERM=dumb` and `FORCE_COLOR` decide before the stream does. */
export function paint(stream: NodeJS.WriteStream, style: Style, text: string): string {
  return hasColors(stream) ? styleText(style, text, { validateStream: false }) : text;
}

export function hasColors(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): boolean {
  const force = env["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  if (env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "") return false;
  if (env["TERM"] === "dumb") return false;
  return stream.isTTY === true;
}
