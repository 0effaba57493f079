import { EcoCommand, type Outcome } from "../../command.ts";
import type { GlobalFlags } from "../../flags.ts";
import { noControl } from "../../http/control-client.ts";
import { confirmed, yesFlag } from "../../prompts.ts";

export default class SandboxReset extends EcoCommand {
  static override summary =
    "Start over: the stand-ins are back, the ledger is empty, registered parties are gone.";
  static override examples = ["<%= config.bin %> <%= command.id %> --yes"];
  static override flags = { yes: yesFlag };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(SandboxReset);
    const { sandbox } = await this.settings(flags);
    const message = `Forget everything in the sandbox at ${sandbox.value}? There is no way back.`;
    const sure = await confirmed(message, flags);
    if (sure) {
      await this.#reset(flags);
      this.out.success("The sandbox is as new.");
    }
    return { result: { reset: sure } };
  }

  /** By the sandbox's control, or by the operation that the spec set has for it. */
  async #reset(flags: Partial<GlobalFlags>): Promise<void> {
    const control = await this.ownControl(flags);
    if (control !== undefined) return control.call("resetSandbox");
    const session = await this.controlSession(flags);
    if (!session.client.has("sandbox.reset")) throw noControl(session.settings.sandbox.value);
    await session.client.call("sandbox.reset");
  }
}
