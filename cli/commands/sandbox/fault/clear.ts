import { EcoCommand, type Outcome } from "../../../command.ts";

export default class SandboxFaultClear extends EcoCommand {
  static override summary = "Remove all fault rules from a running sandbox.";
  static override examples = ["<%= config.bin %> <%= command.id %>"];

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(SandboxFaultClear);
    await (await this.control(flags)).call("clearFaults");
    this.out.success("Nothing goes wrong on purpose any more.");
    return { result: { cleared: true } };
  }
}
