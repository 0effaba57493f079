import { EcoCommand, type Outcome } from "../../command.ts";
import type { GlobalFlags } from "../../flags.ts";
import type { Fields } from "../../http/api-client.ts";
import { noControl } from "../../http/control-client.ts";
import { describeFields } from "../../views/fields.ts";

export default class SandboxStatus extends EcoCommand {
  static override summary = "Show what a running sandbox is: its ecosystem, its specs, its clock.";
  static override examples = ["<%= config.bin %> <%= command.id %>"];

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(SandboxStatus);
    const { sandbox } = await this.settings(flags);
    const result = await this.#status(flags);
    this.out.data(
      describeFields({ ...result, url: sandbox.value }, [
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

  /** By the sandbox's control, or by the operation that the spec set has for it. */
  async #status(flags: Partial<GlobalFlags>): Promise<Fields> {
    const control = await this.ownControl(flags);
    if (control !== undefined) return control.call("getSandbox");
    const { client, settings } = await this.session(flags);
    if (!client.has("sandbox.get")) throw noControl(settings.sandbox.value);
    return (await client.call("sandbox.get")).result;
  }
}
