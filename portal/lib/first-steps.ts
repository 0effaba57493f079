import { resolve } from "node:path";
import type { Delivery } from "../../sandbox/rating/index.ts";
import { mayCall } from "./access.ts";
import { certificationOf } from "./certification.ts";
import { prettyJson } from "./code.ts";
import { curlOf, examplesOf, preferredMedia, tokenCurlOf } from "./examples.ts";
import { object, objects, text } from "./json.ts";
import { exampleDeliveries } from "./rating.ts";
import type { JourneyPage, OperationPage, Site } from "./site.ts";

/** One step of a reader who begins: what to do, why, and what to paste. */
export interface FirstStep {
  readonly title: string;
  /** Inline Markdown. */
  readonly text: string;
  readonly code: readonly { readonly title: string; readonly code: string; readonly json?: boolean }[];
}

/** Where `eco sandbox start` listens when nothing else is said. */
const SANDBOX = "http://127.0.0.1:4010";

/**
 * The way from nothing to a first result, made of what the spec set has: a delivery where one can be submitted, else a
 * journey, else a plain call, else an event; joining where companies can register; the self-test where there are checks.
 */
export function firstSteps(site: Site): readonly FirstStep[] {
  return [
    getIt(site),
    {
      title: "Start the sandbox",
      text: "It listens on this machine only, keeps its books in the folder `.eco`, knows every rule of the specs and plays the other companies. Leave it running.",
      code: [{ title: "Terminal", code: "npx eco sandbox start" }],
    },
    ...(deliverySteps(site) ?? journeySteps(site) ?? callSteps(site)),
    ...joiningSteps(site),
    ...provingSteps(site),
  ];
}

function getIt(site: Site): FirstStep {
  const own = resolve(site.root) === resolve(process.env["ECO_ROOT"] ?? ".", "specs");
  const [only, ...more] = site.catalog.documents;
  const path = only !== undefined && more.length === 0 ? only.path : "specs";
  return {
    title: "Get eco",
    text: `\`eco\` comes with the npm package \`eco-partner-toolkit\`, for Node 24 or newer: work in a project that has it, or in a checkout after \`npm ci\`.${own ? "" : ` Save the documents of the page *Specs* ${more.length === 0 ? "here" : "into the folder `specs`"}, and say so in each terminal.`}`,
    code: [
      {
        title: "Terminal",
        code: own ? "npx eco doctor" : `export ECO_SPECS="$PWD/${path}"\nnpx eco doctor`,
      },
    ],
  };
}

/** A delivery that a test party may submit, and the name of that party's test credentials. */
export function firstDelivery(
  site: Site,
): { readonly delivery: Delivery; readonly profile: string } | undefined {
  const submit = pageOf(site, "deliveries.submit");
  if (submit === undefined) return undefined;
  const able = testParties(site).filter(({ party }) => {
    const role = site.catalog.ecosystem.roles.find(
      (one) => one.id === site.catalog.ecosystem.parties.find(({ id }) => id === party)?.role,
    );
    return role !== undefined && mayCall(role, submit.operation, site);
  });
  for (const delivery of exampleDeliveries(site).values()) {
    const who = able.find(({ party }) => party === delivery.provider);
    if (who !== undefined) return { delivery, profile: who.party };
  }
  return undefined;
}

function deliverySteps(site: Site): readonly FirstStep[] | undefined {
  const first = firstDelivery(site);
  if (first === undefined) return undefined;
  const { delivery, profile } = first;
  const explain = {
    title: "Explain every cent",
    code: `npx eco deliveries explain ${delivery.id} --profile ${profile}`,
  };
  return [
    {
      title: "Submit a delivery",
      text: `It is validated, rated, split, taxed and booked in one step. \`${profile}\` is a party with published test credentials, so nothing has to be registered yet.`,
      code: [
        { title: "delivery.json", code: prettyJson(inOrder(delivery)), json: true },
        {
          title: "Another terminal",
          code: `npx eco deliveries submit delivery.json --profile ${profile}`,
        },
        ...(pageOf(site, "deliveries.explain") === undefined ? [] : [explain]),
      ],
    },
  ];
}

