import { maySee, ownKey, viewpoint } from "./access.ts";
import type { Capability } from "./capability.ts";
import { answer, define, notFound, optional, optionalText, pageFields, required, text } from "./define.ts";
import { chargeParties, viewCharge } from "./delivery-records.ts";
import type { ChargeJson } from "./money.ts";
import { listPage } from "./page.ts";
import { collections } from "./records.ts";

const list = define({
  name: "charges.list",
  summary: "What the caller pays, is paid, or has a share in.",
  input: { ...pageFields, deliveryId: optional("text", "Only charges of this delivery.") },
  decide(input, context) {
    const deliveryId = optionalText(input, "deliveryId");
    const own = ownKey(context);
    return listPage<ChargeJson>({
      read: context.read,
      input,
      collection: collections.charges,
      key: deliveryId === undefined ? own : `delivery:${deliveryId}`,
      keep: (charge) => maySee(context, chargeParties(charge)),
      view: (charge) => viewCharge(charge, viewpoint(context)),
    });
  },
});

const get = define({
  name: "charges.get",
  summary: "One charge with its split, service credit, recourse and tax.",
  input: { chargeId: required("text", "The charge.") },
  async decide(input, context) {
    const id = text(input, "chargeId");
    const charge = await context.read.get<ChargeJson>(collections.charges, id);
    return charge === undefined || !maySee(context, chargeParties(charge.value))
      ? notFound("charge", id)
      : answer(viewCharge(charge.value, viewpoint(context)));
  },
});

export const chargeCapabilities: readonly Capability[] = [list, get];
