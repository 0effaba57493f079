import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { ask } from "../../prompts.ts";

export default class SandboxReset extends EcoCommand {
  static override summary =
    "Start over: the stand-ins are back, the ledger is empty, registered parties are gone.";
  static override examples = ["<%= config.bin %> <%= command.id %> --yes"];
  static override flags = { yes: Flags.boolean({ char: "y", summary: "Do it without asking." }) };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(SandboxReset);
    const session = await this.controlSession(flags);
    const message = `Forget everything in the sandbox at ${session.settings.sandbox.value}? There is no way back.`;
    const sure =
      flags.yes ||
      (await ask<boolean>({ message, flag: "--yes", kind: "confirm", initial: false }, flags.input));
    if (sure) {
      await session.client.call("sandbox.reset");
      this.out.success("The sandbox is as new.");
    }
    return { result: { reset: sure } };
  }
}
