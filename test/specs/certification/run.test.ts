import { beforeAll, describe, expect, it } from "vitest";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import {
  type CertificationOptions,
  certify,
  checkDefinitions,
  type Exchange,
  type LevelDefinition,
  type Report,
  runCertification,
} from "../../../specs/engine/certification/index.ts";
import { healthyPolicy } from "../../reference-partner/policy.ts";
import { createProvider } from "../../reference-partner/provider.ts";
import { createReceiver, healthyReceiver } from "../../reference-partner/receiver.ts";
import { serve } from "../../reference-partner/serve.ts";
import { loadedSpecs } from "../../support/specs.ts";
import { providerTarget, secrets } from "./subjects.ts";

let catalog: Catalog;

beforeAll(async () => {
  ({ catalog } = await loadedSpecs());
});

function document(): object {
  return catalog.documents.find((one) => one.path.includes("fulfilment"))?.content ?? {};
}

/** What a run sent: everything but where to and with which token. */
function sent(exchange: Exchange): string {
  const { method, url, headers, body } = exchange.request;
  return `${method} ${url.replace(/:\d+/, "")} ${headers["idempotency-key"] ?? ""} ${body ?? ""}`;
}

async function certifyProvider(
  changes: Partial<CertificationOptions> = {},
): Promise<{ report: Report; requests: string[] }> {
  const served = await serve(createProvider(healthyPolicy(document())));
  const requests: string[] = [];
  const report = await certify({
    catalog,
    seed: "one",
    fetch,
    target: await providerTarget(served.url),
    observer: (event) => {
      if (event.kind === "exchange") requests.push(sent(event.exchange));
    },
    ...changes,
  });
  await served.close();
  return { report, requests };
}

describe("a run", () => {
  it("makes the same requests and gives the same digest for the same seed", async () => {
    const [one, other] = [await certifyProvider(), await certifyProvider()];
    // Twins race each other by design; everything around them keeps its order.
    expect(other.requests.toSorted()).toEqual(one.requests.toSorted());
    expect(other.report.run.digest).toBe(one.report.run.digest);
  });

  it("makes other requests for another seed", async () => {
    const checks = ["provider.input.accepts-valid"];
    const [one, other] = [await certifyProvider({ checks }), await certifyProvider({ checks, seed: "two" })];
    expect(other.requests).not.toEqual(one.requests);
    expect(other.report.run.digest).not.toBe(one.report.run.digest);
  });

  it("gives no level when only some of the checks ran", async () => {
    const { report } = await certifyProvider({ checks: ["provider.security.*"] });
    expect(report.outcome).toBe("passed");
    expect(report.level).toBeUndefined();
    expect(report.checks.every((one) => one.definition.suite === "security")).toBe(true);
  });

  it("looks only at the operations that the manifest declares", async () => {
    const { report } = await certifyProvider({
      partner: { id: "fjord", operations: ["offerWorkOrder", "getOffer"] },
      parts: ["provider"],
    });
    const subjects = new Set(report.findings.map((one) => one.subject));
    expect(subjects).toContain("offerWorkOrder");
    expect(subjects).not.toContain("completeOffer");
    expect(report.partner).toBe("fjord");
  });

  it("streams each finding before the run is over", async () => {
    const served = await serve(createReceiver(healthyReceiver([secrets.current])));
    const run = runCertification({
      catalog,
      seed: "one",
      fetch,
      webhook: { url: `${served.url}/webhooks`, secret: secrets.current },
    });
    const first = await run.next();
    expect(first).toMatchObject({
      done: false,
      value: { check: "receiver.core.reachable", outcome: "passed" },
    });
    await run.return(undefined as never);
    await served.close();
  });

  it("says why it skipped what the partner gave no access to", async () => {
    const served = await serve(createReceiver(healthyReceiver([secrets.current])));
    const webhook = { url: `${served.url}/webhooks`, secret: secrets.current };
    const report = await certify({
      catalog,
      seed: "one",
      fetch,
      webhook,
      checks: ["receiver.rotation.*", "receiver.dispatch.one-effect"],
    });
    await served.close();
    expect(report.findings.map((one) => [one.outcome, one.reason])).toEqual(
      Array(3).fill(["skipped", "not-configured"]),
    );
  });

  it("takes the inspection endpoint from the manifest", async () => {
    const served = await serve(createReceiver(healthyReceiver([secrets.current])));
    const webhook = { url: `${served.url}/webhooks`, secret: secrets.current };
    const partner = { id: "fjord", inspection: `${served.url}/inspection` };
    const report = await certify({
      catalog,
      seed: "one",
      fetch,
      webhook,
      partner,
      parts: ["receiver"],
      checks: ["receiver.dispatch.one-effect"],
    });
    await served.close();
    expect(report.findings).toMatchObject([{ outcome: "passed" }]);
  });
});

