import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import type { GlobalFlags } from "../../flags.ts";
import type { Fields } from "../../http/api-client.ts";
import { type ControlInput, noControl } from "../../http/control-client.ts";
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
    const change = {
      ...(flags.advance === undefined ? {} : { advance: flags.advance }),
      ...(flags.set === undefined ? {} : { set: flags.set }),
      ...(flags.freeze ? { mode: "frozen" as const } : flags.run ? { mode: "running" as const } : {}),
    };
    const result = await this.#clock(flags, change);
    this.out.data(
      describeFields(result, [
        ["Now", "now"],
        ["Mode", "mode"],
      ]),
    );
    return { result };
  }

  /** By the sandbox's control, or by the operation that the spec set has for it. */
  async #clock(flags: Partial<GlobalFlags>, change: ControlInput<"setClock">): Promise<Fields> {
    const reads = Object.keys(change).length === 0;
    const control = await this.ownControl(flags);
    if (control !== undefined) return reads ? control.call("getClock") : control.call("setClock", change);
    const session = await this.controlSession(flags);
    const capability = reads ? "clock.get" : "clock.set";
    if (!session.client.has(capability)) throw noControl(session.settings.sandbox.value);
    return (await session.client.call(capability, change)).result;
  }
}
