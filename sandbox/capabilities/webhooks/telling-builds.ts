import type { RecordWrite } from "../../store/store.ts";
import type { Capability, DecisionContext } from "../capability.ts";
import { answer, define, notFound, optional, optionalText, required, text } from "../define.ts";
import { collections } from "../records.ts";
import { isBefore, plusMilliseconds } from "../time.ts";
import { CANCEL, MOVE } from "../work-orders/fulfilment-calls.ts";
import { type WorkOrderRecord, workOrderWrite } from "../work-orders/records.ts";
import { type BuildNotice, noticed, type StoredNotice } from "./build-notices.ts";
import { forwardOf, offerId } from "./forward-records.ts";

const AGAIN = "forwarding.tell-again";
/** Seconds of virtual time between two times that a build is told; the last one repeats. */
const WAITS_S = [1, 2, 5, 10, 30, 60, 300, 1800] as const;
const LONGEST_WAIT_S = 3600;

const NEWS = { [MOVE]: "that the order was moved", [CANCEL]: "that the order was called off" } as const;

const told = define({
  name: "forwarding.told",
  summary: "What came of telling a build that an order was moved or called off.",
  input: {
    noticeId: required("text", "What it was to be told."),
    verdict: required("text", "`told`, `refused` (it answered, and doesn't take it), or `failed`."),
    reason: optional("text", "Why it refuses, or couldn't be told."),
  },
  async decide(input, context) {
    const id = text(input, "noticeId");
    const notice = await context.read.get<BuildNotice>(collections.buildNotices, id);
    if (notice === undefined) return notFound("notice", id);
    const reason = optionalText(input, "reason") ?? "";
    const what = NEWS[notice.value.tells];
    switch (text(input, "verdict")) {
      case "told":
        return answer({}, { writes: await ended(notice, undefined, context) });
      case "refused":
        return answer({}, { writes: await ended(notice, `Told ${what}: ${reason}`, context) });
      default:
        return answer({}, { writes: await later(notice, `Not told yet ${what}: ${reason}`, context) });
    }
  },
});

/** It needn't be told again. What stands on the order is why it was told in vain; nothing where it wasn't. */
async function ended(
  notice: StoredNotice,
  outcome: string | undefined,
  context: DecisionContext,
): Promise<readonly RecordWrite[]> {
  const { workOrderId, attempt, tells, tries } = notice.value;
  const heldAt = { collection: collections.heldByBuilds, id: offerId(workOrderId, attempt) };
  const held = tells === CANCEL ? await context.read.get(heldAt.collection, heldAt.id) : undefined;
  const isSaid = outcome !== undefined || tries > 0;
  return [
    noticed(notice, null),
    ...(held === undefined ? [] : [{ ...heldAt, value: null, expectedVersion: held.version }]),
    ...(isSaid ? await explained(notice.value, outcome, context) : []),
  ];
}

async function later(
  notice: StoredNotice,
  failure: string,
  context: DecisionContext,
): Promise<readonly RecordWrite[]> {
  const tries = notice.value.tries + 1;
  const waitS = WAITS_S[tries - 1] ?? LONGEST_WAIT_S;
  const dueAt = plusMilliseconds(context.now, waitS * 1000);
  if (isBefore(notice.value.giveUpAt, dueAt)) return ended(notice, `${failure} Given up.`, context);
  const timer: RecordWrite = {
    collection: collections.timers,
    id: `${notice.id}/again/${tries}`,
    value: { dueAt, capability: AGAIN, input: { noticeId: notice.id } },
    expectedVersion: 0,
  };
  const next: BuildNotice = { ...notice.value, tries, state: "waiting", leasedUntilMs: 0 };
  const said = tries === 1 ? failure : `${failure} Tried ${tries} times.`;
  return [noticed(notice, next), timer, ...(await explained(notice.value, said, context))];
}

/** On the provider's own attempt, where who looks for the reason of a missing answer finds it too. */
async function explained(
  { workOrderId, attempt }: BuildNotice,
  reason: string | undefined,
  { read }: DecisionContext,
): Promise<readonly RecordWrite[]> {
  const order = await read.get<WorkOrderRecord>(collections.workOrders, workOrderId);
  if (order === undefined) return [];
  const attempts = order.value.attempts.map((one, index) => {
    if (index !== attempt - 1) return one;
    const { reason: _former, ...rest } = one;
    return { ...rest, ...(reason === undefined ? {} : { reason }) };
  });
  return [workOrderWrite({ ...order.value, attempts }, order.version)];
}

/** Called by the virtual clock. */
const tellAgain = define({
  name: AGAIN,
  summary: "A build that couldn't be told something is told again.",
  input: { noticeId: required("text", "What it is to be told.") },
  async decide(input, { read }) {
    const notice = await read.get<BuildNotice>(collections.buildNotices, text(input, "noticeId"));
    if (notice === undefined) return answer({});
    // The build may have moved in the meantime.
    const url = (await forwardOf(notice.value.provider, read))?.url ?? notice.value.url;
    return answer({}, { writes: [noticed(notice, { ...notice.value, url, state: "due" })] });
  },
});

export const tellingCapabilities: readonly Capability[] = [told, tellAgain];
