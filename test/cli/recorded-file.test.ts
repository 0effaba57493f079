import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { keepSession } from "../../cli/sandbox/recorded-file.ts";
import type { EcoError } from "../../specs/engine/errors/eco-error.ts";

it("keeps a session elsewhere that can't be written where it was to go", async () => {
  const session = '{"kind":"session"}\n';
  const error = await keepSession(join(import.meta.dirname, "none", "such.ndjson"), session).then(
    () => undefined,
    (thrown: EcoError) => thrown,
  );
  expect(error).toMatchObject({ code: "ECO_FILE_UNWRITABLE", message: expect.stringContaining("ENOENT") });
  const elsewhere = /whole session is in (\S+\.ndjson)\. /.exec(error?.fix ?? "")?.[1] ?? "";
  expect(await readFile(elsewhere, "utf8")).toBe(session);
  await rm(elsewhere);
});