describe("a provider", () => {
  it("may limit the rate: the run waits as it is told to", async () => {
    const inner = createProvider(healthyPolicy(document()));
    let count = 0;
    const served = await serve((request) => {
      count += 1;
      const body = {
        type: "about:blank",
        title: "Too many",
        status: 429,
        detail: "Wait.",
        code: "RATE_LIMITED",
      };
      const headers = { "content-type": "application/problem+json", "retry-after": "2" };
      return count % 3 === 0 ? Response.json(body, { status: 429, headers }) : inner(request);
    });
    const waited: number[] = [];
    const report = await certify({
      catalog,
      seed: "one",
      fetch,
      target: await providerTarget(served.url),
      checks: ["provider.input.*", "provider.core.*"],
      sleep: async (ms) => void waited.push(ms),
    });
    await served.close();
    expect(report.outcome).toBe("passed");
    expect(new Set(waited)).toEqual(new Set([2_000]));
  });

  it("that refuses the credentials fails once for each operation, and proves nothing by its refusals", async () => {
    const served = await serve(createProvider(healthyPolicy(document())));
    const target = { url: served.url, credentials: { authorization: "Bearer wrong-token" } };
    const report = await certify({ catalog, seed: "one", fetch, target });
    await served.close();
    const failed = report.findings.filter((one) => one.outcome === "failed").map((one) => one.check);
    expect(new Set(failed)).toEqual(new Set(["provider.input.accepts-valid"]));
    const invalid = report.findings.filter((one) => one.check === "provider.input.rejects-invalid");
    expect(new Set(invalid.map((one) => one.reason))).toEqual(new Set(["not-configured"]));
  });
});

describe("a run is refused", () => {
  it.each<[string, Partial<CertificationOptions>, string]>([
    ["without anything to certify", {}, "ECO_INPUT_MISSING"],
    [
      "for a part without its target",
      { parts: ["receiver"], target: { url: "http://127.0.0.1:1" } },
      "ECO_INPUT_MISSING",
    ],
    [
      "for a check that nobody knows",
      { target: { url: "http://127.0.0.1:1" }, checks: ["provider.colour.*"] },
      "ECO_USAGE",
    ],
    [
      "for a webhook secret of another form",
      { webhook: { url: "http://127.0.0.1:1", secret: "short" } },
      "ECO_INPUT_INVALID",
    ],
    [
      "for a document that isn't there",
      { target: { url: "http://127.0.0.1:1", document: "openapi/other.yaml" } },
      "ECO_INPUT_INVALID",
    ],
    ["for an empty recording", { recording: [] }, "ECO_INPUT_MISSING"],
    [
      "for a declared check without code",
      {
        target: { url: "http://127.0.0.1:1" },
        get definitions() {
          const [first] = checkDefinitions(catalog).filter((one) => one.part === "provider");
          return first === undefined ? [] : [{ ...first, id: "provider.core.invented" }];
        },
      },
      "ECO_SPEC_INVALID",
    ],
  ])("%s", async (_name, options, code) => {
    await expect(certify({ catalog, seed: "one", fetch, ...options })).rejects.toMatchObject({ code });
  });
});

describe("levels", () => {
  const level = (id: string, changes: Partial<LevelDefinition> = {}): LevelDefinition => ({
    id,
    title: id,
    description: "",
    checks: ["*"],
    severities: ["must"],
    parts: [],
    maySkip: ["not-applicable"],
    ...changes,
  });

  it.each<[string, LevelDefinition[], string | undefined]>([
    [
      "the highest whose checks all passed",
      [level("low"), level("high", { severities: ["must", "should"] })],
      "high",
    ],
    ["none below a part that must have run", [level("low", { parts: ["journeys"] })], undefined],
    [
      "only the lower where the higher asks for more",
      [level("low"), level("high", { parts: ["journeys"] })],
      "low",
    ],
    ["none where no check counts", [level("empty", { checks: ["client.*"] })], undefined],
  ])("are reached: %s", async (_name, levels, want) => {
    const { report } = await certifyProvider({ levels });
    expect(report.level).toBe(want);
  });

  it("are not reached while something they count was skipped for want of access", async () => {
    const served = await serve(createReceiver(healthyReceiver([secrets.current])));
    const webhook = { url: `${served.url}/webhooks`, secret: secrets.current };
    const report = await certify({ catalog, seed: "one", fetch, webhook, levels: [level("strict")] });
    await served.close();
    expect(report.level).toBeUndefined();
    expect(report.levels[0]?.missing.join(" ")).toContain("receiver.rotation.previous-accepted");
  });
});
