import type { DrawnMap } from "./drawn-map.ts";

/** The map as GraphML (graphml.graphdrawing.org), which Gephi, yEd, NetworkX and igraph read. Amounts are in minor units, one key for each currency. */
export function toGraphml({ title, parties, flows }: DrawnMap): string {
  const currencies = [
    ...new Set(flows.flatMap(({ values }) => values.map(({ currency }) => currency))),
  ].sort();
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    `  <desc>${escaped(title)}</desc>`,
    '  <key id="role" for="node" attr.name="role" attr.type="string"/>',
    '  <key id="deliveries" for="edge" attr.name="deliveries" attr.type="long"/>',
    ...currencies.map(
      (currency) =>
        `  <key id="${escaped(valueKey(currency))}" for="edge" attr.name="${escaped(valueKey(currency))}" attr.type="long"/>`,
    ),
    '  <graph id="map" edgedefault="directed">',
    ...parties.flatMap(({ id, role }) => [
      `    <node id="${escaped(id)}">`,
      ...(role === "" ? [] : [datum("role", role)]),
      "    </node>",
    ]),
    ...flows.flatMap(({ payer, payee, deliveries, values }) => [
      `    <edge source="${escaped(payer)}" target="${escaped(payee)}">`,
      datum("deliveries", deliveries),
      ...values.map(({ currency, valueMinor }) => datum(valueKey(currency), valueMinor)),
      "    </edge>",
    ]),
    "  </graph>",
    "</graphml>",
    "",
  ];
  return lines.join("\n");
}

const valueKey = (currency: string): string => `valueMinor${currency}`;

const datum = (key: string, value: string): string =>
  `      <data key="${escaped(key)}">${escaped(value)}</data>`;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\t": "&#9;",
  "\r": "&#13;",
};

/** Characters that no XML document may hold are left out. */
const escaped = (text: string): string =>
  text
    .replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]|\p{Cs}/gu, "")
    .replace(/[&<>"\n\t\r]/g, (character) => ENTITIES[character] ?? "");
