import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Client, sandboxOf } from "./sandbox-of.ts";

const PET = `<?xml version="1.0"?>
<q:pet xmlns:q="https://example.com/pets" id="7">
  <full-name> Tom &amp; &#74;erry </full-name>
  <weight> 4.5 </weight>
  <tame xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>
  <nick>T</nick><nick>007</nick>
  <labels><label key="a"><value><![CDATA[<1>]]></value></label><label key="b"/></labels>
  <keeper><first>Ada</first><age>36</age></keeper>
  <!-- and nothing else -->
</q:pet>`;

const TOM = {
  id: 7,
  name: " Tom & Jerry ",
  weight: 4.5,
  tame: null,
  nicks: ["T", "007"],
  tags: [{ key: "a", value: "<1>" }, { key: "b" }],
  owner: { first: "Ada", age: 36 },
};

interface XmlClient extends Client {
  post(body: string): Promise<Response>;
}

async function pets(): Promise<XmlClient> {
  const client = await sandboxOf(fileURLToPath(new URL("xml-shapes.yaml", import.meta.url)));
  const headers = { "content-type": "application/xml" };
  return {
    ...client,
    post: (body) =>
      client.sandbox.fetch(new Request("http://127.0.0.1/pets", { method: "POST", headers, body })),
  };
}

describe("a body in XML", () => {
  it("is read as its schema lays it out, kept, and read back in JSON and in XML", async () => {
    const { post, call } = await pets();
    const made = await post(PET);
    expect([made.status, await made.json()]).toEqual([201, TOM]);
    expect((await call("GET", "/pets/7")).json).toEqual(TOM);
    const read = await call("GET", "/pets/7", undefined, { accept: "application/xml" });
    expect(read.headers.get("content-type")).toBe("application/xml");
    expect(read.text.split("\n")[1]).toBe(
      '<p:pet xmlns:p="https://example.com/pets" id="7"><full-name> Tom &amp; Jerry </full-name>' +
        "<weight>4.5</weight><tame></tame><nick>T</nick><nick>007</nick>" +
        '<labels><label key="a"><value>&lt;1&gt;</value></label><label key="b"></label></labels>' +
        "<keeper><first>Ada</first><age>36</age></keeper></p:pet>",
    );
  });

  it("comes in lists under the name of the list", async () => {
    const { call } = await pets();
    await call("POST", "/pets", { id: 1, name: "A" });
    await call("POST", "/pets", { id: 2, name: "B" });
    expect((await call("GET", "/pets")).text).toMatch(
      /<pets><p:pet [^>]*id="1"><full-name>A<\/full-name><\/p:pet><p:pet [^>]*id="2">.*<\/pets>/,
    );
  });

  it("is refused with everything that breaks its schema", async () => {
    const { post } = await pets();
    const response = await post("<pet id='x'><full-name/><weight>heavy</weight><fur>long</fur></pet>");
    const { errors } = (await response.json()) as { errors: { pointer: string }[] };
    expect(response.status).toBe(422);
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(["#", "#/id", "#/name", "#/weight"]);
  });

  it.each([
    ["is cut short", "<pet><full-name>A</full-name>", "is not XML"],
    ["has two roots", "<pet/><pet/>", "has not one root element"],
    ["has a document type", '<!DOCTYPE pet [<!ENTITY a "aaaa">]><pet>&a;</pet>', "has a document type"],
    [
      "names half of a surrogate pair",
      "<pet><full-name>&#xD800;</full-name></pet>",
      "the character &#xD800;",
    ],
    ["names a character that XML lacks", "<pet><full-name>&#0;</full-name></pet>", "the character &#0;"],
    ["is nested without end", `${"<a>".repeat(200)}${"</a>".repeat(200)}`, "can't be read"],
  ])("is refused where it %s", async (_, body, why) => {
    const { post, faults } = await pets();
    const response = await post(body);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(why)]);
    expect(faults).toEqual([]);
  });

  it.each([
    ["elements", `<pet>${"<a/>".repeat(400_000)}</pet>`, 413],
    ["attributes", `<pet ${Array.from({ length: 100_000 }, (_, at) => `a${at}=""`).join(" ")}/>`, 413],
    ["references", `<pet>${"&amp;".repeat(300_000)}</pet>`, 413],
    ["openings", "<".repeat(2_000_000), 413],
    ["space within a tag", `<pet${" ".repeat(1_900_000)}/>`, 400],
    ["one name", `<${"p".repeat(90_000)}><${"p".repeat(90_000)}`, 400],
  ])("is refused in few words where it holds very many %s", async (_, body, status) => {
    const { post } = await pets();
    const response = await post(body);
    expect(response.status).toBe(status);
    expect((await response.text()).length).toBeLessThan(2_000);
  });

  it("is read with its long texts, and with names that every object has", async () => {
    const { post } = await pets();
    const name = `<full-name><![CDATA[${"x".repeat(200_000)}]]></full-name>`;
    expect((await post(`<pet id="1">${name}</pet>`)).status).toBe(201);
    const inherited = '<pet id="2" isPrototypeOf="a"><full-name>A</full-name><valueOf>b</valueOf></pet>';
    const response = await post(inherited);
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining("valueOf")]);
  });
});
