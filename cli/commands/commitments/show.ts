import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { describeFields, moneyAt, objectAt, textAt } from "../../views/fields.ts";

export default class CommitmentsShow extends EcoCommand {
  static override summary = "Show how a commitment was settled, with the clause that says so.";
  static override examples = ["<%= config.bin %> <%= command.id %> storage:monthly:plant:2025-05"];
  static override args = idArg("commitment");

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(CommitmentsShow);
    const session = await this.session(flags);
    const { result } = await session.client.call("commitments.get", { commitmentId: args.id });
    this.out.data(
      describeFields(result, [
        ["Commitment", "id"],
        ["Payer", "payer"],
        ["Payee", "payee"],
        ["Period", "period"],
        ["Status", "status"],
        ["Agreement", "trace.commitment.agreement.id"],
        ["Version", "trace.commitment.agreement.version"],
        ["Clause", "trace.commitment.agreement.clause"],
        ["Bound", "trace.bound"],
        ["Fingerprint", "fingerprint"],
      ]),
    );
    const currency = textAt(result, "currency");
    const counted = objectAt(result, "trace.netMinorByProduct");
    const rows = [
      ...Object.keys(counted).map((product) => [product, moneyAt(counted, product, currency)]),
      ["counts towards it", moneyAt(result, "netMinor")],
      ["difference", moneyAt(result, "adjustmentMinor")],
      [`tax, ${textAt(result, "trace.tax.percent") || "0"} %`, moneyAt(result, "taxMinor")],
    ] as const;
    this.out.data("");
    this.out.table(rows, [
      { header: "", value: ([name]) => name ?? "" },
      { header: currency, value: ([, amount]) => amount ?? "", align: "right" },
    ]);
    return { result };
  }
}
