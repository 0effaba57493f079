import { shown } from "../../measures/tally.ts";
import type { Brokerage } from "../../network/brokerage.ts";
import { currencyAmounts, type PartyAmount, partyAmounts, paymentsOf } from "../../network/concentration.ts";
import type { Flow } from "../../network/flows.ts";
import type { Place } from "../../network/structure.ts";
import type { JsonObject } from "../../store/store.ts";
import { viewpoint } from "../access.ts";
import type { Capability, DecisionContext } from "../capability.ts";
import { answer, define, optional, optionalText } from "../define.ts";
import { toMinor } from "../money.ts";
import { monthsOf, spanOf } from "../months.ts";
import { collections, type PartyRecord } from "../records.ts";
import { viewCurrency } from "./currencies.ts";
import { readFlows } from "./reading.ts";

const get = define({
  name: "map.get",
  summary:
    "Who pays whom, by the books of some months, and where each party stands among the others: the caller's own flows; all of them for those who oversee the ecosystem.",
  input: {
    period: optional(
      "text",
      "The month, `2025-03`, or the first and the last of several, `2025-01/2025-03`; the present month where left out.",
    ),
    product: optional("text", "Only what is paid for this product."),
  },
  async decide(input, context) {
    const months = monthsOf(input, context);
    if ("kind" in months) return months;
    const product = optionalText(input, "product");
    const { flows, deliveriesOf } = await readFlows(months, product, context.read);
    const roles = await rolesOf(flows, context);
    // The library behind it is loaded by whoever asks for a map, and by nobody else.
    const { structureOf } = await import("../../network/structure.ts");
    const structure = await structureOf(flows, (party) => roles.get(party) ?? "");
    const payments = paymentsOf(flows);
    const amounts = partyAmounts(payments);
    const viewer = viewpoint(context);
    const isOwn = ({ payer, payee }: Flow): boolean =>
      viewer === undefined || payer === viewer || payee === viewer;
    const seen = flows.filter(isOwn);
    const places = new Map(structure.places.map((place) => [place.party, place]));
    const named = [...new Set(seen.flatMap(({ payer, payee }) => [payer, payee]))].sort();
    return answer({
      period: spanOf(months),
      ...(product === undefined ? {} : { product }),
      computedAt: context.now,
      sees: viewer === undefined ? "all" : "own",
      network: {
        parties: structure.parties,
        links: structure.links,
        density: rounded(structure.density),
        currencies: currencyAmounts(payments).map((currency) =>
          viewCurrency(currency, viewer, amounts.get(viewer ?? "")),
        ),
      },
      parties: named.map((party) => ({
        id: party,
        ...(roles.has(party) ? { role: roles.get(party) ?? "" } : {}),
        ...(viewer === undefined || party === viewer
          ? {
              deliveries: deliveriesOf(party),
              amounts: (amounts.get(party) ?? []).map(viewAmount),
              ...viewPlace(places.get(party)),
            }
          : {}),
      })),
      flows: seen.map(viewFlow),
    });
  },
});

/** Of those that are known: a delivery may name a customer that nobody registered. */
async function rolesOf(
  flows: readonly Flow[],
  { read }: DecisionContext,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(flows.flatMap(({ payer, payee }) => [payer, payee]))];
  const records = await read.getAll<PartyRecord>(collections.parties, ids);
  return new Map(records.flatMap((record) => (record === undefined ? [] : [[record.id, record.value.role]])));
}

const viewAmount = ({ currency, paidMinor, receivedMinor, concentration }: PartyAmount): JsonObject => ({
  currency,
  paidMinor: toMinor(paidMinor),
  receivedMinor: toMinor(receivedMinor),
  ...(concentration === undefined ? {} : { concentration: shown(concentration) }),
});

const viewPlace = (place: Place | undefined): JsonObject => ({
  inDegree: place?.inDegree ?? 0,
  outDegree: place?.outDegree ?? 0,
  betweenness: rounded(place?.betweenness ?? 0),
  brokerage: viewBrokerage(place?.brokerage),
});

function viewBrokerage(brokerage: Brokerage = NO_BROKERAGE): JsonObject {
  const { coordinator, consultant, gatekeeper, representative, liaison } = brokerage;
  const total = coordinator + consultant + gatekeeper + representative + liaison;
  return { total, coordinator, consultant, gatekeeper, representative, liaison };
}

const NO_BROKERAGE: Brokerage = {
  coordinator: 0,
  consultant: 0,
  gatekeeper: 0,
  representative: 0,
  liaison: 0,
};

const viewFlow = ({ payer, payee, deliveries, products, amounts }: Flow): JsonObject => ({
  payer,
  payee,
  deliveries,
  products: [...products],
  amounts: amounts.map(({ currency, netMinor, creditMinor, valueMinor, taxMinor }) => ({
    currency,
    netMinor: toMinor(netMinor),
    creditMinor: toMinor(creditMinor),
    valueMinor: toMinor(valueMinor),
    taxMinor: toMinor(taxMinor),
  })),
});

/** To six decimals, as all figures are shown. */
const rounded = (value: number): number => Number(value.toFixed(6));

export const mapCapabilities: readonly Capability[] = [get];
