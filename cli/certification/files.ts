import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import { textsOf } from "../../specs/engine/catalog/untyped.ts";
import type { PartnerTraffic } from "../../specs/engine/certification/index.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { readJson, readText } from "../read-file.ts";

/** The keys of a JWKS file, or the one of a JWK file. */
export async function readJwks(path: string): Promise<Record<string, unknown>[]> {
  return jwksOf(await readJson(path), path);
}

/** The keys of a JWKS, or the one that a JWK is; `source` is named where there is none. */
export function jwksOf(value: unknown, source: string): Record<string, unknown>[] {
  const keys = isPlainObject(value) && Array.isArray(value["keys"]) ? value["keys"] : [value];
  if (keys.every((key) => isPlainObject(key) && typeof key["kty"] === "string"))
    return keys.filter(isPlainObject);
  throw new EcoError("ECO_INPUT_INVALID", `${source} holds no public key.`, {
    fix: "Give the orchestrator's key as JWK, or its keys as JWKS.",
  });
}

/** The token in a file, or in the saved answer of the operation that publishes it. */
export async function readStatusList(path: string): Promise<string> {
  const text = (await readText(path)).trim();
  if (!text.startsWith("{")) return text;
  const value = await readJson(path);
  return isPlainObject(value) ? String(value["statusList"]) : text;
}

/** Who uses what; lists that are left out are empty. */
export async function readTraffic(path: string): Promise<PartnerTraffic[]> {
  const value = await readJson(path);
  if (
    Array.isArray(value) &&
    value.every((one) => isPlainObject(one) && typeof one["partner"] === "string")
  ) {
    return value.filter(isPlainObject).map((one) => ({
      partner: String(one["partner"]),
      calls: textsOf(one["calls"]),
      implements: textsOf(one["implements"]),
      receives: textsOf(one["receives"]),
      documents: textsOf(one["documents"]),
    }));
  }
  throw new EcoError("ECO_INPUT_INVALID", `${path} is no list of partners with what they use.`, {
    fix: 'Give a JSON list of objects like {"partner": "fjord-catering", "calls": ["submitDelivery"]}.',
  });
}
