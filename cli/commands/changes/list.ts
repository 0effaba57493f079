import { Flags } from "@oclif/core";
import { LEVELS } from "../../../specs/engine/difference/change.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { changeColumns } from "../../views/change.ts";
import { limitFlag } from "../../views/present-list.ts";

export default class ChangesList extends EcoCommand {
  static override summary = "List the changes of the specs that were proposed.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> --status announced",
    "<%= config.bin %> <%= command.id %> --affects blueline --level breaking",
  ];
  static override flags = {
    status: Flags.option({
      options: ["proposed", "announced", "rejected", "withdrawn", "in-effect"] as const,
      summary: "Only with this status.",
    })(),
    level: Flags.option({ options: LEVELS, summary: "Only as grave as this." })(),
    affects: Flags.string({
      helpValue: "<party>",
      summary: "Only those that affect this party: your own, or any for those who oversee the ecosystem.",
    }),
    ...limitFlag,
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(ChangesList);
    const { status, level, affects } = flags;
    const input = { status, level, affects };
    return this.list(flags, { capability: "changes.list", input, columns: changeColumns, noun: "changes" });
  }
}
