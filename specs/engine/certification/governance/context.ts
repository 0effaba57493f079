import type { RunContext } from "../check.ts";
import type { PartnerManifest } from "../options.ts";

/** What governance looks at: a run, and what the partner says of itself. */
export interface GovernanceContext {
  readonly run: RunContext;
  readonly partner: PartnerManifest;
}
