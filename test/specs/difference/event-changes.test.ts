import { describe, expect, it } from "vitest";
import type { Level } from "../../../specs/engine/difference/change.ts";
import { changesBetween, gravest } from "./compare.ts";

const S = { type: "string" };
const pay = { type: "object", properties: { a: S } };
interface More {
  readonly [part: string]: object;
}
const doc = (x: More = {}) => ({
  asyncapi: "3.0.0",
  info: { title: "E", version: "1" },
  servers: { main: { host: "a.example", protocol: "kafka" }, two: { host: "b.example", protocol: "kafka" } },
  channels: {
    c: {
      address: "things/{id}",
      parameters: { id: {} },
      messages: { made: { name: "made", payload: pay, ...x["message"] } },
      ...x["channel"],
    },
    r: { address: "replies", messages: { done: { name: "done", payload: pay } } },
    ...x["channels"],
  },
  operations: { op: { action: "send", channel: { $ref: "#/channels/c" }, ...x["op"] }, ...x["ops"] },
  ...x["root"],
});
const reply = { reply: { channel: { $ref: "#/channels/r" } } };

const rows: readonly (readonly [string, object, object, Level | "none"])[] = [
  ["channel added", doc(), doc({ channels: { d: { address: "d", messages: {} } } }), "compatible"],
  ["channel removed", doc({ channels: { d: { address: "d", messages: {} } } }), doc(), "breaking"],
  ["address changed", doc(), doc({ channel: { address: "other/{id}" } }), "breaking"],
  [
    "channel parameter enum",
    doc(),
    doc({ channel: { parameters: { id: { enum: ["a"] } } } }),
    "possibly-breaking",
  ],
  [
    "channel parameter default",
    doc(),
    doc({ channel: { parameters: { id: { default: "a" } } } }),
    "possibly-breaking",
  ],
  [
    "channel on fewer servers",
    doc({ channel: { servers: [{ $ref: "#/servers/main" }, { $ref: "#/servers/two" }] } }),
    doc({ channel: { servers: [{ $ref: "#/servers/main" }] } }),
    "breaking",
  ],
  [
    "channel on more servers",
    doc({ channel: { servers: [{ $ref: "#/servers/main" }] } }),
    doc({ channel: { servers: [{ $ref: "#/servers/main" }, { $ref: "#/servers/two" }] } }),
    "compatible",
  ],
  [
    "channel limited to a server",
    doc(),
    doc({ channel: { servers: [{ $ref: "#/servers/main" }] } }),
    "breaking",
  ],
  [
    "channel bindings: topic",
    doc({ channel: { bindings: { kafka: { topic: "a" } } } }),
    doc({ channel: { bindings: { kafka: { topic: "b" } } } }),
    "breaking",
  ],
  [
    "channel bindings: partitions",
    doc({ channel: { bindings: { kafka: { topic: "a", partitions: 3 } } } }),
    doc({ channel: { bindings: { kafka: { topic: "a", partitions: 6 } } } }),
    "possibly-breaking",
  ],
  [
    "channel binding added",
    doc(),
    doc({ channel: { bindings: { kafka: { topic: "a" } } } }),
    "possibly-breaking",
  ],
  [
    "channel binding of another protocol added",
    doc({ channel: { bindings: { kafka: { topic: "a" } } } }),
    doc({ channel: { bindings: { kafka: { topic: "a" }, mqtt: {} } } }),
    "compatible",
  ],
  ["binding removed", doc({ channel: { bindings: { kafka: { topic: "a" } } } }), doc(), "possibly-breaking"],
  [
    "binding version only",
    doc({ channel: { bindings: { kafka: { topic: "a", bindingVersion: "0.4.0" } } } }),
    doc({ channel: { bindings: { kafka: { topic: "a", bindingVersion: "0.5.0" } } } }),
    "text",
  ],
  [
    "operation bindings",
    doc({ op: { bindings: { kafka: { groupId: { enum: ["a"] } } } } }),
    doc({ op: { bindings: { kafka: { groupId: { enum: ["b"] } } } } }),
    "possibly-breaking",
  ],
  [
    "message bindings key",
    doc({ message: { bindings: { kafka: { key: S } } } }),
    doc({ message: { bindings: { kafka: { key: { type: "integer" } } } } }),
    "possibly-breaking",
  ],
  [
    "operation added",
    doc(),
    doc({ ops: { b: { action: "receive", channel: { $ref: "#/channels/r" } } } }),
    "compatible",
  ],
  [
    "operation removed",
    doc({ ops: { b: { action: "receive", channel: { $ref: "#/channels/r" } } } }),
    doc(),
    "breaking",
  ],
  ["operation on another channel", doc(), doc({ op: { channel: { $ref: "#/channels/r" } } }), "breaking"],
  ["reply added", doc(), doc({ op: reply }), "possibly-breaking"],
  ["reply removed", doc({ op: reply }), doc(), "breaking"],
  [
    "reply elsewhere",
    doc({ op: reply }),
    doc({ op: { reply: { channel: { $ref: "#/channels/c" } } } }),
    "breaking",
  ],
  [
    "reply address",
    doc({ op: { reply: { ...reply.reply, address: { location: "$message.header#/replyTo" } } } }),
    doc({ op: { reply: { ...reply.reply, address: { location: "$message.header#/answerTo" } } } }),
    "breaking",
  ],
  [
    "message added",
    doc(),
    doc({
      channel: { messages: { made: { name: "made", payload: pay }, gone: { name: "gone", payload: pay } } },
    }),
    "compatible",
  ],
  [
    "message removed",
    doc({
      channel: { messages: { made: { name: "made", payload: pay }, gone: { name: "gone", payload: pay } } },
    }),
    doc(),
    "breaking",
  ],
  ["content type", doc(), doc({ message: { contentType: "application/xml" } }), "breaking"],
  [
    "correlation id",
    doc({ message: { correlationId: { location: "$message.header#/a" } } }),
    doc({ message: { correlationId: { location: "$message.header#/b" } } }),
    "breaking",
  ],
  [
    "correlation id added",
    doc(),
    doc({ message: { correlationId: { location: "$message.header#/b" } } }),
    "compatible",
  ],
  [
    "correlation id removed",
    doc({ message: { correlationId: { location: "$message.header#/b" } } }),
    doc({}),
    "breaking",
  ],
  [
    "headers required",
    doc({ message: { headers: { type: "object", properties: { a: S }, required: ["a"] } } }),
    doc({ message: { headers: { type: "object", properties: { a: S } } } }),
    "breaking",
  ],
  [
    "server host",
    doc(),
    doc({
      root: {
        servers: {
          main: { host: "c.example", protocol: "kafka" },
          two: { host: "b.example", protocol: "kafka" },
        },
      },
    }),
    "breaking",
  ],
  [
    "server protocol",
    doc(),
    doc({
      root: {
        servers: {
          main: { host: "a.example", protocol: "amqp" },
          two: { host: "b.example", protocol: "kafka" },
        },
      },
    }),
    "breaking",
  ],
  [
    "server security",
    doc(),
    doc({
      root: {
        servers: {
          main: { host: "a.example", protocol: "kafka", security: [{ type: "plain" }] },
          two: { host: "b.example", protocol: "kafka" },
        },
      },
    }),
    "breaking",
  ],
  ["operation security", doc(), doc({ op: { security: [{ type: "plain" }] } }), "breaking"],
  ["operation title", doc(), doc({ op: { title: "x" } }), "text"],
  [
    "operation messages fewer",
    doc({
      channel: { messages: { made: { name: "made", payload: pay }, gone: { name: "gone", payload: pay } } },
    }),
    doc({
      channel: { messages: { made: { name: "made", payload: pay }, gone: { name: "gone", payload: pay } } },
      op: { messages: [{ $ref: "#/channels/c/messages/made" }] },
    }),
    "breaking",
  ],
];

describe("what a change of events asks, kind by kind of those that other tools publish", () => {
  it.each(rows)("%s", async (_what, was, is, want) => {
    expect(gravest(await changesBetween(was, is))).toBe(want);
  });
});
