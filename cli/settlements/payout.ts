import { type PayoutRefusal, type SettlementExport, toPain001 } from "../../sandbox/ledger/index.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { partyOf, type Session } from "../session.ts";

const REASONS: Readonly<Record<PayoutRefusal["problems"][number]["reason"], string>> = {
  "nothing-to-pay": "is owed nothing",
  "bank-account-missing": "has no bank account",
  "iban-invalid": "has an IBAN with a wrong check digit",
  "bic-invalid": "has a BIC that is none",
};

/**
 * The payout file of a settlement.
 * @throws EcoError ECO_FORBIDDEN for anybody but the orchestrator, ECO_NOTHING_TO_PAY, ECO_BANK_ACCOUNT_MISSING
 */
export function payoutFile(
  session: Session,
  data: SettlementExport,
  executionDate: string | undefined,
): string {
  const payer = session.catalog.ecosystem.orchestrator;
  const caller = partyOf(session);
  if (caller !== undefined && caller !== payer)
    throw new EcoError(
      "ECO_FORBIDDEN",
      `${payer} pays out the settlement; ${caller} sees its own account only.`,
      {
        fix: `Use --profile ${payer}, or another format for your own statement.`,
      },
    );
  const outcome = toPain001(data, { payer, ...(executionDate === undefined ? {} : { executionDate }) });
  if (outcome.kind === "made") return outcome.xml;
  const [first] = outcome.problems;
  if (first?.reason === "nothing-to-pay")
    throw new EcoError(
      "ECO_NOTHING_TO_PAY",
      `Settlement ${data.settlement.id} owes nothing to the parties asked for.`,
    );
  const lines = outcome.problems.map(({ party, reason }) => `\n  ${party} ${REASONS[reason]}`);
  throw new EcoError("ECO_BANK_ACCOUNT_MISSING", `The payout file can't be made:${lines.join("")}`, {
    details: { problems: outcome.problems },
  });
}
