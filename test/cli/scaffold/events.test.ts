import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { expect, it } from "vitest";
import { eventsSource } from "../../../cli/scaffold/events.ts";
import type { ReceivedEvent } from "../../../cli/scaffold/template/src/receiver.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { projectRoot } from "../support/eco.ts";

interface Handling {
  handle(event: ReceivedEvent): Promise<object | undefined>;
}

it("tells messages that are no CloudEvents apart by what their schemas fix", async () => {
  const specs = join(projectRoot, "test/fixtures/ecosystems/kerb-rhine");
  const { catalog } = await loadCatalog(specs, { cacheDir: false });
  const code = stripTypeScriptTypes(eventsSource(catalog));
  const { handle }: Handling = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const answerTo = (body: unknown) => handle({ id: "1", type: "", body });
  expect(await answerTo({ topic: "hook.check", word: "abc" })).toEqual({ challenge: "abc" });
  for (const body of [{ topic: "month.closed", month: "2025-03" }, { topic: "other" }, {}, null, "text"])
    expect(await answerTo(body)).toBeUndefined();
});
