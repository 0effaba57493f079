import { Args, Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import type { ControlInput } from "../../http/control-client.ts";
import { counted } from "../../output/counted.ts";
import { readState } from "../../sandbox-files.ts";

export default class SandboxImport extends EcoCommand {
  static override summary = "Load a saved state into a running sandbox, in the place of what it holds.";
  static override description =
    "All of the file is loaded, or nothing. Access tokens issued before end, those of the saved sandbox work again. A bundle that a failed test left can be loaded as well.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> before.json",
    {
      description: "Although somebody has worked in this sandbox",
      command: "<%= config.bin %> <%= command.id %> before.json --replace",
    },
  ];
  static override args = {
    file: Args.string({
      required: true,
      ignoreStdin: true,
      description: "As `eco sandbox export` wrote it.",
    }),
  };
  static override flags = {
    replace: Flags.boolean({ summary: "What the sandbox holds may go." }),
    "other-specs": Flags.boolean({ summary: "Take a state that was made on other specs." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(SandboxImport);
    const file = await readState(args.file);
    const control = await this.control(flags);
    // A state file as it was checked just now.
    const input = { ...file, replace: flags.replace, otherSpecs: flags["other-specs"] };
    await control.call("importState", input as unknown as ControlInput<"importState">);
    const counts = { records: file.state.records.length, events: file.state.events.length };
    this.out.success(
      `${counted(counts.records, "record")} and ${counted(counts.events, "event")} loaded from ${args.file}.`,
    );
    return { result: { file: args.file, ...counts, transactions: file.state.transactions.length } };
  }
}
