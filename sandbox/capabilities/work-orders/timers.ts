import type { Capability } from "../capability.ts";
import { joinChanges } from "../changes.ts";
import { answer, define, required, text } from "../define.ts";
import { collections } from "../records.ts";
import { passOn, RESPOND_BY_TIMER, STAND_IN_TIMER } from "./offers.ts";
import { finish, orderInput, standInCompletion, TAKEN } from "./outcomes.ts";
import { type WorkOrderRecord, workOrderWrite } from "./records.ts";

/** Called by the virtual clock: who has not answered by `respondBy` loses its turn. */
const respondBy = define({
  name: RESPOND_BY_TIMER,
  summary: "The time to answer an offer is over.",
  input: { ...orderInput, attempt: required("number", "Which attempt was waited for.") },
  events: ["work-order.declined", "work-order.reassigned", "work-order.offered", "work-order.accepted"],
  async decide(input, context) {
    const stored = await context.read.get<WorkOrderRecord>(
      collections.workOrders,
      text(input, "workOrderId"),
    );
    const stillWaits =
      stored?.value.status === "offered" && stored.value.attempts.length === input["attempt"];
    if (!stillWaits) return answer({});
    const known = stored.value.attempts.at(-1)?.["reason"];
    const reason = `No answer by the deadline${typeof known === "string" ? `: ${known}` : "."}`;
    const offering = await passOn(stored.value, "silent", reason, context);
    return finish(offering, stored.version, context);
  },
});

/** Called by the virtual clock: a stand-in renders the service that it accepted. */
const standInCompletes = define({
  name: STAND_IN_TIMER,
  summary: "A stand-in completes the order that it accepted.",
  input: { ...orderInput, attempt: required("number", "Which attempt it accepted.") },
  events: ["work-order.completed", "delivery.rated", "service-level.breached"],
  async decide(input, context) {
    const stored = await context.read.get<WorkOrderRecord>(
      collections.workOrders,
      text(input, "workOrderId"),
    );
    const stillIts =
      stored !== undefined &&
      TAKEN.includes(stored.value.status) &&
      stored.value.attempts.length === input["attempt"];
    if (!stillIts) return answer({});
    const completed = await standInCompletion(stored.value, context.now, context);
    const write = workOrderWrite(completed.order, stored.version);
    return answer({}, { ...joinChanges({ writes: [write] }, completed.changes) });
  },
});

/** Bound to no operation: the virtual clock calls them. */
export const workOrderTimers: readonly Capability[] = [respondBy, standInCompletes];
