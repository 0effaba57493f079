import { EcoError } from "../../errors/index.ts";
import {
  bindChecks,
  type CheckTable,
  held,
  type Observation,
  type PreparedPart,
  type RunContext,
  skipped,
  violated,
} from "../check.ts";
import type { GovernanceContext } from "./context.ts";
import { dataRights } from "./data-rights.ts";

type Declared = {
  readonly kind: string;
  readonly names: readonly string[];
  readonly known: readonly string[];
};

function declarations({ run, partner }: GovernanceContext): Declared[] {
  const { operations, messages, workflows } = run.catalog;
  return [
    { kind: "operation", names: partner.operations ?? [], known: operations.map((one) => one.id) },
    { kind: "event", names: partner.events ?? [], known: messages.map((one) => one.type) },
    { kind: "workflow", names: partner.workflows ?? [], known: workflows.map((one) => one.id) },
  ];
}

/** Does this run look at all that the last certificate speaks of? */
function* continued({ run, partner }: GovernanceContext): Generator<Observation> {
  const last = run.options.lastCertificate;
  if (last === undefined) {
    yield skipped("not-applicable", "No certificate was given that this one would follow.");
    return;
  }
  const cases = last.parts.length + Object.keys(last.specDigests).length;
  const looked = new Set(run.found.filter((one) => one.outcome !== "skipped").map((one) => one.part));
  const dropped = last.parts.filter((part) => part !== "governance" && !looked.has(part));
  const gone = Object.keys(last.specDigests).filter(
    (path) => !run.catalog.documents.some((one) => one.path === path),
  );
  if (last.sub !== partner.id) yield violated(`The last certificate is ${last.sub}'s.`, { cases });
  else if (dropped.length > 0)
    yield violated(`Certified before, and not looked at now: ${dropped.join(", ")}.`, { cases });
  else if (gone.length > 0)
    yield violated(`Certified against documents that are gone: ${gone.join(", ")}.`, { cases });
  else yield held("All that was certified before was looked at again.", { cases });
}

export const governanceChecks: CheckTable<GovernanceContext> = {
  async *"governance.manifest.known"(context) {
    const all = declarations(context);
    const unknown = all.flatMap(({ kind, names, known }) =>
      names.filter((name) => !known.includes(name)).map((name) => `${kind} "${name}"`),
    );
    const cases = all.reduce((sum, one) => sum + one.names.length, 0);
    if (unknown.length > 0) yield violated(`The specification has no ${unknown.join(", no ")}.`, { cases });
    else yield held(`All ${cases} names of the manifest exist.`, { cases });
  },

  async *"governance.manifest.spec-digest"({ run, partner }) {
    const digests = Object.entries(partner.specDigests ?? {});
    if (digests.length === 0) {
      yield skipped("not-configured", "The manifest names no digest of a specification.");
      return;
    }
    for (const [path, digest] of digests) {
      const document = run.catalog.documents.find((one) => one.path === path);
      const more = { subject: path };
      if (document === undefined) yield violated("The specification has no such document.", more);
      else if (document.digest !== digest)
        yield violated(`Built against ${digest}, tested with ${document.digest}.`, more);
      else yield held("Built against the tested document.", more);
    }
  },

  async *"governance.manifest.exercised"(context) {
    const names = declarations(context).flatMap((one) => one.names);
    if (names.length === 0) {
      yield skipped("not-applicable", "The manifest names no operation, event or workflow.");
      return;
    }
    const ran = context.run.found.filter((one) => one.outcome !== "skipped");
    const seen = new Set(ran.map((one) => one.subject));
    const missing = names.filter((name) => !seen.has(name));
    const cases = names.length;
    if (missing.length > 0) yield violated(`Declared but not exercised: ${missing.join(", ")}.`, { cases });
    else yield held(`All ${cases} declared names were exercised.`, { cases });
  },

  async *"governance.certificate.continued"(context) {
    yield* continued(context);
  },

  async *"governance.data.withheld"(context) {
    yield dataRights(context);
  },
};

/** The governance part: the partner's manifest against the specification and the run. */
export async function prepareGovernance(run: RunContext): Promise<PreparedPart> {
  const { partner } = run.options;
  if (partner === undefined)
    throw new EcoError("ECO_INPUT_MISSING", "The governance part needs the partner's manifest.");
  return { checks: bindChecks(governanceChecks, { run, partner }) };
}
