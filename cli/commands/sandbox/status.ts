import { EcoCommand, type Outcome } from "../../command.ts";
import { describeFields } from "../../views/fields.ts";

export default class SandboxStatus extends EcoCommand {
  static override summary = "Show what a running sandbox is: its ecosystem, its specs, its clock.";
  static override examples = ["<%= config.bin %> <%= command.id %>"];

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(SandboxStatus);
    const { client, settings } = await this.session(flags);
    const { result } = await client.call("sandbox.get");
    this.out.data(
      describeFields({ ...result, url: settings.sandbox.value }, [
        ["Address", "url"],
        ["Ecosystem", "title"],
        ["Operations", "operations"],
        ["Specs", "catalogDigest"],
        ["Clock", "clock.now"],
        ["Mode", "clock.mode"],
      ]),
    );
    return { result };
  }
}
