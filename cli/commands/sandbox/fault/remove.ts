import { Args } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../../command.ts";

export default class SandboxFaultRemove extends EcoCommand {
  static override summary = "Remove one fault rule from a running sandbox.";
  static override examples = ["<%= config.bin %> <%= command.id %> fault-1"];
  static override args = {
    rule: Args.string({ required: true, description: "The rule.", ignoreStdin: true }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(SandboxFaultRemove);
    await (await this.control(flags)).call("removeFault", { faultId: args.rule });
    this.out.success(`Removed ${args.rule}.`);
    return { result: { removed: args.rule } };
  }
}
