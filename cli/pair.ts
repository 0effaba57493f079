import { EcoError } from "../specs/engine/errors/eco-error.ts";

/** A flag's `name=value`. @param usage how it is written: `--party role=party`. @throws EcoError ECO_USAGE for what is no pair */
export function readPair(pair: string, usage: string): [name: string, value: string] {
  const at = pair.indexOf("=");
  if (at > 0) return [pair.slice(0, at), pair.slice(at + 1)];
  const [flag = ""] = usage.split(" ");
  throw new EcoError("ECO_USAGE", `${flag} \`${pair}\` is no pair.`, { fix: `Write ${usage}.` });
}
