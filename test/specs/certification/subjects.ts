import { openRating } from "../../../cli/rating.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { resolvePointer } from "../../../specs/engine/catalog/pointer.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import {
  type CertificationOptions,
  certify,
  checkDefinitions,
  levelDefinitions,
  type ObservedExchange,
  type ProviderTarget,
  type Report,
} from "../../../specs/engine/certification/index.ts";
import { clientMutants, mutatedClient } from "../../reference-partner/client-mutants.ts";
import { createFigures, ownProducts } from "../../reference-partner/figures.ts";
import { mutatedFigures } from "../../reference-partner/figures-mutants.ts";
import { type Observation, observeRules } from "../../reference-partner/observe.ts";
import { createPlainSandbox } from "../../reference-partner/plain-sandbox.ts";
import { bearer } from "../../reference-partner/policy.ts";
import { apiOf, mutatedProvider, providerMutants } from "../../reference-partner/provider-mutants.ts";
import { createReceiver } from "../../reference-partner/receiver.ts";
import { mutatedReceiver, receiverMutants } from "../../reference-partner/receiver-mutants.ts";
import { serve } from "../../reference-partner/serve.ts";
import { subtleProviderMutants, subtleReceiverMutants } from "../../reference-partner/subtle-mutants.ts";
import { loadedSpecs } from "../../support/specs.ts";

/** The reference partner and its mutants, each ready to be certified over real HTTP. */
export interface Subjects {
  readonly catalog: Catalog;
  /** Name of the healthy subject → its certification in whole. */
  readonly healthy: Readonly<Record<string, () => Promise<Report>>>;
  /** Check id, and what is wrong where that isn't plain → certification of the mutant, by that check alone or by all of its part. */
  readonly mutants: Readonly<Record<string, (whole: boolean) => Promise<Report>>>;
}

/** The check that a mutant breaks. */
export const checkOf = (mutant: string): string => mutant.split(" ")[0] ?? mutant;

const scopes = "fulfilment:read fulfilment:write";
export const secrets = Object.fromEntries(
  ["current", "previous", "retired"].map((name) => [name, `whsec_${btoa(`${name}-secret-of-the-receiver`)}`]),
) as { current: string; previous: string; retired: string };

export async function providerTarget(url: string): Promise<ProviderTarget> {
  return {
    url,
    credentials: { authorization: await bearer("harbour", scopes) },
    otherCredentials: { authorization: await bearer("another-tenant", scopes) },
    expiredCredentials: { authorization: await bearer("harbour", scopes, -600) },
    limitedCredentials: { authorization: await bearer("harbour", "nothing") },
  };
}

type Common = Pick<CertificationOptions, "seed" | "fetch" | "definitions" | "levels" | "timeoutMs">;

