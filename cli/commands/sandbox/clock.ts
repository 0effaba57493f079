import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { describeFields } from "../../views/fields.ts";

export default class SandboxClock extends EcoCommand {
  static override summary = "Show or move the sandbox's virtual time; what falls due on the way happens.";
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    {
      description: "Two hours later: a silent provider's offer passes to its substitute",
      command: "<%= config.bin %> <%= command.id %> --advance PT2H",
    },
    "<%= config.bin %> <%= command.id %> --set 2025-03-31T21:00:00Z",
  ];
  static override flags = {
    advance: Flags.string({
      helpValue: "<duration>",
      exclusive: ["set"],
      summary: "Move on by an ISO 8601 duration, like PT2H or P1D.",
    }),
    set: Flags.string({ helpValue: "<instant>", summary: "Move to an instant." }),
    freeze: Flags.boolean({ exclusive: ["run"], summary: "Stop it." }),
    run: Flags.boolean({ summary: "Let it run again." }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(SandboxClock);
    const { client } = await this.controlSession(flags);
    const change = {
      ...(flags.advance === undefined ? {} : { advance: flags.advance }),
      ...(flags.set === undefined ? {} : { set: flags.set }),
      ...(flags.freeze ? { mode: "frozen" } : flags.run ? { mode: "running" } : {}),
    };
    const { result } = await client.call(
      Object.keys(change).length === 0 ? "clock.get" : "clock.set",
      change,
    );
    this.out.data(
      describeFields(result, [
        ["Now", "now"],
        ["Mode", "mode"],
      ]),
    );
    return { result };
  }
}
