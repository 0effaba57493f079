import type { LedgerTransaction, LegTransaction } from "../../../../sandbox/ledger/types.ts";
import type {
  Changeset,
  OutboxEvent,
  PlannedDispatch,
  RecordWrite,
} from "../../../../sandbox/store/store.ts";

/** The tenant that everything happens in, unless a test says otherwise. */
export const T = "main";

/** A changeset of these parts and nothing else. */
export const change = (parts: Partial<Changeset>): Changeset => ({
  tenant: T,
  writes: [],
  transactions: [],
  events: [],
  ...parts,
});

/** A write of `things`; its value holds its id. */
export const put = (id: string, expectedVersion: number, value = {}, keys: string[] = []): RecordWrite => ({
  collection: "things",
  id,
  value: { id, ...value },
  expectedVersion,
  keys,
});

/** A transaction of postings: account, amount in minor units, currency unless it is EUR. */
export const transaction = (
  id: string,
  amounts: readonly (readonly [string, bigint, string?])[],
): LedgerTransaction => ({
  id,
  kind: "rating",
  bookedAt: "2025-03-01T00:00:00.000Z",
  period: "2025-03",
  postings: amounts.map(([account, amountMinor, currency = "EUR"]) => ({
    account,
    amountMinor,
    currency,
    deliveryId: `of-${id}`,
  })),
});

/** An event to one party. */
export const event = (id: string, parts: Partial<OutboxEvent> = {}): OutboxEvent => ({
  id,
  type: "thing.made",
  subject: "thing",
  time: "2025-03-01T00:00:00.000Z",
  orderKey: "thing",
  audience: ["blueline"],
  causedBy: "req_1",
  data: { n: 1 },
  ...parts,
});

export const ids = (records: readonly { readonly id: string }[]): string[] => records.map(({ id }) => id);

/** A dispatch of the event `of-ID`. */
export const plan = (id: string, endpointId: string, orderKey: string): PlannedDispatch => ({
  id,
  eventId: `of-${id}`,
  endpointId,
  orderKey,
});

/** A sale with tax: seven postings. */
export const booking = (
  id: string,
  deliveryId: string,
  { netMinor = 100n, payer = "nordic-apps" }: { readonly netMinor?: bigint; readonly payer?: string } = {},
): LegTransaction => ({
  id,
  kind: "rating",
  bookedAt: "2025-03-01T00:00:00.000Z",
  period: "2025-03",
  deliveryId,
  legs: [
    {
      id: "0/sale",
      kind: "sale",
      deliveryId,
      product: "leg",
      payer,
      payee: "harbour",
      currency: "EUR",
      netMinor,
      creditMinor: 0n,
      taxCode: "standard",
      taxPercent: "25.5",
      taxMinor: netMinor / 4n,
      payableMinor: netMinor + netMinor / 4n,
      taxRecovered: false,
      taxAuthority: "tax-office",
    },
  ],
});
