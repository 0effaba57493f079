import { EcoCommand, type Outcome } from "../../../command.ts";
import { presentFaults } from "../../../views/fault.ts";

export default class SandboxFaultList extends EcoCommand {
  static override summary = "List the fault rules of a running sandbox, with how often each applied.";
  static override examples = ["<%= config.bin %> <%= command.id %>"];

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(SandboxFaultList);
    const result = await (await this.control(flags)).call("listFaults");
    if (result.items.length === 0) this.out.note("No fault rules: nothing goes wrong on purpose.");
    else presentFaults(result.items, this.out);
    return { result };
  }
}