// What a person would say first stands first.
function inOrder({ id, product, customer, provider, parties, ...rest }: Delivery): object {
  return { id, product, customer, provider, parties, ...rest };
}

function journeySteps(site: Site): readonly FirstStep[] | undefined {
  const journey = shortestJourney(site);
  if (journey === undefined) return undefined;
  return [
    {
      title: "Run a journey",
      text: `*${journey.workflow.summary || journey.workflow.id}*: every call of it, and what must hold after each.`,
      code: [{ title: "Another terminal", code: `npx eco journeys run ${journey.workflow.id}` }],
    },
  ];
}

function callSteps(site: Site): readonly FirstStep[] {
  const all = [...site.operations.values()].map(({ operation }) => operation);
  const first =
    all.find((one) => one.method === "GET" && !one.path.includes("{")) ??
    all.find((one) => one.method === "GET") ??
    all[0];
  if (first === undefined) return eventSteps(site);
  return [
    {
      title: "Call it",
      text: "The sandbox checks each request against the document, keeps what you create, and gives it back when you ask.",
      code: [{ title: "Another terminal", code: curlOf(first, site, SANDBOX) }],
    },
  ];
}

function eventSteps(site: Site): readonly FirstStep[] {
  const [first] = site.messages;
  if (first === undefined) return [];
  return [
    {
      title: "Receive an event",
      text: "Start your receiver; any address of this machine will do. What it is sent is made from the document and signed.",
      code: [
        {
          title: "Another terminal",
          code: `npx eco events trigger ${first.message.type} --to http://127.0.0.1:3000/webhooks`,
        },
      ],
    },
  ];
}

function joiningSteps(site: Site): readonly FirstStep[] {
  if (pageOf(site, "parties.register") === undefined) return [];
  return [
    {
      title: "Join as your own company",
      text: "It asks what it needs, or takes the answers as flags. Your credentials are kept in a profile, readable for you only.",
      code: [{ title: "Terminal", code: "npx eco onboard" }],
    },
  ];
}

function provingSteps(site: Site): readonly FirstStep[] {
  if (certificationOf(site).checks.length === 0) return [];
  return [
    {
      title: "Prove it",
      text: "Run the checks that the orchestrator will run: at first the journeys, then your own build.",
      code: [
        { title: "Self-test", code: "npx eco certify" },
        { title: "A build of yours", code: "npx eco certify --target http://127.0.0.1:8080" },
      ],
    },
  ];
}

/** The journey with the fewest calls; among those that submit a delivery where any does. */
export function shortestJourney(site: Site): JourneyPage | undefined {
  const submit = pageOf(site, "deliveries.submit")?.operation.id ?? "";
  const calls = ({ workflow }: JourneyPage): number => workflow.operations.length;
  const submitting = site.journeys.filter(({ workflow }) => workflow.operations.includes(submit));
  return (submitting.length > 0 ? submitting : site.journeys).toSorted((a, b) => calls(a) - calls(b))[0];
}

/** The same delivery by hand: a token into `$TOKEN`, then the call. None where the document shows no request to paste. */
export function handMade(site: Site): readonly { readonly page: OperationPage; readonly code: string }[] {
  const token = pageOf(site, "tokens.issue");
  const submit = pageOf(site, "deliveries.submit");
  if (token === undefined || submit === undefined || isMade(submit, site)) return [];
  const code = tokenCurlOf(token.operation, site, SANDBOX);
  if (code === undefined) return [];
  return [
    { page: token, code },
    { page: submit, code: curlOf(submit.operation, site, SANDBOX) },
  ];
}

function isMade({ operation }: OperationPage, site: Site): boolean {
  const media = preferredMedia(operation.requestBody?.content ?? {});
  return examplesOf(media?.[1], site.source)[0]?.made ?? false;
}

function pageOf(site: Site, capability: string): OperationPage | undefined {
  return [...site.operations.values()].find((page) => page.operation.capability?.name === capability);
}

/** Parties with published test credentials. */
function testParties(site: Site): readonly { readonly party: string }[] {
  const testData = object(site.catalog.ecosystem.content["testData"]);
  return objects(testData["personas"]).map((one) => ({ party: text(one["party"]) }));
}
