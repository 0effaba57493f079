import { isOrchestrator, maySee } from "../access.ts";
import type { Capability } from "../capability.ts";
import { answer, define, notFound, optional, optionalText, refuse, required, text } from "../define.ts";
import { findParty } from "../parties/records.ts";
import { type BehaviourRecord, collections } from "../records.ts";
import { clockTarget } from "./clock-change.ts";
import { behaviourOf, DESCRIBE_BEHAVIOURS, parseBehaviour } from "./stand-ins.ts";

const getSandbox = define({
  name: "sandbox.get",
  summary: "What this sandbox runs: the ecosystem, the digest of its documents, its clock.",
  input: {},
  async decide(_input, { catalog, clock, now }) {
    return answer({
      ecosystem: catalog.ecosystem.id,
      title: catalog.ecosystem.title,
      catalogDigest: catalog.digest,
      operations: catalog.operations.length,
      clock: { now, mode: clock.mode, offsetMs: clock.offsetMs },
    });
  },
});

const reset = define({
  name: "sandbox.reset",
  summary: "Puts the sandbox back to its seed: what partners did is gone.",
  input: {},
  async decide() {
    return answer({}, { reset: true });
  },
});

const getClock = define({
  name: "clock.get",
  summary: "The virtual clock.",
  input: {},
  async decide(_input, { now, clock }) {
    return answer({ now, mode: clock.mode, offsetMs: clock.offsetMs });
  },
});

const setClock = define({
  name: "clock.set",
  summary:
    "Advances, sets, freezes or releases the virtual clock; what became due happens before the answer.",
  input: {
    advance: optional("text", "An ISO 8601 duration by which to move on: `PT2H`."),
    set: optional("text", "The instant to move to."),
    mode: optional("text", "`running` or `frozen`."),
  },
  async decide(input, context) {
    const change = {
      advance: optionalText(input, "advance"),
      set: optionalText(input, "set"),
      mode: optionalText(input, "mode"),
    };
    const { mode: stood, offsetMs } = context.clock;
    const target = clockTarget(change, { now: context.now, mode: stood }, context.catalog.ecosystem.timeZone);
    if (target.kind === "refused") return target;
    const { now, mode } = target;
    const moved = Date.parse(now) - Date.parse(context.now);
    return answer({ now, mode, offsetMs: offsetMs + moved }, { clock: { mode, now } });
  },
});

const behaviourInput = { partyId: required("text", "The party that the sandbox plays.") };

const getBehaviour = define({
  name: "behaviour.get",
  summary: "How a stand-in acts.",
  input: behaviourInput,
  async decide(input, context) {
    const partyId = text(input, "partyId");
    const party = await findParty(context.read, partyId);
    if (party === undefined) return notFound("party", partyId);
    return answer({ partyId, behaviour: await behaviourOf(partyId, context) });
  },
});

const setBehaviour = define({
  name: "behaviour.set",
  summary: "Tells a stand-in how to act.",
  input: {
    ...behaviourInput,
    behaviour: required("text", "`on-time`, `late:25m`, `decline`, `silent` or `disputing`."),
  },
  async decide(input, context) {
    const partyId = text(input, "partyId");
    const party = await findParty(context.read, partyId);
    if (party === undefined) return notFound("party", partyId);
    const played = party.value.status === "stand-in";
    if (!played && !maySee(context, [partyId])) return notFound("party", partyId);
    if (!played && !isOrchestrator(context.catalog, context.caller)) {
      return refuse("ECO_STATE_TRANSITION", `${partyId} acts for itself: only stand-ins take a behaviour.`);
    }
    const behaviour = text(input, "behaviour");
    if (parseBehaviour(behaviour) === undefined) {
      return refuse("ECO_REQUEST_INVALID", `No stand-in acts ${JSON.stringify(behaviour)}.`, [
        { pointer: "#/behaviour", detail: DESCRIBE_BEHAVIOURS },
      ]);
    }
    const former = await context.read.get<BehaviourRecord>(collections.behaviours, partyId);
    const value: BehaviourRecord = { partyId, behaviour };
    return answer(value, {
      writes: [
        { collection: collections.behaviours, id: partyId, value, expectedVersion: former?.version ?? 0 },
      ],
    });
  },
});

export const sandboxCapabilities: readonly Capability[] = [
  getSandbox,
  reset,
  getClock,
  setClock,
  getBehaviour,
  setBehaviour,
];