export async function loadSubjects(seed = "selftest"): Promise<Subjects> {
  const { catalog } = await loadedSpecs();
  const rating = await openRating(catalog);
  const { catalog: shelves } = await loadCatalog("test/reference-partner/specs");
  const openApi = (from: Catalog, part: string): object =>
    from.documents.find((one) => one.kind === "openapi" && one.path.includes(part))?.content ?? {};
  const documents = { orders: openApi(catalog, "fulfilment"), shelves: openApi(shelves, "shelf") };
  const common: Common = {
    seed,
    fetch,
    definitions: checkDefinitions(catalog),
    levels: levelDefinitions(catalog),
    timeoutMs: 3_000,
  };
  const only = (check: string | undefined, whole: boolean) =>
    check === undefined || whole ? {} : { checks: [checkOf(check)] };

  const provider = async (api: "orders" | "shelves", check?: string, whole = true): Promise<Report> => {
    const served = await serve(mutatedProvider(check, api, documents));
    // A name that isn't this machine's, which the run's fetch resolves to it all the same.
    const far = "http://partner.example";
    const plain = check === "provider.security.https";
    const target = await providerTarget(plain ? far : served.url);
    const reach: typeof fetch = (input, init) => fetch(String(input).replace(far, served.url), init);
    // A port that nobody listens on any more is the mutant of reachability.
    if (check === "provider.core.reachable") await served.close();
    const timeoutMs = check === undefined ? 3_000 : 600;
    const used = api === "orders" ? catalog : shelves;
    const report = await certify({
      ...common,
      catalog: used,
      target,
      timeoutMs,
      fetch: reach,
      ...only(check, whole),
    });
    if (check !== "provider.core.reachable") await served.close();
    return report;
  };

  const receiver = async (check?: string, whole = true): Promise<Report> => {
    const served = await serve(createReceiver(mutatedReceiver(check, secrets)));
    const webhook = {
      url: `${served.url}/webhooks`,
      secret: secrets.current,
      previousSecret: secrets.previous,
      retiredSecret: secrets.retired,
      inspection: `${served.url}/inspection`,
    };
    if (check === "receiver.core.reachable") await served.close();
    const timeoutMs = check === undefined ? 3_000 : 1_300;
    const report = await certify({ ...common, catalog, webhook, timeoutMs, ...only(check, whole) });
    if (check !== "receiver.core.reachable") await served.close();
    return report;
  };

  const journeys = async (check?: string, whole = true): Promise<Report> => {
    const broken: Record<string, (body: Record<string, unknown>) => Record<string, unknown>> = {
      "journeys.workflow.succeeds": (body) => ({ ...body, label: "Another shelf" }),
      "journeys.workflow.outputs": ({ kind: _kind, ...body }) => body,
    };
    const inner = mutatedProvider(undefined, "shelves", documents);
    const change = check === undefined ? undefined : broken[check];
    const served = await serve(async (request) => {
      const response = await inner(request);
      if (change === undefined || request.method !== "GET" || !response.ok) return response;
      const body = change((await response.json()) as Record<string, unknown>);
      return Response.json(body, { headers: response.headers });
    });
    const headers = { authorization: await bearer("harbour", scopes) };
    const report = await certify({
      ...common,
      catalog: shelves,
      sandbox: { url: served.url, headers },
      ...only(check, whole),
    });
    await served.close();
    return report;
  };

  const submit = catalog.operations.find((one) => one.id === "submitDelivery");
  const delivery = Object.values(
    submit?.requestBody?.content["application/json"]?.examples ?? {},
  )[0] as Record<string, unknown>;
  const rated = Object.values(
    submit?.responses.find((one) => one.status === "201")?.content["application/json"]?.examples ?? {},
  )[0] as Record<string, unknown>;
  // The reference specs deprecate nothing, and the healthy client doesn't call this one.
  const aged: Catalog = {
    ...catalog,
    operations: catalog.operations.map((one) =>
      one.id === "listCharges" ? { ...one, deprecated: true } : one,
    ),
  };

  const observe = async (check: string | undefined): Promise<Observation> => {
    const served = await serve(createPlainSandbox(rated));
    const observed = await observeRules(mutatedClient(check), aged, served.url, delivery);
    await served.close();
    return observed;
  };

  // A day of the healthy client takes seconds, and several subjects look at the same one.
  let healthyDay: Promise<Observation> | undefined;
  const observeHealthy = (): Promise<Observation> => {
    healthyDay ??= observe(undefined);
    return healthyDay;
  };
  const recordHealthy = async () => (await observeHealthy()).recording;

  const client = async (check?: string, whole = true): Promise<Report> =>
    certify({
      ...common,
      catalog: aged,
      parts: ["client"],
      ...(await (check === undefined ? observeHealthy() : observe(check))),
      ...only(check, whole),
    });

  const money = async (check?: string, whole = true): Promise<Report> => {
    const broken = JSON.stringify(brokenMoney(check, rated));
    const recording = (await recordHealthy()).map((one) =>
      one.response?.status === 201 ? { ...one, response: { ...one.response, body: broken } } : one,
    );
    const twice =
      check === "money.charge.once" ? recording.flatMap((one) => [one, withOtherCharges(one)]) : recording;
    const figures = await serve(createFigures(mutatedFigures(check)));
    const report = await certify({
      ...common,
      catalog,
      parts: ["money"],
      recording: twice,
      partner: { id: "reference-partner", figures: { url: figures.url, products: ownProducts } },
      ...(rating === undefined ? {} : { rating }),
      ...only(check, whole),
    });
    await figures.close();
    return report;
  };

  const governance = async (check?: string, whole = true): Promise<Report> => {
    const manifest = {
      id: "reference-partner",
      role: "complementor",
      operations: check === "governance.manifest.known" ? ["submitEverything"] : ["submitDelivery"],
      events: check === "governance.manifest.exercised" ? ["campus.harbour.delivery.rated.v1"] : [],
      specDigests:
        check === "governance.manifest.spec-digest"
          ? { "openapi/partner-api.yaml": "sha256:other" }
          : digests(catalog),
    };
    const lastCertificate = {
      sub: manifest.id,
      parts: [check === "governance.certificate.continued" ? "provider" : "client"] as const,
      specDigests: digests(catalog),
    };
    const checks = check === undefined || whole ? {} : { checks: [check, "client.request.valid"] };
    const seen = await recordHealthy();
    const recording = check === "governance.data.withheld" ? seen.map(withVisitor) : seen;
    return certify({
      ...common,
      catalog,
      parts: ["client", "governance"],
      recording,
      partner: manifest,
      lastCertificate,
      ...checks,
    });
  };

  const table = (ids: readonly string[], run: (check: string, whole: boolean) => Promise<Report>) =>
    Object.fromEntries(ids.map((id) => [id, (whole: boolean) => run(id, whole)]));
  const definitions = checkDefinitions(catalog).map((one) => one.id);
  const of = (part: string): string[] => definitions.filter((id) => id.startsWith(`${part}.`));
  return {
    catalog,
    healthy: {
      "provider (work orders)": () => provider("orders"),
      "provider (shelves)": () => provider("shelves"),
      receiver: () => receiver(),
      client: () => client(),
      journeys: () => journeys(),
      money: () => money(),
      governance: () => governance(),
    },
    mutants: {
      ...table(
        [
          "provider.core.reachable",
          "provider.security.https",
          ...Object.keys(providerMutants),
          ...Object.keys(subtleProviderMutants),
        ],
        (id, whole) => provider(apiOf(id), id, whole),
      ),
      ...table(
        ["receiver.core.reachable", ...Object.keys(receiverMutants), ...Object.keys(subtleReceiverMutants)],
        receiver,
      ),
      ...table(Object.keys(clientMutants), client),
      ...table(of("journeys"), journeys),
      ...table(of("money"), money),
      ...table(of("governance"), governance),
    },
  };
}

