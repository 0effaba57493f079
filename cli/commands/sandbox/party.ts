import { Args, Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import type { GlobalFlags } from "../../flags.ts";
import type { Fields } from "../../http/api-client.ts";
import { noControl } from "../../http/control-client.ts";
import { describeFields } from "../../views/fields.ts";

export default class SandboxParty extends EcoCommand {
  static override summary = "Show or tell how a company that the sandbox plays acts.";
  static override description =
    "A stand-in answers the work orders that it is offered: on-time, late by minutes or hours, by declining, or not at all; then the next substitute's turn comes. A disputing one objects to everything that it has to pay for.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> kestrel",
    "<%= config.bin %> <%= command.id %> fjord-catering --behave late:25m",
    {
      description: "Nobody answers: after the offer's time the substitute is asked",
      command: "<%= config.bin %> <%= command.id %> fjord-catering --behave silent",
    },
  ];
  static override args = {
    id: Args.string({ required: true, description: "The party's id.", ignoreStdin: true }),
  };
  static override flags = {
    behave: Flags.string({
      helpValue: "<behaviour>",
      summary: "on-time, late:25m, decline, silent or disputing.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(SandboxParty);
    const result = await this.#behaviour(args.id, flags.behave, flags);
    this.out.data(
      describeFields(result, [
        ["Party", "partyId"],
        ["Behaviour", "behaviour"],
      ]),
    );
    return { result };
  }

  /** By the sandbox's control, or by the operation that the spec set has for it. */
  async #behaviour(
    partyId: string,
    behaviour: string | undefined,
    flags: Partial<GlobalFlags>,
  ): Promise<Fields> {
    const control = await this.ownControl(flags);
    if (control !== undefined) {
      if (behaviour === undefined) return control.call("getPartyBehaviour", { partyId });
      return control.call("setPartyBehaviour", { partyId, behaviour });
    }
    const { client, settings } = await this.controlSession(flags);
    const capability = behaviour === undefined ? "behaviour.get" : "behaviour.set";
    if (!client.has(capability)) throw noControl(settings.sandbox.value);
    const input = behaviour === undefined ? { partyId } : { partyId, behaviour };
    return (await client.call(capability, input)).result;
  }
}
