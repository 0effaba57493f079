import { Args, Flags } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { currencyOf } from "../../currency-of.ts";
import type { Fields } from "../../http/api-client.ts";
import { parseAmount } from "../../output/money.ts";
import type { Session } from "../../session.ts";
import { moneyAt, textAt } from "../../views/fields.ts";

export default class PrepaidTopUp extends EcoCommand {
  static override summary = "Pay ahead onto a balance.";
  static override description =
    "Books the payment into the first open month. The payer does it, or who is paid. `eco prepaid list` shows the balances.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> membership:credit:nordic-apps 100.00 --profile nordic-apps",
    '<%= config.bin %> <%= command.id %> membership:credit:nordic-apps 100.00 --reference "Invoice 4711" --profile harbour',
  ];
  static override args = {
    balance: Args.string({ required: true, description: "The balance's id.", ignoreStdin: true }),
    amount: Args.string({ required: true, description: "What is paid, like 100.00.", ignoreStdin: true }),
  };
  static override flags = {
    reference: Flags.string({ helpValue: "<text>", summary: "The payment that it came by." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(PrepaidTopUp);
    const { balance: balanceId, amount } = args;
    const input = async (session: Session): Promise<Fields> => ({
      balanceId,
      amountMinor: parseAmount(amount, await currencyOfBalance(session, balanceId), "The amount"),
      reference: flags.reference,
    });
    return this.ask(flags, "prepaid.top-up", input, (balance, out, session) => {
      const currency = currencyOf(balance, session);
      out.success(
        `${textAt(balance, "id")}: ${moneyAt(balance, "leftMinor", currency)} ${currency} are on it now.`,
      );
    });
  }
}

/** Amounts are written in the balance's own currency. @throws EcoError ECO_NOT_FOUND with the balances that there are */
async function currencyOfBalance(session: Session, balance: string): Promise<string> {
  const known: string[] = [];
  for await (const item of session.client.list("prepaid.list")) {
    if (textAt(item, "id") === balance) return currencyOf(item, session);
    known.push(textAt(item, "id"));
  }
  throw new EcoError("ECO_NOT_FOUND", `No balance ${balance} that you may see.`, {
    fix: known.length === 0 ? "No agreement in force has balances." : `There are: ${known.join(", ")}.`,
  });
}
