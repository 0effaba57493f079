import schema from "../../schemas/published-record.schema.json" with { type: "json" };
import { createAjv } from "../catalog/schemas/ajv.ts";
import { digestOf } from "../certification/build-report.ts";
import { EcoError } from "../errors/eco-error.ts";
import { parseJson } from "../parse-json.ts";
import type { PublishedRecord } from "./record.ts";

/** A record with the digest of what it says. */
export const sealed = (record: Omit<PublishedRecord, "digest">): PublishedRecord => ({
  ...record,
  digest: digestOf(record),
});

/** As it is written to a file. */
export const textOfRecord = (record: PublishedRecord): string => `${JSON.stringify(record, undefined, 2)}\n`;

/**
 * A record that is whole and as it was made.
 * @param source the file's name, for messages
 * @throws EcoError `ECO_INPUT_INVALID` that names every place which breaks the schema, or for one that was changed
 */
export function readRecord(text: string, source: string): PublishedRecord {
  const validate = createAjv().compile<PublishedRecord>(schema);
  const content = parseJson(text);
  if (!validate(content)) {
    const places = (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const extra = params["additionalProperty"];
      const name = typeof extra === "string" ? ` (${extra})` : "";
      return `${instancePath === "" ? "the record" : instancePath} ${message ?? "is invalid"}${name}`;
    });
    throw unusable(source, places.join("; "));
  }
  const { digest, ...rest } = content;
  if (digestOf(rest) !== digest) throw unusable(source, "it was changed since it was made");
  return content;
}

const unusable = (source: string, why: string): EcoError =>
  new EcoError("ECO_INPUT_INVALID", `${source} is no published record: ${why}.`, {
    fix: "Make it with `eco portal record`; specs/schemas/published-record.schema.json describes every field.",
  });
