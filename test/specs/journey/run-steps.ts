import { type Finding, loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";
import { checkJourneys } from "../../../specs/engine/journey/check-journeys.ts";
import {
  type JourneyRun,
  type MessageExchange,
  type ReceivedMessage,
  runWorkflow,
  type StepMessage,
} from "../../../specs/engine/journey/index.ts";
import { codes, writeSpecs } from "../spec-set.ts";
import { createToyApi, toyDocument } from "./toy-api.ts";

const payload = (properties: object): object => ({
  type: "object",
  required: Object.keys(properties),
  properties,
});
const events = {
  asyncapi: "3.0.0",
  info: { title: "Orders", version: "1.0.0" },
  channels: {
    placed: { address: "orders/placed", messages: { place: { $ref: "#/components/messages/place" } } },
    confirmed: {
      address: "orders/confirmed",
      messages: {
        confirm: { $ref: "#/components/messages/confirm" },
        refuse: { $ref: "#/components/messages/refuse" },
      },
    },
    loose: { messages: { hint: { payload: payload({ text: { type: "string" } }) } } },
  },
  operations: {
    placeOrder: { action: "receive", channel: { $ref: "#/channels/placed" } },
    confirmOrder: {
      action: "send",
      channel: { $ref: "#/channels/confirmed" },
      messages: [{ $ref: "#/channels/confirmed/messages/confirm" }],
    },
  },
  components: {
    messages: {
      place: { payload: payload({ item: { type: "string" } }) },
      confirm: {
        traits: [{ correlationId: { location: "$message.payload#/order" } }],
        payload: payload({ order: { type: "string" }, price: { type: "integer" } }),
      },
      refuse: {
        correlationId: { location: "$message.header#/Order-Id" },
        payload: payload({ why: { type: "string" } }),
      },
    },
  },
};

interface Ran extends JourneyRun {
  readonly findings: readonly string[];
  readonly sent: readonly StepMessage[];
  readonly slept: readonly number[];
}

/** Runs the steps of a workflow of its own on the toy API, with messages that are there from the start, or come after so many pauses. */
export async function runSteps(
  steps: readonly object[],
  came: readonly ReceivedMessage[] = [],
  afterPauses = 0,
): Promise<Ran> {
  const root = await writeSpecs({
    "api.json": toyDocument,
    "events.json": events,
    "journeys.json": {
      arazzo: "1.1.0",
      $self: "https://toy.example/journeys",
      info: { title: "Toy", version: "1.0.0" },
      sourceDescriptions: [
        { name: "toy", type: "openapi", url: "./api.json" },
        { name: "events", type: "asyncapi", url: "./events.json" },
      ],
      workflows: [{ workflowId: "w", steps }],
    },
  });
  const { catalog, findings } = await loadCatalog(root, { cacheDir: false });
  const sent: StepMessage[] = [];
  const slept: number[] = [];
  const messages: MessageExchange = {
    received: async () => (slept.length >= afterPauses ? came : []),
    send: async (one) => {
      sent.push(one);
    },
  };
  const result = await runWorkflow({
    catalog,
    workflowId: "w",
    fetch: createToyApi().fetch,
    baseUrls: "http://toy",
    validators: validatorsOf(catalog),
    messages,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
    },
  });
  return {
    ...result,
    findings: codes([...findings, ...((await checkJourneys(catalog)) as Finding[])]),
    sent,
    slept,
  };
}

/** What the last step says of why it failed. */
export const detail = ({ steps }: JourneyRun): unknown =>
  steps.at(-1)?.criteria.find(({ passed }) => !passed)?.detail;

/** A step that makes a thing of two items. */
export const make = (stepId: string, more: object = {}): object => ({
  stepId,
  operationId: "$sourceDescriptions.toy.makeThing",
  requestBody: {
    payload: {
      items: [
        { sku: "a", n: 1 },
        { sku: "b", n: 2 },
      ],
    },
  },
  ...more,
});
