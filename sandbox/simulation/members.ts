import type { PartyId, RatingContext } from "../rating/index.ts";

/** A company of the ecosystem, as far as agreements that are open to a role concern it. */
export interface Member {
  readonly id: PartyId;
  readonly role: string;
}

/** What rating asks of a made-up delivery: members have accepted what is open to their role, and a newcomer what it needs. */
export function untracedWith(
  members: readonly Member[],
): Required<Pick<RatingContext, "accepted" | "untraced">> {
  const roles = new Map(members.map(({ id, role }) => [id, role]));
  return {
    untraced: true,
    accepted: (_agreementId, party, role) => role === undefined || (roles.get(party) ?? role) === role,
  };
}
