import { maySee, ownKey } from "../access.ts";
import type { Capability } from "../capability.ts";
import { answer, define, notFound, optional, pageFields, required, text } from "../define.ts";
import { listPage } from "../page.ts";
import { collections } from "../records.ts";
import { type CommitmentRecord, viewCommitment } from "./commitment-records.ts";

const list = define({
  name: "commitments.list",
  summary:
    "What counts towards the caller's commitments, period by period, and what those came to that have ended.",
  input: { ...pageFields, status: optional("text", "Only `running` or `settled` ones.") },
  decide: (input, context) =>
    listPage<CommitmentRecord>({
      context,
      input,
      collection: collections.commitments,
      key: ownKey(context),
      filters: ["status"],
      view: viewCommitment,
    }),
});

const get = define({
  name: "commitments.get",
  summary: "A commitment over one period, with the trace of what it came to once it has ended.",
  input: { commitmentId: required("text", "The commitment of a period.") },
  async decide(input, context) {
    const id = text(input, "commitmentId");
    const stored = await context.read.get<CommitmentRecord>(collections.commitments, id);
    if (stored === undefined || !maySee(context, [stored.value.payer, stored.value.payee]))
      return notFound("commitment", id);
    const { trace } = stored.value.internal;
    const shown = viewCommitment(stored.value);
    return answer(stored.value.status === "running" ? shown : { ...shown, trace });
  },
});

export const commitmentCapabilities: readonly Capability[] = [list, get];
