import type { DecisionContext } from "../capability.ts";
import { joinChanges } from "../changes.ts";
import { parseBehaviour } from "../controls/stand-ins.ts";
import type { Booking } from "../deliveries/book.ts";
import type { Surroundings } from "../deliveries/surroundings.ts";
import type { MagicValue } from "../manifest.ts";
import { openDispute } from "./records.ts";

interface Claim {
  readonly reason: string;
  readonly claimMinor?: number;
}

/**
 * What was booked, disputed at once where a test value says so, or where the customer is a stand-in told to.
 *
 * @param around how the customer behaves was looked up there
 */
export function disputedByCustomer(
  booking: Booking,
  magic: readonly MagicValue[],
  context: DecisionContext,
  around: Surroundings,
): Pick<Booking, "delivery" | "changes"> {
  const { customer } = booking.delivery;
  const claim = claimOfMagic(magic) ?? claimOfStandIn(customer, around);
  if (claim === undefined) return booking;
  const disputed = openDispute(booking.delivery, 0, { openedBy: customer, ...claim }, context);
  return { delivery: disputed.delivery, changes: joinChanges(booking.changes, disputed.changes) };
}

function claimOfMagic(magic: readonly MagicValue[]): Claim | undefined {
  const effect = magic.find((value) => value.effect["kind"] === "dispute")?.effect;
  if (effect === undefined) return undefined;
  const { claimMinor } = effect;
  const claim = { reason: String(effect["reason"]) };
  return typeof claimMinor === "number" ? { ...claim, claimMinor } : claim;
}

function claimOfStandIn(customer: string, around: Surroundings): Claim | undefined {
  const told = around.behaviourOf(customer);
  const behaviour = told === undefined ? undefined : parseBehaviour(told);
  return behaviour?.kind === "fulfil" && behaviour.disputes === true
    ? { reason: "The stand-in disputes whatever it pays for." }
    : undefined;
}
