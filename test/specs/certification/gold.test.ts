import { expect, it } from "vitest";
import { listen } from "../../../sandbox/hosts/http.ts";
import { createSandbox } from "../../../sandbox/index.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { certify, parts, recordingFetch } from "../../../specs/engine/certification/index.ts";
import { healthyClient, runClient } from "../../reference-partner/client.ts";
import { createFlakySandbox } from "../../reference-partner/flaky-sandbox.ts";
import { healthyPolicy } from "../../reference-partner/policy.ts";
import { createProvider } from "../../reference-partner/provider.ts";
import { createReceiver, healthyReceiver } from "../../reference-partner/receiver.ts";
import { serve } from "../../reference-partner/serve.ts";
import { providerTarget, secrets } from "./subjects.ts";

it("certifies the reference partner in all parts for gold, journeys on the real sandbox included", async () => {
  const { catalog } = await loadCatalog("specs");
  const openApi = catalog.documents.filter((one) => one.kind === "openapi");
  const fulfilment = openApi.find((one) => one.path.includes("fulfilment"))?.content ?? {};
  const submit = catalog.operations.find((one) => one.id === "submitDelivery");
  const examples = (media: { examples: object } | undefined) => Object.values(media?.examples ?? {})[0];
  const rated = examples(submit?.responses.find((one) => one.status === "201")?.content["application/json"]);
  const delivery = examples(submit?.requestBody?.content["application/json"]);

  const provider = await serve(createProvider(healthyPolicy(fulfilment)));
  const receiver = await serve(createReceiver(healthyReceiver([secrets.current, secrets.previous])));
  const flaky = await serve(createFlakySandbox(rated));
  const { fetch: recorded, recording } = recordingFetch(fetch);
  await runClient(healthyClient, { base: `${flaky.url}/v1`, fetch: recorded, delivery });
  const sandbox = await createSandbox({ catalog, seed: "gold" });
  const served = await listen(sandbox, { port: 0 });

  const report = await certify({
    catalog,
    seed: "gold",
    fetch,
    target: await providerTarget(provider.url),
    webhook: {
      url: `${receiver.url}/webhooks`,
      secret: secrets.current,
      previousSecret: secrets.previous,
      retiredSecret: secrets.retired,
      inspection: `${receiver.url}/inspection`,
    },
    sandbox: { url: served.url },
    recording,
    partner: {
      id: "fjord-catering",
      operations: catalog.operations
        .filter((one) => one.document.includes("fulfilment"))
        .map((one) => one.id),
      specDigests: Object.fromEntries(openApi.map((one) => [one.path, one.digest])),
    },
  });
  await served.close();
  await Promise.all([provider.close(), receiver.close(), flaky.close()]);

  const unmet = report.findings.filter((one) => one.outcome === "failed" || one.outcome === "warning");
  expect(unmet.map((one) => `${one.check} ${one.subject ?? ""} ${one.message}`)).toEqual([]);
  expect(report.run.parts).toEqual(expect.arrayContaining([...parts]));
  expect(report.levels.find((one) => one.id === "gold")?.missing).toEqual([]);
  expect(report.level).toBe("gold");
}, 120_000);
