import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentDispute } from "../../views/dispute.ts";

export default class DisputesShow extends EcoCommand {
  static override summary = "Show a dispute with its deadline and outcome.";
  static override examples = ["<%= config.bin %> <%= command.id %> dsp_01"];
  static override args = idArg("dispute");

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(DisputesShow);
    const input = { disputeId: args.id };
    return this.ask(flags, "disputes.get", input, presentDispute);
  }
}
