import type { Handler, Policy } from "./api.ts";
import type { OrderRules } from "./provider.ts";
import type { ReceiverRules } from "./receiver.ts";
import type { ShelfRules } from "./shelf.ts";

/** One fault of a provider. */
export interface Mutation {
  /** Which of the two APIs shows the fault; the work orders where left out. */
  readonly api?: "shelves";
  policy?(healthy: Policy): Partial<Policy>;
  rules?(healthy: OrderRules): Partial<OrderRules>;
  shelves?(healthy: ShelfRules): Partial<ShelfRules>;
  /** Around the healthy API. */
  wrap?(inner: Handler): Handler;
}

/** The secrets of a receiver through two rotations. */
export interface ReceiverSecrets {
  readonly current: string;
  readonly previous: string;
  readonly retired: string;
}

/** One fault of a receiver. */
export type ReceiverMutation = (healthy: ReceiverRules, secrets: ReceiverSecrets) => Partial<ReceiverRules>;
