import { describe, expect, it } from "vitest";
import { changesBetween, inShort } from "./compare.ts";

describe("a change of events", () => {
  const events = (action: string | undefined, payload: object, more: object = {}): object => ({
    asyncapi: "3.0.0",
    info: { title: "Events", version: "1.0.0" },
    channels: { things: { address: "/things", messages: { made: { name: "made", payload } }, ...more } },
    ...(action === undefined
      ? {}
      : { operations: { act: { action, channel: { $ref: "#/channels/things" } } } }),
  });
  const open = { type: "object", properties: { state: { enum: ["open"] } } };
  const more = { type: "object", properties: { state: { enum: ["open", "shut"] } } };

  it.each<[string, object, object, string[]]>([
    ["more values are sent", events("send", open), events("send", more), ["possibly-breaking value.added"]],
    ["more values are taken", events("receive", open), events("receive", more), ["compatible value.added"]],
    [
      "nobody says who sends",
      events(undefined, open),
      events(undefined, more),
      ["possibly-breaking value.added"],
    ],
    [
      "the sender is another",
      events("send", open),
      events("receive", open),
      ["breaking channel-operation.action"],
    ],
    [
      "the address is another",
      events("send", open),
      events("send", open, { address: "/others" }),
      ["breaking channel.address"],
    ],
    [
      "a parameter of the address is called something else",
      events("send", open, { address: "/{a}" }),
      events("send", open, { address: "/{b}" }),
      [],
    ],
    [
      "a message is gone",
      events("send", open),
      events("send", open, { messages: {} }),
      ["breaking message.removed"],
    ],
    [
      "a message means another event",
      events("send", open, { messages: { made: { payload: open, "x-eco-event": "delivery.rated" } } }),
      events("send", open, { messages: { made: { payload: open, "x-eco-event": "dispute.opened" } } }),
      ["breaking meaning.changed"],
    ],
  ])("%s", async (_name, old, now, want) => {
    expect(inShort(await changesBetween(old, now))).toEqual(want);
  });
});
