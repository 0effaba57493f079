import { Flags } from "@oclif/core";
import { EcoError } from "../specs/engine/errors/eco-error.ts";
import type { Fields } from "./http/api-client.ts";
import { requireParty, type Session } from "./session.ts";
import { textAt } from "./views/fields.ts";

/** Which month, and whose part. */
export const scorecardFlags = {
  period: Flags.string({
    helpValue: "<month>",
    summary: "The month, 2025-03; the catalogue's window that ends now where left out.",
  }),
  party: Flags.string({
    default: "me",
    helpValue: "me|all|<id>",
    summary: "Whose part: your own, the whole ecosystem's, or a party's that you may see.",
  }),
};

interface ScorecardFlags {
  readonly period?: string | undefined;
  readonly party: string;
}

/** Undefined for the whole ecosystem. */
const namedParty = (session: Session, party: string): string | undefined => {
  if (party === "all") return undefined;
  return party === "me" ? requireParty(session) : party;
};

/** @throws EcoError ECO_USAGE for what is no month */
export function periodInput({ period }: Pick<ScorecardFlags, "period">): Fields {
  if (period === undefined) return {};
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(period)) return { period };
  throw new EcoError("ECO_USAGE", `--period \`${period}\` is no month.`, { fix: "Write it like 2025-03." });
}

/** The scorecard that the flags ask for, and whose part is looked at. The whole stands on everybody's. */
export async function readScorecard(
  session: Session,
  flags: ScorecardFlags,
): Promise<{ readonly result: Fields; readonly party: string | undefined }> {
  const party = namedParty(session, flags.party);
  const partyId = party ?? requireParty(session);
  const { result } = await session.client.call("scorecards.get", { partyId, ...periodInput(flags) });
  return { result, party };
}

/** `2025-03`, or from when until when. */
export function spanOf(scorecard: Fields): string {
  const period = textAt(scorecard, "period");
  return period === "" ? `${textAt(scorecard, "from")} to ${textAt(scorecard, "until")}` : period;
}
