import { expect, it } from "vitest";
import { reachPartner } from "../../../cli/certification/reach.ts";
import { openRating } from "../../../cli/rating.ts";
import { listen } from "../../../sandbox/hosts/http.ts";
import { createSandbox } from "../../../sandbox/index.ts";
import { certify, parts } from "../../../specs/engine/certification/index.ts";
import { healthyClient } from "../../reference-partner/client.ts";
import { createFigures, ownProducts } from "../../reference-partner/figures.ts";
import { observeRules } from "../../reference-partner/observe.ts";
import { healthyPolicy } from "../../reference-partner/policy.ts";
import { createProvider } from "../../reference-partner/provider.ts";
import { createReceiver, healthyReceiver } from "../../reference-partner/receiver.ts";
import { certificateFile, serve, serveTls } from "../../reference-partner/serve.ts";
import { loadedSpecs } from "../../support/specs.ts";
import { providerTarget, secrets } from "./subjects.ts";

it("certifies the reference partner in all parts for gold, journeys on the real sandbox included", async () => {
  const { catalog } = await loadedSpecs();
  const openApi = catalog.documents.filter((one) => one.kind === "openapi");
  const fulfilment = openApi.find((one) => one.path.includes("fulfilment"))?.content ?? {};
  const submit = catalog.operations.find((one) => one.id === "submitDelivery");
  const examples = (media: { examples: object } | undefined) => Object.values(media?.examples ?? {})[0];
  const delivery = examples(submit?.requestBody?.content["application/json"]);

  const provider = await serveTls(createProvider(healthyPolicy(fulfilment)));
  const figures = await serve(createFigures());
  const rating = await openRating(catalog);
  const receiver = await serve(createReceiver(healthyReceiver([secrets.current, secrets.previous])));
  const sandbox = await createSandbox({ catalog, seed: "gold" });
  const served = await listen(sandbox, { port: 0 });
  const observed = await observeRules(healthyClient, catalog, served.url, delivery);

  const reach = await reachPartner(certificateFile);
  const report = await certify({
    catalog,
    seed: "gold",
    fetch: reach.fetch,
    target: await providerTarget(provider.url),
    webhook: {
      url: `${receiver.url}/webhooks`,
      secret: secrets.current,
      previousSecret: secrets.previous,
      retiredSecret: secrets.retired,
      inspection: `${receiver.url}/inspection`,
    },
    sandbox: { url: served.url },
    ...observed,
    ...(rating === undefined ? {} : { rating }),
    partner: {
      id: "fjord-catering",
      figures: { url: figures.url, products: ownProducts },
      operations: catalog.operations
        .filter((one) => one.document.includes("fulfilment"))
        .map((one) => one.id),
      specDigests: Object.fromEntries(openApi.map((one) => [one.path, one.digest])),
    },
  });
  await Promise.all([served.close(), reach.close()]);
  await Promise.all([provider.close(), receiver.close(), figures.close()]);

  const unmet = report.findings.filter((one) => one.outcome === "failed" || one.outcome === "warning");
  expect(unmet.map((one) => `${one.check} ${one.subject ?? ""} ${one.message}`)).toEqual([]);
  const compared = report.findings.filter((one) => one.check.startsWith("money.figures"));
  expect(new Set(compared.map((one) => one.outcome))).toEqual(new Set(["passed"]));
  expect(report.run.parts).toEqual(expect.arrayContaining([...parts]));
  expect(report.levels.find((one) => one.id === "gold")?.missing).toEqual([]);
  expect(report.level).toBe("gold");
}, 120_000);