function digests(catalog: Catalog): Record<string, string> {
  return Object.fromEntries(
    catalog.documents.filter((one) => one.kind === "openapi").map((one) => [one.path, one.digest]),
  );
}

function charges(delivery: unknown): Record<string, unknown>[] {
  const found = resolvePointer(delivery, "/charges");
  return Array.isArray(found) ? found : [];
}

/** A rated delivery whose money is wrong in the one way that the check looks for. */
function brokenMoney(check: string | undefined, rated: Record<string, unknown>): Record<string, unknown> {
  const [first, ...rest] = charges(rated);
  if (first === undefined || check === undefined) return rated;
  const changed: Record<string, () => Record<string, unknown>> = {
    "money.charge.shares-sum": () => ({
      ...first,
      shares: [
        { party: "harbour", amountMinor: 1 },
        { party: "blueline", amountMinor: first["netMinor"] },
      ],
    }),
    "money.charge.totals": () => ({ ...first, payableMinor: Number(first["payableMinor"]) + 1 }),
    "money.charge.minor-units": () => ({ ...first, taxMinor: Number(first["taxMinor"]) + 0.5 }),
  };
  const broken = changed[check]?.();
  return broken === undefined ? rated : { ...rated, charges: [broken, ...rest] };
}

function withOtherCharges(exchange: ObservedExchange): ObservedExchange {
  if (exchange.response?.status !== 201) return exchange;
  const delivery = JSON.parse(exchange.response.body) as Record<string, unknown>;
  const again = charges(delivery).map((one) => ({ ...one, id: `${one["id"]}-again` }));
  return {
    ...exchange,
    response: { ...exchange.response, body: JSON.stringify({ ...delivery, charges: again }) },
  };
}

/** The answer with the name of a visitor in it, whom the membership agreement names to nobody but the front desk. */
function withVisitor(exchange: ObservedExchange): ObservedExchange {
  if (exchange.response?.status !== 201) return exchange;
  const body = JSON.stringify({ ...JSON.parse(exchange.response.body), beneficiary: "A. Visitor" });
  return { ...exchange, response: { ...exchange.response, body } };
}
