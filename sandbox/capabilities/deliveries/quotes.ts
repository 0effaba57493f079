import type { Rated } from "../../rating/index.ts";
import type { JsonObject } from "../../store/store.ts";
import { viewpoint } from "../access.ts";
import type { Capability, DecisionContext } from "../capability.ts";
import { answer, define, refuse } from "../define.ts";
import { chargeToJson, toMinor } from "../money.ts";
import { requestFrom } from "./deliveries.ts";
import { requestFields } from "./fields.ts";
import { mayReport, namesIn, refuseParties } from "./parties.ts";
import { rateAtItsPlace } from "./rate-at-its-place.ts";
import { ratingOf } from "./rating-of.ts";
import { chargeInvolves, type DeliveryRequest, viewCharge } from "./records.ts";
import { Surroundings } from "./surroundings.ts";

const create = define({
  name: "quotes.create",
  summary: "What a delivery would cost now; nothing is booked.",
  input: requestFields,
  async decide(input, context) {
    const rating = ratingOf(context.catalog);
    if ("kind" in rating) return rating;
    const request = requestFrom(input, context.newId("quote"));
    const around = new Surroundings(context);
    await around.parties.lookUp(namesIn(request));
    const refused = refuseParties(request, around.parties, context.catalog);
    if (refused !== undefined) return refused;
    const placed = await rateAtItsPlace(request, { rating, context, around });
    if (placed.kind === "refused") return placed;
    const { rated } = placed;
    // A quote shows how far the customer's tiers are filled, so it is for the customer and for who would render it.
    if (context.caller?.party !== request.customer && !mayReport(request, rated.charges, context)) {
      return refuse("ECO_FORBIDDEN", `You take no part in this delivery to ${request.customer}.`);
    }
    return answer(viewQuote(rated, request, context));
  },
});

function viewQuote(rated: Rated, request: DeliveryRequest, context: DecisionContext): JsonObject {
  const party = viewpoint(context);
  const charges = rated.charges.map(chargeToJson);
  const shown =
    party === undefined
      ? charges
      : charges.filter((charge) => chargeInvolves(charge, party)).map((charge) => viewCharge(charge, party));
  return {
    product: request.product,
    customer: request.customer,
    currency: rated.currency,
    netMinor: toMinor(rated.netMinor),
    serviceCreditMinor: toMinor(rated.serviceCreditMinor),
    taxMinor: toMinor(rated.taxMinor),
    payableMinor: toMinor(rated.payableMinor),
    charges: shown,
  };
}

export const quoteCapabilities: readonly Capability[] = [create];
