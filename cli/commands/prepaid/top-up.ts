import { Args, Flags } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
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
    const session = await this.session(flags);
    const currency = await currencyOf(session, args.balance);
    const { result } = await session.client.call("prepaid.top-up", {
      balanceId: args.balance,
      amountMinor: parseAmount(args.amount, currency, "The amount"),
      ...(flags.reference === undefined ? {} : { reference: flags.reference }),
    });
    this.out.success(`${textAt(result, "id")}: ${moneyAt(result, "leftMinor")} ${currency} are on it now.`);
    return { result };
  }
}

/** Amounts are written in the balance's own currency. */
async function currencyOf(session: Session, balance: string): Promise<string> {
  const known: string[] = [];
  for await (const item of session.client.list("prepaid.list")) {
    if (textAt(item, "id") === balance) return textAt(item, "currency");
    known.push(textAt(item, "id"));
  }
  throw new EcoError("ECO_NOT_FOUND", `No balance ${balance} that you may see.`, {
    fix: known.length === 0 ? "No agreement in force has balances." : `There are: ${known.join(", ")}.`,
  });
}
