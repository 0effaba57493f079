import { Flags } from "@oclif/core";
import type { Fields } from "./http/api-client.ts";
import { monthsInput } from "./measurement/time.ts";
import { requireParty, type Session } from "./session.ts";
import { textAt } from "./views/fields.ts";

/** Which months, and whose part. */
export const scorecardFlags = {
  period: Flags.string({
    helpValue: "<months>",
    summary:
      "The month, 2025-03, or the first and the last of several, 2025-01/2025-03; the catalogue's window that ends now where left out.",
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

/** The scorecard that the flags ask for, and whose part is looked at. The whole stands on everybody's. */
export async function readScorecard(
  session: Session,
  flags: ScorecardFlags,
): Promise<{ readonly result: Fields; readonly party: string | undefined }> {
  const party = namedParty(session, flags.party);
  const partyId = party ?? requireParty(session);
  const { result } = await session.client.call("scorecards.get", { partyId, ...monthsInput(flags.period) });
  return { result, party };
}

/** `2025-03`, or from when until when. */
export function spanOf(scorecard: Fields): string {
  const [period, from, until] = ["period", "from", "until"].map((name) => textAt(scorecard, name));
  // An API of its own shape may tell none of them.
  return period || [from, until].filter(Boolean).join(" to ") || "the time that was asked for";
}
