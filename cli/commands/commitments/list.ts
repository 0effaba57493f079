import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { commitmentColumns } from "../../views/commitment.ts";
import { limitFlag } from "../../views/present-list.ts";

export default class CommitmentsList extends EcoCommand {
  static override summary = "List what counts towards commitments, period by period, and what those came to.";
  static override description =
    "A commitment binds its period at the end: when the month of its last day is closed, what is missing to the minimum is charged, what exceeds the maximum is credited (with a minus). Until then it runs, and shows what was booked in closed months.";
  static override examples = ["<%= config.bin %> <%= command.id %> --status settled"];
  static override flags = {
    status: Flags.option({ options: ["running", "settled"] as const, summary: "Only with this status." })(),
    ...limitFlag,
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(CommitmentsList);
    const input = { status: flags.status };
    return this.list(flags, {
      capability: "commitments.list",
      input,
      columns: commitmentColumns,
      noun: "commitments",
    });
  }
}
