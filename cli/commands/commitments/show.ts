import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentCommitment } from "../../views/commitment.ts";

export default class CommitmentsShow extends EcoCommand {
  static override summary = "Show how a commitment was settled, with the clause that says so.";
  static override examples = ["<%= config.bin %> <%= command.id %> storage:monthly:plant:2025-05"];
  static override args = idArg("commitment");

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(CommitmentsShow);
    return this.ask(flags, "commitments.get", { commitmentId: args.id }, presentCommitment);
  }
}
