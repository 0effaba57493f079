import { optional, required } from "../define.ts";

/** What is rated, as the input of an operation. */
export const requestFields = {
  product: required("text", "What was delivered, as the rate cards name it."),
  customer: required("text", "Who receives and pays."),
  provider: optional("text", "Who rendered it; the rate card's own provider where left out."),
  parties: optional("object", "The other companies of the chain by role: `broker`, `supplier`."),
  beneficiary: optional("text", "A customer's customer, who receives but doesn't pay."),
  startedAt: required("text", "RFC 3339, or a local time in the zone of the rate card."),
  endedAt: optional("text", "When it ended, in the same form."),
  usage: optional("object", "What was measured, by name."),
  parts: optional("list", "The parts of a bundle."),
};

/** What is submitted. */
export const deliveryFields = {
  ...requestFields,
  id: optional("text", "An id of the caller's own, which makes the submission safe to repeat."),
  parent: optional("text", "The delivery that this one is part of."),
};

/** What a delivery is about, whatever id it goes by: in the order of the canonical form. */
export const CONTENT_FIELDS = Object.keys(deliveryFields)
  .filter((name) => name !== "id")
  .sort();

/** Of a delivery as it is stored, what was asked for. */
export const REQUEST_FIELDS: readonly string[] = Object.keys(deliveryFields);
