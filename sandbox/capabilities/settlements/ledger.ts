import { chargeOf } from "../../ledger/index.ts";
import type { JsonObject, StoredPosting } from "../../store/store.ts";
import { viewpoint } from "../access.ts";
import type { Capability, DecisionContext } from "../capability.ts";
import { answer, define, optional, optionalText, pageFields } from "../define.ts";
import { toMinor } from "../money.ts";
import { pageOf, readCursor, readLimit } from "../page.ts";

/** The accounts that a caller may look into: its own; all for those who oversee. Undefined when it asks for others'. */
function accountsFor(asked: string | undefined, context: DecisionContext): string | undefined {
  const party = viewpoint(context);
  if (party === undefined) return asked ?? "";
  const own = `${party}/`;
  if (asked === undefined || asked === party) return own;
  return asked.startsWith(own) ? asked : undefined;
}

const matches = (account: string, wanted: string): boolean =>
  wanted === "" || account === wanted || (wanted.endsWith("/") && account.startsWith(wanted));

const balances = define({
  name: "ledger.balances",
  summary: "Where each account stands; over all accounts of a currency the balances sum to zero.",
  input: { account: optional("text", "An account, or all that begin with it when it ends with a slash.") },
  async decide(input, context) {
    const wanted = accountsFor(optionalText(input, "account"), context);
    if (wanted === undefined) return answer({ items: [] });
    const found = await context.read.balances(wanted);
    const items = found
      .filter((balance) => matches(balance.account, wanted))
      .map(({ account, currency, amountMinor }) => ({
        account,
        currency,
        amountMinor: toMinor(amountMinor),
      }));
    return answer({ items });
  },
});

const postings = define({
  name: "ledger.postings",
  summary: "The postings, in booking order; those of a transaction sum to zero per currency.",
  input: {
    ...pageFields,
    account: optional("text", "An account, or all that begin with it when it ends with a slash."),
    deliveryId: optional("text", "Only postings of this delivery."),
    transactionId: optional("text", "Only postings of this transaction."),
    period: optional("text", "Only postings booked into this period."),
  },
  async decide(input, context) {
    const after = readCursor({ input, context });
    if (typeof after !== "number") return after;
    const wanted = accountsFor(optionalText(input, "account"), context);
    if (wanted === undefined) return answer({ items: [] });
    const limit = readLimit(input);
    const filters = {
      ...(wanted === "" ? {} : { account: wanted }),
      ...named(input, "deliveryId"),
      ...named(input, "transactionId"),
      ...named(input, "period"),
    };
    const found = await context.read.postings({ ...filters, after, limit: limit + 1 });
    return pageOf({ input, context }, found, limit, viewPosting);
  },
});

function named(input: JsonObject, name: string): { readonly [name: string]: string } {
  const value = optionalText(input, name);
  return value === undefined ? {} : { [name]: value };
}

function viewPosting(posting: StoredPosting): JsonObject {
  const { transactionId, account, currency, amountMinor, deliveryId, chargeId, kind, bookedAt, period } =
    posting;
  const charge = deliveryId === undefined ? undefined : chargeOf(deliveryId, chargeId);
  return {
    transactionId,
    account,
    currency,
    amountMinor: toMinor(amountMinor),
    ...(deliveryId === undefined ? {} : { deliveryId }),
    ...(charge === undefined ? {} : { chargeId: charge }),
    kind,
    bookedAt,
    period,
  };
}

export const ledgerCapabilities: readonly Capability[] = [balances, postings];
